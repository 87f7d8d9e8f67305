namespace ChainSpace.Protocol;

/// <summary>Bytes as <c>0x</c> and lower-case digits, the only spelling the wire form knows.</summary>
public static class Hex
{
    /// <summary>The text form of any bytes, two digits each.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>Writes the text form as ASCII; the target must hold 2 + 2 × length bytes. Returns the bytes written.</summary>
    public static int Encode(ReadOnlySpan<byte> bytes, Span<byte> target)
    {
        target[0] = (byte)'0';
        target[1] = (byte)'x';
        Convert.TryToHexStringLower(bytes, target[2..], out int written);
        return written + 2;
    }

    /// <summary>Fills the target exactly; false if the text has another length, an upper-case digit or no <c>0x</c>.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> target)
    {
        if (text.Length != 2 + 2 * target.Length || text[0] != '0' || text[1] != 'x') return false;
        if (text[2..].IndexOfAnyInRange((byte)'A', (byte)'F') >= 0) return false;
        return Convert.FromHexString(text[2..], target, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    /// <summary>The bytes of a text form of any even length, or null where the spelling is another.</summary>
    public static byte[]? Decode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] ascii = System.Text.Encoding.ASCII.GetBytes(text);
        byte[] bytes = new byte[Math.Max(0, (text.Length - 2) / 2)];
        return TryDecode(ascii, bytes) ? bytes : null;
    }
}
