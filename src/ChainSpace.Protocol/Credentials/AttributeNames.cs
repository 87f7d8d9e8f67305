using System.Collections.Frozen;

namespace ChainSpace.Protocol.Credentials;

/// <summary>
/// Names of attributes: 1 to 32 of a-z, 0-9 and hyphen. Some are sensitive (those of article 9 of the GDPR, and what
/// people are discriminated by): they never stand in a journal, and who asks for one must say why.
/// </summary>
public static class AttributeNames
{
    /// <summary><c>YYYY-MM-DD</c>; filters ask for the age that follows from it.</summary>
    public const string DateOfBirth = "date-of-birth";

    /// <summary>How surely an issuer knows that a person has one account, 0 to 3; nobody says it of himself.</summary>
    public const string Personhood = "personhood";

    private static readonly FrozenSet<string> SensitiveNames = FrozenSet.Create(
        StringComparer.Ordinal,
        "birthdate", "citizenship", DateOfBirth, "disability", "ethnicity", "gender", "genetics", "health", "marital-status",
        "nationality", "orientation", "politics", "pregnancy", "race", "religion", "sex", "sexual-orientation", "union");

    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= 32
            && text.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
    }

    public static bool IsSensitive(string name) => SensitiveNames.Contains(name);
}
