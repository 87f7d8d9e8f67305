using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Payouts;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Polls;

/// <summary>When a poll goes on longer than it was posted for.</summary>
public static class ExtendRules
{
    /// <summary>
    /// The terms the requester asks for: no vote's part of the reward may shrink, and whatever holds for a new poll must hold.
    /// </summary>
    public static Ruling<PollTerms, Refusal> Extend(Poll poll, ExtendPoll message, Moment now)
    {
        ArgumentNullException.ThrowIfNull(poll);
        ArgumentNullException.ThrowIfNull(message);
        if (PollRules.Close(poll, message.Header.Account) is { } refusal) return refusal;
        PostPoll before = poll.Terms.Message;
        PostPoll after = before with { Deadline = message.Deadline, Maximum = message.Maximum, Reward = message.Reward };
        if (after == before) return new InvalidTerm("deadline", "later, or more votes, or more reward");
        if (after.Deadline < before.Deadline) return new InvalidTerm("deadline", "not earlier than before");
        if (after.Maximum < before.Maximum) return new InvalidTerm("maximum", $"at least {before.Maximum}, as before");
        PollTerms terms = poll.Terms.Amended(after);
        if (after.Reward < before.Reward || Pricing.PartOf(terms) < Pricing.PartOf(poll.Terms))
            return new InvalidTerm("reward", "as much for each vote as before");
        if (PostRules.Check(after, now) is { } limit) return limit;
        Amount available = poll.Terms.Requester.Balance.Available;
        return after.Reward - before.Reward > available ? new OverBalance(available) : terms;
    }

    /// <summary>
    /// The terms after a deadline that found no answer, where the poll's rule gives it more time and it can take more votes;
    /// else null. Of sealed votes nobody knows the answer, but that their confidence was not reached.
    /// </summary>
    public static PollTerms? AtDeadline(Poll poll)
    {
        ArgumentNullException.ThrowIfNull(poll);
        PollTerms terms = poll.Terms;
        if (terms.Inconclusive.Milliseconds == 0 || !LacksAnswer(poll)) return null;
        return terms.Amended(terms.Message with
        {
            Deadline = new Moment(terms.Message.Deadline.Milliseconds + terms.Inconclusive.Milliseconds),
            Inconclusive = terms.Inconclusive.Rest.ToString(),
        });
    }

    private static bool LacksAnswer(Poll poll)
    {
        if (poll.Ballots.Count < poll.Terms.Message.Minimum || poll.Terms.Message.Confidence > 0) return true;
        return !poll.Terms.IsSealed
            && Counting.KindOf(poll.Terms, Counting.Of(poll.Terms, poll.Ballots.Ballots)) != OutcomeKind.Closed;
    }
}
