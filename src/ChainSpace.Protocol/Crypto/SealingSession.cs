using System.Security.Cryptography;

namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// An ephemeral key pair that one sender uses for many boxes, so that the costly agreement is made once per sender and
/// not once per box. Boxes of one session can be told to come from one sender. One thread at a time.
/// </summary>
public sealed class SealingSession : IDisposable
{
    private readonly ECDiffieHellman key;
    private (P256PublicKey Recipient, byte[] Value)? secret;

    private SealingSession(ECDiffieHellman key)
    {
        this.key = key;
        EphemeralKey = P256PublicKey.FromPlatform(key.ExportParameters(includePrivateParameters: false));
    }

    /// <summary>Stands at the start of every box of this session.</summary>
    public P256PublicKey EphemeralKey { get; }

    /// <summary>A new random key pair.</summary>
    public static SealingSession Create() => new(ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>A session that can be repeated, for test vectors and nothing else.</summary>
    internal static SealingSession FromPrivateKey(ReadOnlySpan<byte> privateKey) =>
        new(ECDiffieHellman.Create(P256Curve.ReadPrivateKey(privateKey)));

    public void Dispose()
    {
        key.Dispose();
        if (secret is { } held) CryptographicOperations.ZeroMemory(held.Value);
    }

    internal ReadOnlySpan<byte> SecretFor(P256PublicKey recipient)
    {
        if (recipient.IsDefault) throw new ArgumentException("The default value is no key.", nameof(recipient));
        if (secret is { } held && held.Recipient == recipient) return held.Value;
        byte[] value = SealedBox.Agree(key, recipient);
        secret = (recipient, value);
        return value;
    }
}
