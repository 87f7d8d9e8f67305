using System.Security.Cryptography;

namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// Bytes that only the holder of a <see cref="SealingKey"/> can read: ephemeral key (33, compressed) ‖ ciphertext ‖ tag (16).
/// ECDH on P-256 → HKDF-SHA256 (RFC 5869; salt empty, info = context) → AES-256-GCM with a zero IV.
/// <para>
/// <b>A context must never be used twice in one session.</b> It is the digest of what the box belongs to (space, task, round,
/// voter …) and the only thing that makes the AES key unique; the IV is constant. Two boxes of one session and one
/// context give away both plaintexts' difference and the key that authenticates them. Who must seal again for the same
/// context does it in a new session.
/// </para>
/// <para>
/// The box does not say who sealed it, and the parity of its ephemeral key can be flipped without notice (−E shares the same
/// x): put it into something signed, and never use its bytes as an identity.
/// </para>
/// </summary>
public static class SealedBox
{
    /// <summary>Bytes a box is longer than its plaintext.</summary>
    public const int Overhead = P256PublicKey.CompressedSize + TagSize;

    internal const int TagSize = 16;

    private const int AesKeySize = 32;

    /// <summary>Seals for the recipient; the context must be unique in the session, see the type.</summary>
    public static byte[] Seal(
        P256PublicKey recipient, SealingSession session, Bytes32 context, ReadOnlySpan<byte> plaintext)
    {
        ArgumentNullException.ThrowIfNull(session);
        byte[] box = new byte[Overhead + plaintext.Length];
        session.EphemeralKey.CopyCompressedTo(box);
        Span<byte> sealedPart = box.AsSpan(P256PublicKey.CompressedSize);
        using AesGcm cipher = CipherFor(session.SecretFor(recipient), context);
        cipher.Encrypt(ZeroIv, plaintext, sealedPart[..^TagSize], sealedPart[^TagSize..]);
        return box;
    }

    /// <summary>HKDF-Extract of the shared x, which is the same for all boxes of one session.</summary>
    internal static byte[] Agree(ECDiffieHellman own, P256PublicKey other)
    {
        using ECDiffieHellman imported = ECDiffieHellman.Create(other.ToPlatform());
        using ECDiffieHellmanPublicKey publicKey = imported.PublicKey;
        byte[] shared = own.DeriveRawSecretAgreement(publicKey);
        byte[] secret = HKDF.Extract(HashAlgorithmName.SHA256, shared);
        CryptographicOperations.ZeroMemory(shared);
        return secret;
    }

    /// <summary>HKDF-Expand, then the cipher.</summary>
    internal static AesGcm CipherFor(ReadOnlySpan<byte> secret, Bytes32 context)
    {
        Span<byte> info = stackalloc byte[Bytes32.Size];
        context.CopyTo(info);
        Span<byte> key = stackalloc byte[AesKeySize];
        HKDF.Expand(HashAlgorithmName.SHA256, secret, key, info);
        AesGcm cipher = new(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
        return cipher;
    }

    internal static ReadOnlySpan<byte> ZeroIv => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
}
