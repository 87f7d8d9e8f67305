using System.Security.Cryptography;

namespace ChainSpace.Protocol.Messages;

/// <summary>
/// What travels beside a message, 32 bytes of salt and then the content, and stands in the message by its hash only: without
/// the salt that says nothing.
/// </summary>
public static class SaltedContent
{
    /// <summary>Bytes of salt before the content.</summary>
    public const int SaltSize = 32;

    /// <summary>SHA-256 of salt and content.</summary>
    public static Bytes32 HashOf(ReadOnlySpan<byte> attachment) => Bytes32.Read(SHA256.HashData(attachment));
}
