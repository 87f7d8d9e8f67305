using System.Buffers;

namespace ChainSpace.Rules;

/// <summary>Short names that need no escaping anywhere: 1 to 32 of a-z, 0-9 and hyphen.</summary>
public static class Slug
{
    public const string Allowed = "1 to 32 of a-z, 0-9 and hyphen";

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static bool IsSlug(string text) => text.Length is > 0 and <= 32 && !text.AsSpan().ContainsAnyExcept(Characters);
}
