using System.Globalization;

namespace ChainSpace.Protocol.Formats;

internal static class Codes
{
    /// <summary>A decimal number without sign or leading zero that the format accepts.</summary>
    public static uint? Read(string text, Func<uint, bool> accepts)
    {
        bool isRead = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint code);
        bool isPlain = text is "0" || !text.StartsWith('0');
        return isRead && isPlain && accepts(code) ? code : null;
    }
}
