using ChainSpace.Client.Reading;

namespace ChainSpace.Web.Wording;

/// <summary>Who was drawn for a poll, and how long seats wait, in words.</summary>
internal static class SelectionWords
{
    /// <summary>Groups of the sample with the seats of each, as <c>country=AT|CH:5</c> says them.</summary>
    public static IEnumerable<(string Group, string Seats)> Quotas(string quotas) =>
        from quota in quotas.Split(',', StringSplitOptions.RemoveEmptyEntries)
        let colon = quota.LastIndexOf(':')
        where colon > 0
        select (Say(quota[..colon]), quota[(colon + 1)..]);

    public static string Lease(PollView poll) => poll.Lease == "0"
        ? "A seat is for keeps: who was drawn can vote until the end."
        : $"A seat waits {Spans.OfMilliseconds(poll.Lease)} for its vote, then the next of the reserve has it.";

    private static string Say(string group) =>
        group.Replace("=", " ", StringComparison.Ordinal).Replace("|", " or ", StringComparison.Ordinal);
}
