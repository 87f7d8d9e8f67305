using System.Security.Cryptography;

namespace ChainSpace.Protocol.Crypto;

/// <summary>A P-256 key; signs as WebCrypto does (64 bytes r ‖ s), with s made low.</summary>
public sealed class P256Signer : Signer
{
    private readonly ECDsa key;

    private P256Signer(ECDsa key)
    {
        this.key = key;
        Key = P256PublicKey.FromPlatform(key.ExportParameters(includePrivateParameters: false));
        Account = Key.Account;
        PublicKey = Key.ToArray();
    }

    public override AccountId Account { get; }

    public override ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The same as <see cref="PublicKey"/>, known to be on the curve.</summary>
    public P256PublicKey Key { get; }

    /// <summary>A new random key.</summary>
    public static P256Signer Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The key of 32 bytes, big-endian.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 32 bytes, zero, or not below the order of the curve.</exception>
    public static P256Signer FromPrivateKey(ReadOnlySpan<byte> privateKey) =>
        new(ECDsa.Create(P256Curve.ReadPrivateKey(privateKey)));

    public override byte[] Sign(Bytes32 digest)
    {
        Span<byte> message = stackalloc byte[Bytes32.Size];
        digest.CopyTo(message);
        byte[] signature = new byte[P256Verifier.SignatureSize];
        key.SignData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        Span<byte> s = signature.AsSpan(Scalars.Size);
        if (!Scalars.IsLow(s, P256Curve.HalfOrder)) Scalars.Negate(s, P256Curve.Order);
        return signature;
    }

    /// <summary>ES256 over a text, as JSON Web Signatures are made (RFC 7518 §3.4).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A text as short as a digest could be one, and sign a message.</exception>
    internal byte[] SignText(ReadOnlySpan<byte> text)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(text.Length, Bytes32.Size);
        return key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public override byte[] Export() => key.ExportParameters(includePrivateParameters: true).D!;

    public override void Dispose() => key.Dispose();
}
