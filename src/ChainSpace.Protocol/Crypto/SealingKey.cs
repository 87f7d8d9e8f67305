using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// The private half of the key that a space's sealed votes are sealed for. Remembers the secret it shares with each recent
/// sender, so that only the first box of a session costs a key agreement. Any number of threads.
/// </summary>
public sealed class SealingKey : IDisposable
{
    /// <summary>Sessions remembered, about 200 bytes each.</summary>
    public const int DefaultSessions = 65_536;

    private readonly ECDiffieHellman key;
    private readonly ClockMap<P256CompressedKey, byte[]> secrets;

    private SealingKey(ECDiffieHellman key, int sessions)
    {
        this.key = key;
        secrets = new(sessions);
        PublicKey = P256PublicKey.FromPlatform(key.ExportParameters(includePrivateParameters: false));
    }

    /// <summary>What senders seal for.</summary>
    public P256PublicKey PublicKey { get; }

    /// <summary>A new random key.</summary>
    public static SealingKey Create(int sessions = DefaultSessions) =>
        new(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256), sessions);

    /// <summary>The key of 32 bytes, big-endian.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 32 bytes, zero, or not below the order of the curve.</exception>
    public static SealingKey FromPrivateKey(ReadOnlySpan<byte> privateKey, int sessions = DefaultSessions) =>
        new(ECDiffieHellman.Create(P256Curve.ReadPrivateKey(privateKey)), sessions);

    /// <summary>False for a box that was not sealed for this key and this context, or was touched since.</summary>
    public bool TryOpen(ReadOnlySpan<byte> box, Bytes32 context, [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = null;
        if (box.Length < SealedBox.Overhead) return false;
        ReadOnlySpan<byte> ephemeral = box[..P256PublicKey.CompressedSize];
        ReadOnlySpan<byte> sealedPart = box[P256PublicKey.CompressedSize..];
        P256CompressedKey sender = new(ephemeral[0], Bytes32.Read(ephemeral[1..]));
        if (secrets.TryGet(sender, out byte[]? known)) return TryOpen(known, sealedPart, context, out plaintext);

        if (!P256PublicKey.TryReadCompressed(ephemeral, out P256PublicKey other)) return false;
        byte[] secret = SealedBox.Agree(key, other);
        bool isOpened = TryOpen(secret, sealedPart, context, out plaintext);
        // A session earns its place by a box that opens, so forgeries push nobody out.
        if (isOpened) secrets.Add(sender, secret);
        return isOpened;
    }

    /// <summary>The 32 bytes of the private key. Whoever has them can read every box.</summary>
    public byte[] Export() => key.ExportParameters(includePrivateParameters: true).D!;

    public void Dispose() => key.Dispose();

    private static bool TryOpen(
        byte[] secret, ReadOnlySpan<byte> sealedPart, Bytes32 context, [NotNullWhen(true)] out byte[]? plaintext)
    {
        using AesGcm cipher = SealedBox.CipherFor(secret, context);
        byte[] opened = new byte[sealedPart.Length - SealedBox.TagSize];
        try
        {
            cipher.Decrypt(SealedBox.ZeroIv, sealedPart[..^SealedBox.TagSize], sealedPart[^SealedBox.TagSize..], opened);
            plaintext = opened;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The platform has no other way to say no.
            plaintext = null;
        }

        return plaintext is not null;
    }

    private readonly record struct P256CompressedKey(byte Prefix, Bytes32 X);
}
