using System.Text.Json;

namespace ChainSpace.Web.Wording;

/// <summary>What an entry says, as names and values: who, what and when first, then the rest in order.</summary>
internal static class EntryFacts
{
    private static readonly string[] _first = ["type", "account", "moment", "signer", "poll"];

    public static List<(string Name, string Value)> Read(string entry)
    {
        using JsonDocument document = JsonDocument.Parse(entry);
        JsonElement root = document.RootElement;
        IEnumerable<(string Name, string Value)> all = root.GetProperty("message").EnumerateObject()
            .Concat(root.EnumerateObject().Where(member => member.Name != "message"))
            .Select(member => (member.Name, Text(member.Value)));
        return [.. all.OrderBy(fact => Array.IndexOf(_first, fact.Name) is int place and >= 0 ? place : _first.Length)];
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? string.Join(", ", value.EnumerateArray().Select(each => each.GetString()))
        : value.GetString() ?? "";
}
