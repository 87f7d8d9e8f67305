using System.Diagnostics.CodeAnalysis;

namespace ChainSpace.Protocol.Merkle;

// The platform's decoder skips white space and ignores spare bits; here every byte string has one spelling.
internal static class StrictBase64
{
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        byte[] target = new byte[text.Length / 4 * 3];
        bool isRead = Convert.TryFromBase64Chars(text, target, out int written)
            && text.SequenceEqual(Convert.ToBase64String(target.AsSpan(0, written)));
        bytes = isRead ? target[..written] : null;
        return isRead;
    }
}
