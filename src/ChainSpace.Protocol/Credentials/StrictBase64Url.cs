using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace ChainSpace.Protocol.Credentials;

// Base64url without padding (RFC 7515 §2), where every byte string has one spelling.
internal static class StrictBase64Url
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        byte[] target = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        bool isRead = Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, target, out int written)
            && text.SequenceEqual(Base64Url.EncodeToString(target = target[..written]));
        bytes = isRead ? target : null;
        return isRead;
    }
}
