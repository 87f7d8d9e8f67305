using ChainSpace.Protocol.Messages;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Selection;

/// <summary>Whether a poll may choose its voters in the way it says.</summary>
public static class SelectionTerms
{
    /// <summary>What a refusal says of the time to apply.</summary>
    public const string GatherAllowed = "later than now and before the deadline, to draw among admitted accounts";

    public static Refusal? Check(PostPoll message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Lease(message) ?? QuotasOf(message.Quotas, message.Sample) ?? Gather(message);
    }

    private static InvalidTerm? Lease(PostPoll message)
    {
        if (message.Lease == 0) return null;
        if (message.Sample == 0) return new InvalidTerm("lease", "0, where no seats are drawn");
        if (message.Lease is < Limits.ShortestLease or > Limits.PollMilliseconds)
            return new InvalidTerm("lease", "0, or milliseconds from one minute to 366 days");
        return message.Sample <= Limits.LeasedSample ? null : new InvalidTerm("sample", "at most 10000 where seats have a lease");
    }

    private static InvalidTerm? Gather(PostPoll message)
    {
        if (message is not { Voters: "admitted", Sample: > 0 })
        {
            return message.Gather == default
                ? null
                : new InvalidTerm("gather", "0, unless seats are drawn among admitted accounts");
        }

        return message.Gather != default && message.Gather < message.Deadline
            ? null
            : new InvalidTerm("gather", GatherAllowed);
    }

    /// <summary>Whether so many seats may be drawn by these groups.</summary>
    internal static InvalidTerm? QuotasOf(string text, uint sample)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0) return null;
        if (sample == 0) return new InvalidTerm("quotas", "nothing, where no seats are drawn");
        if (Quotas.TryRead(text) is not { } quotas)
            return new InvalidTerm("quotas", "groups such as country=DE:10,country=AT|CH:5, each once, at most 50");
        return quotas.Seats == sample
            ? null
            : new InvalidTerm("quotas", $"groups whose seats add up to the sample, {sample}, not {quotas.Seats}");
    }
}
