using System.Collections.Immutable;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.State;
using static ChainSpace.Node.Simulation.BrokenInvariantException;
using static ChainSpace.Node.Simulation.Invariant;

namespace ChainSpace.Node.Simulation;

/// <summary>Bookkeeping beside the rules, from the messages alone: what there must be in all, and in escrow.</summary>
internal sealed class Books
{
    private readonly HashSet<AccountId> accounts = [];
    private readonly Dictionary<TaskId, PostPoll> posts = [];
    private readonly HashSet<(TaskId Poll, AccountId Voter)> admitted = [];
    private readonly Dictionary<TaskId, ImmutableArray<AccountId>> panels = [];
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
            posts.Add(new TaskId(entry.Id.Value), post);
            escrow += post.Reward;
        }

        if (message is ExtendPoll extend)
        {
            escrow += extend.Reward - posts[extend.Poll].Reward;
            posts[extend.Poll] = posts[extend.Poll] with { Reward = extend.Reward };
        }

        CheckDoor(message, entry.Entry.Moment);
        if (message is PostBatch { Sample: > 0 }) panels.Add(new TaskId(entry.Id.Value), []);
        if (VotedOn(message) is { } voted)
        {
            CheckPanel(voted, message.Header.Account);
            escrow += posts[voted].Deposit;
        }

        foreach (Fact fact in entry.Facts)
        {
            if (fact is Fact.Ended ended) End(ended);
            if (fact is Fact.PanelDrawn drawn) panels[drawn.Batch] = drawn.Seats;
        }
    }

    public void Check(SpaceState state)
    {
        (Amount all, Amount locked) = (state.Fund, Amount.Zero);
        foreach (Account account in state.Accounts)
        {
            all += account.Balance.Total;
            locked += account.Balance.Escrowed;
        }

        Unless(all == supply, SumsBalance, $"Balances sum to {all}, {supply} was given out.");
        Unless(state.Supply == supply, SumsBalance, $"The supply is {state.Supply}, {supply} was given out.");
        Unless(locked == escrow, SumsBalance, $"{locked} is in escrow, live polls promise {escrow}.");
    }

    // Nobody is admitted to a draw when it is too late, and nobody votes behind a door who was not let in.
    private void CheckDoor(Message message, Moment now)
    {
        if (message is Admit admit)
        {
            PostPoll post = posts[admit.Poll];
            bool isInTime = post.Gather == default || now < post.Gather;
            Unless(isInTime, OnlyTheAdmitted, $"{admit.Voter} was admitted to poll {admit.Poll} after its time to apply.");
            admitted.Add((admit.Poll, admit.Voter));
        }

        if (VotedOn(message) is not { } voted || posts[voted].Voters != AdmissionRules.Voters) return;
        AccountId voter = message.Header.Account;
        Unless(admitted.Contains((voted, voter)), OnlyTheAdmitted, $"{voter} voted on poll {voted} and was not admitted to it.");
    }

    private void CheckPanel(TaskId poll, AccountId voter)
    {
        if (!panels.TryGetValue(new TaskId(posts[poll].Batch), out ImmutableArray<AccountId> seats)) return;
        Unless(seats.Contains(voter), OnlyThePanel, $"{voter} voted on poll {poll} and is not of its batch's panel.");
    }

    private static TaskId? VotedOn(Message message) =>
        message is Vote open ? open.Poll : message is SealedVote hidden ? hidden.Poll : null;

    private void End(Fact.Ended ended)
    {
        PostPoll post = posts[ended.Poll];
        Amount shared = ended.Votes.Aggregate(ended.Refund + ended.Fund, static (sum, vote) => sum + vote.Paid);
        Amount there = ended.Votes.Aggregate(post.Reward, static (sum, vote) => sum + vote.Lost);
        Unless(shared == there, SumsBalance, $"Poll {ended.Poll} shared {shared} of {there}.");
        posts.Remove(ended.Poll);
        escrow -= new Amount(post.Reward.Units + post.Deposit.Units * (uint)ended.Votes.Length);
    }
}
