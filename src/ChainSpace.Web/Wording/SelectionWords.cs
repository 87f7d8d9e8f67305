using System.Globalization;
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

    /// <summary>A filter of public facts as people say it: <c>country=AT|CH,reputation:work/law>=0.9</c>.</summary>
    public static string Filter(string filter) => string.Join(", ", filter.Split(',').Select(Clause));

    /// <summary>What an account publishes of itself, an attribute each; all of an attribute's values hold.</summary>
    public static IEnumerable<string> Said(string attributes) =>
        attributes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static said =>
            said.Replace("=", " ", StringComparison.Ordinal).Replace("|", " and ", StringComparison.Ordinal));

    public static string Lease(PollView poll) => poll.Lease == "0"
        ? "A seat is for keeps: who was drawn can vote until the end."
        : $"A seat waits {Spans.OfMilliseconds(poll.Lease)} for its vote, then the next of the reserve has it.";

    private static string Clause(string clause)
    {
        int least = clause.IndexOf(">=", StringComparison.Ordinal);
        if (least < 0) return Say(clause);
        string[] asked = clause[..least].Split(':', 2);
        string field = asked is [_, { Length: > 0 } category] ? $" in {category}" : "", value = clause[(least + 2)..];
        return asked[0] switch
        {
            "reputation" when double.TryParse(value, CultureInfo.InvariantCulture, out double share) =>
                $"reputation{field} of at least {Numbers.Percent(share)}",
            "receipts" or "tasks" => $"at least {value} paid tasks{field}",
            "person" => $"attested as one person at level {value} or more",
            _ => Say(clause),
        };
    }

    private static string Say(string group) =>
        group.Replace("=", " ", StringComparison.Ordinal).Replace("|", " or ", StringComparison.Ordinal);
}
