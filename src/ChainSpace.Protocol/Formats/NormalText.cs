using System.Text;

namespace ChainSpace.Protocol.Formats;

/// <summary>What two texts have in common that say the same: letters in lower case, one blank where there are some.</summary>
internal static class NormalText
{
    private const string Ending = " .,;:!?";

    /// <summary>
    /// Each code point in its simple lower case, U+0130 excepted; runs of blanks, tabs and line ends as one blank, none at
    /// either end; and no marks .,;:!? at the end. Empty where nothing is left.
    /// </summary>
    public static string Of(string text)
    {
        StringBuilder normal = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isBlank = rune.Value is ' ' or '\t' or '\r' or '\n';
            if (!isBlank) normal.Append(rune.Value == 0x130 ? rune : Rune.ToLowerInvariant(rune));
            else if (normal.Length > 0 && normal[^1] != ' ') normal.Append(' ');
        }

        int length = normal.Length;
        while (length > 0 && Ending.Contains(normal[length - 1], StringComparison.Ordinal)) length--;
        return normal.ToString(0, length);
    }
}
