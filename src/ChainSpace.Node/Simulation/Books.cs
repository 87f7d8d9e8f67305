using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.State;
using static ChainSpace.Node.Simulation.BrokenInvariantException;

namespace ChainSpace.Node.Simulation;

/// <summary>Bookkeeping beside the rules, from the messages alone: what there must be in all, and in escrow.</summary>
internal sealed class Books
{
    private readonly HashSet<AccountId> accounts = [];
    private readonly Dictionary<TaskId, Amount> rewards = [];
    private Amount grant;
    private Amount supply;
    private Amount escrow;

    public void See(CommittedEntry entry)
    {
        Message message = entry.Entry.Message;
        if (message is CreateSpace create) grant = create.Grant;
        if (message is Register register && accounts.Add(register.Header.Account)) supply += grant;
        if (message is Credit credit) supply += credit.Amount;
        if (message is PostPoll post)
        {
            rewards.Add(new TaskId(entry.Id.Value), post.Reward);
            escrow += post.Reward;
        }

        foreach (Fact fact in entry.Facts)
        {
            if (fact is Fact.Ended ended) End(ended);
        }
    }

    public void Check(SpaceState state)
    {
        (Amount all, Amount locked) = (Amount.Zero, Amount.Zero);
        foreach (Account account in state.Accounts)
        {
            all += account.Balance.Total;
            locked += account.Balance.Escrowed;
        }

        Unless(all == supply, Invariant.SumsBalance, $"Balances sum to {all}, {supply} was given out.");
        Unless(state.Supply == supply, Invariant.SumsBalance, $"The supply is {state.Supply}, {supply} was given out.");
        Unless(locked == escrow, Invariant.SumsBalance, $"{locked} is in escrow, live polls promise {escrow}.");
    }

    private void End(Fact.Ended ended)
    {
        Amount reward = rewards[ended.Poll];
        Amount shared = ended.Votes.Aggregate(ended.Refund, static (sum, vote) => sum + vote.Paid);
        Unless(shared == reward, Invariant.SumsBalance, $"Poll {ended.Poll} shared {shared} of {reward}.");
        rewards.Remove(ended.Poll);
        escrow -= reward;
    }
}
