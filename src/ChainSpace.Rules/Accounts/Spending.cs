using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Jobs;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Accounts;

/// <summary>What a message takes of the money that a session was given.</summary>
internal static class Spending
{
    /// <summary>What the message locks or pays: a reward, a bonus, a deposit, a bond, what a jury costs.</summary>
    public static Amount Of(SpaceState state, Message message) => message switch
    {
        PostPoll post => post.Reward,
        ExtendPoll extend when state.FindPoll(extend.Poll) is { } poll && extend.Reward > poll.Terms.Message.Reward =>
            extend.Reward - poll.Terms.Message.Reward,
        Bonus bonus => bonus.Amount,
        Vote vote => DepositOf(state, vote.Poll),
        SealedVote vote => DepositOf(state, vote.Poll),
        PostJob post => JobTerms.RewardsOf(post),
        ApplyForJob or ClaimJob or CommitWork => BondOf(state, (JobMessage)message),
        DeclineWork decline => FeeOf(state, decline),
        _ => Amount.Zero,
    };

    /// <summary>Whether the signer, a session that may say this, may spend so much by it.</summary>
    public static Refusal? Over(SpaceState state, Account account, Envelope envelope)
    {
        if (envelope.Signer == account.Id) return null;
        Amount left = account.Sessions[envelope.Signer].SpendLeft;
        return Of(state, envelope.Message) > left ? new Refusal.OverSpendingLimit(left) : null;
    }

    // Another commitment in a contest locks nothing more.
    private static Amount BondOf(SpaceState state, JobMessage message) =>
        state.Jobs.Find(message.Job) is { } job && (job.Find(message.Header.Account)?.Bond ?? Amount.Zero) == Amount.Zero
            ? job.Terms.Bond
            : Amount.Zero;

    private static Amount FeeOf(SpaceState state, DeclineWork message) =>
        state.Jobs.Find(message.Job) is { } job && job.Find(message.Worker) is { } declined
            ? job.Terms.JuryFee(declined.Part)
            : Amount.Zero;

    private static Amount DepositOf(SpaceState state, TaskId poll) => state.FindPoll(poll)?.Terms.Message.Deposit ?? Amount.Zero;
}
