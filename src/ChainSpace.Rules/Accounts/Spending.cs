using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Accounts;

/// <summary>What a message takes of the money that a session was given.</summary>
internal static class Spending
{
    /// <summary>What the message locks or pays: a reward, a bonus, the deposit of the poll that is voted on.</summary>
    public static Amount Of(SpaceState state, Message message) => message switch
    {
        PostPoll post => post.Reward,
        ExtendPoll extend when state.FindPoll(extend.Poll) is { } poll && extend.Reward > poll.Terms.Message.Reward =>
            extend.Reward - poll.Terms.Message.Reward,
        Bonus bonus => bonus.Amount,
        Vote vote => DepositOf(state, vote.Poll),
        SealedVote vote => DepositOf(state, vote.Poll),
        _ => Amount.Zero,
    };

    /// <summary>Whether the signer, a session that may say this, may spend so much by it.</summary>
    public static Refusal? Over(SpaceState state, Account account, Envelope envelope)
    {
        if (envelope.Signer == account.Id) return null;
        Amount left = account.Sessions[envelope.Signer].SpendLeft;
        return Of(state, envelope.Message) > left ? new Refusal.OverSpendingLimit(left) : null;
    }

    private static Amount DepositOf(SpaceState state, TaskId poll) => state.FindPoll(poll)?.Terms.Message.Deposit ?? Amount.Zero;
}
