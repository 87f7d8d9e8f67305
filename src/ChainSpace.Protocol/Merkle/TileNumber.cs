using System.Globalization;

namespace ChainSpace.Protocol.Merkle;

// <N>[.p/<W>] of C2SP tlog-tiles: groups of three digits, all but the last after an x, so that no folder grows beyond
// a thousand names.
internal static class TileNumber
{
    public static string Format(long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, Tile.FullWidth);

        string text = (index % 1000).ToString("000", CultureInfo.InvariantCulture);
        for (long rest = index / 1000; rest > 0; rest /= 1000)
            text = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:000}/{text}");
        return width == Tile.FullWidth ? text : string.Create(CultureInfo.InvariantCulture, $"{text}.p/{width}");
    }

    public static bool TryParse(ReadOnlySpan<char> text, out long index, out int width)
    {
        (index, width) = (0, Tile.FullWidth);
        int dot = text.IndexOf(".p/");
        if (dot >= 0)
        {
            if (!TryParseDecimal(text[(dot + 3)..], Tile.FullWidth - 1, out width) || width == 0) return false;
            text = text[..dot];
        }

        bool isFirst = true;
        while (text.Length > 3)
        {
            if (text.Length < 5 || text[0] != 'x' || text[4] != '/' || !TryAdd(text.Slice(1, 3), ref index)) return false;
            // A leading x000 would be a second spelling of a smaller number.
            if (isFirst && index == 0) return false;
            isFirst = false;
            text = text[5..];
        }

        return text.Length == 3 && TryAdd(text, ref index);
    }

    public static bool TryParseDecimal(ReadOnlySpan<char> text, int maximum, out int value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > 3 || (text.Length > 1 && text[0] == '0')) return false;
        foreach (char digit in text)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            value = value * 10 + (digit - '0');
        }

        return value <= maximum;
    }

    private static bool TryAdd(ReadOnlySpan<char> digits, ref long index)
    {
        if (digits.ContainsAnyExceptInRange('0', '9') || index > (long.MaxValue - 999) / 1000) return false;
        index = index * 1000 + (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
        return true;
    }
}
