using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.Selection;
using ChainSpace.Rules.Payouts;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Polls;

/// <summary>Whether a poll may be posted on its terms.</summary>
public static class PostRules
{
    private const string Formats = "single, ordinal (2-100 options), yes-no, opinion (2), multiple (2-30), labels "
        + "(1-30), ranking, pairwise (2-12); without options text, url, file, json, or such as number:0..100/1~5";

    /// <summary>The terms, if every one of them is allowed and the requester can lock the reward.</summary>
    public static Ruling<PollTerms, Refusal> Post(PostPoll message, Account requester, (TaskId Id, Occasion At) entry)
    {
        if (Check(message, entry.At.Now) is { } refusal) return refusal;
        if (message.Gather != default && message.Gather <= entry.At.Now)
            return new InvalidTerm("gather", SelectionTerms.GatherAllowed);
        if (message.Reward > requester.Balance.Available) return new OverBalance(requester.Balance.Available);
        return new PollTerms(entry.Id, requester, entry.At.Index, message, VoterFilter.Of(message));
    }

    /// <summary>The first term that no poll may have; null where all are allowed.</summary>
    public static Refusal? Check(PostPoll message, Moment now) => Words(message) ?? Format(message) ?? Numbers(message)
        ?? Times(message, now) ?? Voters(message) ?? SelectionTerms.Check(message) ?? PayTerms.Unpayable(message);

    private static InvalidTerm? Words(PostPoll message)
    {
        if (message.Aggregation is not ("majority" or "weighted" or "batch"))
            return new InvalidTerm("aggregation", "majority, weighted, batch");
        if (InconclusiveRule.TryRead(message.Inconclusive) is null)
            return new InvalidTerm("inconclusive", InconclusiveRule.Allowed);
        if (message.Voting is not ("open" or "sealed")) return new InvalidTerm("voting", "open, sealed");
        return Slug.IsSlug(message.Category) ? null : new InvalidTerm("category", Slug.Allowed);
    }

    private static InvalidTerm? Format(PostPoll message)
    {
        if (ResponseFormat.TryRead(message.Format, message.Options) is not { } format) return new InvalidTerm("format", Formats);
        if (format is OpenFormat && message.Voting != "sealed") return new InvalidTerm("voting", "sealed, for this format");
        if (message.Gold != default && !(format.IsByOption && message.Maximum <= Gold.Votes))
            return new InvalidTerm("gold", "nothing, for this format or more than 10000 votes");
        if (format.IsByOption || message.Confidence == 0) return null;
        if (format is OpenFormat) return new InvalidTerm("confidence", "0 for this format");
        if (message.Voting == "sealed") return new InvalidTerm("voting", "open, where a confidence is set for this format");
        return message.Maximum <= Limits.RecountedVotes ? null : new InvalidTerm("maximum", "1 to 1000 for this format");
    }

    private static InvalidTerm? Numbers(PostPoll message)
    {
        if (message.Maximum is < 1 or > Limits.Overlap) return new InvalidTerm("maximum", "1 to 1000000");
        if (message.Minimum < 1 || message.Minimum > message.Maximum) return new InvalidTerm("minimum", "1 to maximum");
        if (message.Confidence is not 0 and (< 5_001 or > 9_999)) return new InvalidTerm("confidence", "0, or 5001 to 9999");
        if (message.Confidence > 0 && message.Aggregation == "majority")
            return new InvalidTerm("aggregation", "weighted or batch, where a confidence is set");
        if (message.Reward.Units < message.Maximum) return new InvalidTerm("reward", "at least one unit for each vote");
        return message.Reward.Units < Limits.Supply ? null : new InvalidTerm("reward", "less than 2^120");
    }

    private static InvalidTerm? Times(PostPoll message, Moment now)
    {
        long latest = now.Milliseconds + Limits.PollMilliseconds;
        bool isInTime = message.Deadline > now && message.Deadline.Milliseconds <= latest;
        return isInTime ? null : new InvalidTerm("deadline", "later than now, within 366 days");
    }

    private static InvalidTerm? Voters(PostPoll message)
    {
        if (HasFilter(message) && VoterFilter.Of(message) is null)
            return new InvalidTerm("voters", "open, named, admitted, or clauses such as country=DE|AT,reputation>=0.8");
        bool isSorted = message.Named.Zip(message.Named.Skip(1)).All(static pair => pair.First.CompareTo(pair.Second) < 0);
        if (message.Voters == "named" ? message.Named.IsEmpty || !isSorted : !message.Named.IsEmpty)
            return new InvalidTerm("named", "sorted accounts, only where voters is named");
        bool isSample = message.Sample == 0 || (message.Sample >= message.Maximum && message.Sample <= Limits.Sample);
        return isSample ? null : new InvalidTerm("sample", "0, or maximum to 100000");
    }

    private static bool HasFilter(PostPoll message) => message.Voters is not ("open" or "named" or "admitted");
}
