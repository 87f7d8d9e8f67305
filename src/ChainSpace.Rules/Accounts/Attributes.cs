using System.Buffers;
using ChainSpace.Protocol.Credentials;

namespace ChainSpace.Rules.Accounts;

/// <summary>
/// Public attributes: <c>country=DE,skill=translation|writing</c>, names sorted and unique. Only what an account chose to
/// publish; sensitive attributes never stand in a journal.
/// </summary>
public static class Attributes
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly SearchValues<char> ValueCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/+ ");

    // Filters ask for these with >=; what an account says of itself must not be mistaken for them.
    private static readonly string[] Earned = ["person", "receipts", "reputation"];

    /// <summary>True for canonical text of allowed attributes, also for none.</summary>
    public static bool AreValid(string attributes)
    {
        if (attributes.Length == 0) return true;
        if (attributes.Length > Limits.Attributes) return false;
        string before = "";
        foreach (string attribute in attributes.Split(','))
        {
            int at = attribute.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0 || !IsName(attribute[..at]) || string.CompareOrdinal(before, attribute[..at]) >= 0) return false;
            if (!attribute[(at + 1)..].Split('|').All(IsValue)) return false;
            before = attribute[..at];
        }

        return true;
    }

    /// <summary>True where the attribute is there with one of the wanted values (joined by <c>|</c>).</summary>
    public static bool Has(string attributes, string name, string wanted)
    {
        foreach (string attribute in attributes.Split(','))
        {
            if (!attribute.StartsWith(name + "=", StringComparison.Ordinal)) continue;
            return attribute[(name.Length + 1)..].Split('|').Intersect(wanted.Split('|'), StringComparer.Ordinal).Any();
        }

        return false;
    }

    internal static bool IsName(string text) => text.Length is > 0 and <= 32
        && !text.AsSpan().ContainsAnyExcept(NameCharacters) && !AttributeNames.IsSensitive(text) && !Earned.Contains(text);

    internal static bool IsValue(string text) =>
        text.Length is > 0 and <= 64 && !text.AsSpan().ContainsAnyExcept(ValueCharacters);
}
