namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// ES256 as WebCrypto makes it: ECDSA on P-256 with SHA-256, the 32 bytes of the digest being the message, so they are
/// hashed once more; signature r ‖ s, low s only. Any number of threads.
/// </summary>
public sealed class P256Verifier(KeyDirectory directory, P256KeyCache cache)
{
    /// <summary>Length of r ‖ s in bytes.</summary>
    public const int SignatureSize = 64;

    /// <summary>Where this verifier finds the key of an account.</summary>
    public KeyDirectory Directory { get; } = directory;

    /// <summary>For an account whose key is in the directory; costs the import of a key only where it is not cached.</summary>
    public SignatureAnswer Verify(AccountId signer, ReadOnlySpan<byte> signature, Bytes32 digest)
    {
        if (Refuse(signature) is { } refusal) return refusal;
        if (cache.Verify(signer, signature, digest) is { } isValid) return Answer(isValid);
        if (!Directory.TryGet(signer, out P256PublicKey key)) return SignatureAnswer.UnknownKey;
        return Answer(cache.ImportAndVerify(key, signature, digest));
    }

    /// <summary>For a key that came with the message; the directory is neither asked nor told.</summary>
    public SignatureAnswer Verify(P256PublicKey signer, ReadOnlySpan<byte> signature, Bytes32 digest)
    {
        if (signer.IsDefault) return SignatureAnswer.UnknownKey;
        if (Refuse(signature) is { } refusal) return refusal;
        return Answer(cache.Verify(signer.Account, signature, digest) ?? cache.ImportAndVerify(signer, signature, digest));
    }

    private static SignatureAnswer? Refuse(ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureSize) return SignatureAnswer.WrongLength;
        return Scalars.IsLow(signature[Scalars.Size..], P256Curve.HalfOrder) ? null : SignatureAnswer.HighS;
    }

    private static SignatureAnswer Answer(bool isValid) => isValid ? SignatureAnswer.Valid : SignatureAnswer.Forged;
}
