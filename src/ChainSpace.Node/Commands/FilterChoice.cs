using System.Globalization;
using System.Text;
using System.Text.Json;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Protocol.Filters;
using ChainSpace.Rules.Eligibility;

namespace ChainSpace.Node.Commands;

/// <summary>
/// Who may vote, from the words of a command. What the rules can decide by themselves becomes clauses in the message, which
/// anybody can check again; all else stays in the content, and the node admits.
/// </summary>
/// <param name="Voters">Of the message.</param>
/// <param name="Filter">Of the content; null where the message says it all.</param>
internal sealed record FilterChoice(string Voters, JsonElement? Filter)
{
    public static FilterChoice Read(string? filter, string voters)
    {
        if (filter is null) return new FilterChoice(voters, null);
        if (voters != "open") throw new Complaint("Say either --voters or --filter.");
        (JsonElement json, Filter read) = Parse(filter);
        return ClausesOf(read) is { } clauses ? new FilterChoice(clauses, null) : new FilterChoice(AdmissionRules.Voters, json);
    }

    /// <summary>A filter as JSON, or as a file that holds it.</summary>
    public static (JsonElement Json, Filter Filter) Parse(string text)
    {
        string json = text.TrimStart().StartsWith('{') || !File.Exists(text) ? text : File.ReadAllText(text);
        if (!FilterReader.TryRead(Encoding.UTF8.GetBytes(json), out Filter? filter, out FilterFault? fault))
            throw new Complaint($"The filter at '{fault.Path}' must be {fault.Because}.");
        using JsonDocument document = JsonDocument.Parse(json);
        return (document.RootElement.Clone(), filter);
    }

    /// <summary>The clauses of a filter that asks for nothing but reputation and paid tasks; null for any other.</summary>
    public static string? ClausesOf(Filter filter)
    {
        IReadOnlyList<Filter> parts = filter is Filter.All all ? all.Parts : [filter];
        string?[] clauses = [.. parts.Select(ClauseOf)];
        string joined = string.Join(',', clauses);
        return clauses.Contains(null) || VoterFilter.TryRead(joined) is null ? null : joined;
    }

    private static string? ClauseOf(Filter part) => part switch
    {
        Filter.Reputation { Bound: { Relation: Relation.AtLeast, Limit: var limit } } one =>
            $"reputation:{one.Category}>={limit.ToString("0.0###", CultureInfo.InvariantCulture)}",
        Filter.Receipts { Bound: { Relation: Relation.AtLeast, Limit: var limit } } one =>
            $"receipts:{one.Category}>={limit.ToString(CultureInfo.InvariantCulture)}",
        _ => null,
    };
}
