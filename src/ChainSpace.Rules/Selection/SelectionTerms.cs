using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Selection;

/// <summary>Whether a poll may choose its voters in the way it says.</summary>
public static class SelectionTerms
{
    public static Refusal? Check(PostPoll message, Moment now)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Lease(message) ?? QuotasOf(message) ?? Gather(message, now);
    }

    private static InvalidTerm? Lease(PostPoll message)
    {
        if (message.Lease == 0) return null;
        if (message.Sample == 0) return new InvalidTerm("lease", "0, where no seats are drawn");
        if (message.Lease is < Limits.ShortestLease or > Limits.PollMilliseconds)
            return new InvalidTerm("lease", "0, or milliseconds from one minute to 366 days");
        return message.Sample <= Limits.LeasedSample ? null : new InvalidTerm("sample", "at most 10000 where seats have a lease");
    }

    private static InvalidTerm? Gather(PostPoll message, Moment now)
    {
        if (message is not { Voters: "admitted", Sample: > 0 })
        {
            return message.Gather == default
                ? null
                : new InvalidTerm("gather", "0, unless seats are drawn among admitted accounts");
        }

        return message.Gather > now && message.Gather < message.Deadline
            ? null
            : new InvalidTerm("gather", "later than now and before the deadline, to draw among admitted accounts");
    }

    private static InvalidTerm? QuotasOf(PostPoll message)
    {
        if (message.Quotas.Length == 0) return null;
        if (message.Sample == 0) return new InvalidTerm("quotas", "nothing, where no seats are drawn");
        if (Quotas.TryRead(message.Quotas) is not { } quotas)
            return new InvalidTerm("quotas", "groups such as country=DE:10,country=AT|CH:5, each once, at most 50");
        return quotas.Seats == message.Sample
            ? null
            : new InvalidTerm("quotas", $"groups whose seats add up to the sample, {message.Sample}, not {quotas.Seats}");
    }
}
