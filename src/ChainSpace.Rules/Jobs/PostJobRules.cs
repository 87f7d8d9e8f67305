using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Jobs;

/// <summary>Whether a job may be posted on its terms.</summary>
public static class PostJobRules
{
    /// <summary>The terms, if every one of them is allowed and the requester can lock all rewards.</summary>
    public static Ruling<JobTerms, Refusal> Post(PostJob message, Account requester, (TaskId Id, Occasion At) entry)
    {
        Refusal? refusal = Words(message) ?? Numbers(message) ?? Times(message, entry.At.Now) ?? People(message);
        if (refusal is not null) return refusal;
        if (JobTerms.RewardsOf(message) > requester.Balance.Available) return new OverBalance(requester.Balance.Available);
        return new JobTerms(entry.Id, requester, entry.At.Index, message, JobTerms.FilterOf(message));
    }

    private static InvalidTerm? Words(PostJob message)
    {
        if (message.Mode is not ("open" or "apply" or "direct" or "contest"))
            return new InvalidTerm("mode", "open, apply, direct, contest");
        if (!Slug.IsSlug(message.Category)) return new InvalidTerm("category", Slug.Allowed);
        if (Milestones.TryRead(message.Milestones) is not { } parts)
            return new InvalidTerm("milestones", "1 to 10 percents that sum to 100, such as 40,60");
        bool isWhole = message.Mode != "contest" || (parts.Length == 1 && message.Revisions == 0 && message.Checker == default);
        return isWhole ? null : new InvalidTerm("mode", "contest only with one milestone, without revisions and checker");
    }

    private static InvalidTerm? Numbers(PostJob message)
    {
        if (message.Winners is < 1 or > Limits.Winners) return new InvalidTerm("winners", "1 to 100");
        if (message.Reward.Units < 100) return new InvalidTerm("reward", "at least 100 units");
        if (message.Reward.Units >= Limits.Supply / Limits.Winners / 10_000)
            return new InvalidTerm("reward", "less than 2^120 by a million");
        if (message.Tries > Limits.Tries || (message.Tries > 0 && message.Checker == default))
            return new InvalidTerm("tries", "0 to 100, and only with a checker");
        if (message.Revisions > Limits.Revisions) return new InvalidTerm("revisions", "0 to 10");
        if (message.Bond > 10_000) return new InvalidTerm("bond", "0 to 10000");
        return message.Jury <= 9_900 ? null : new InvalidTerm("jury", "0 to 9900");
    }

    private static InvalidTerm? Times(PostJob message, Moment now)
    {
        long latest = now.Milliseconds + Limits.PollMilliseconds;
        if (message.Deadline <= now || message.Deadline.Milliseconds > latest)
            return new InvalidTerm("deadline", "later than now, within 366 days");
        if (message.Lease is < Limits.ShortestMilliseconds or > Limits.LeaseMilliseconds)
            return new InvalidTerm("lease", "a minute to 90 days");
        bool isReview = message.Review is >= Limits.ShortestMilliseconds and <= Limits.ReviewMilliseconds;
        return isReview ? null : new InvalidTerm("review", "a minute to 30 days");
    }

    private static InvalidTerm? People(PostJob message)
    {
        if (message.Workers != "open" && JobTerms.FilterOf(message) is null)
            return new InvalidTerm("workers", "open, or clauses such as country=DE|AT,reputation>=0.8");
        bool isNamed = message.To != default;
        if (isNamed != (message.Mode == "direct")) return new InvalidTerm("to", "an account, only where mode is direct");
        if (isNamed && (message.Winners != 1 || message.To == message.Header.Account))
            return new InvalidTerm("to", "another account, and one winner");
        return null;
    }
}
