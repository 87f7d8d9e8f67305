namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// Wallet signatures: r ‖ s ‖ v over the digest itself, as <c>eth_signTypedData_v4</c> makes them. The signer is not told
/// but recovered, so no key needs to be kept. Uses libsecp256k1 where the machine has it, else managed code, about five
/// times slower; both give the same answer for every input.
/// </summary>
public static class Secp256k1
{
    /// <summary>Length of r ‖ s ‖ v in bytes.</summary>
    public const int SignatureSize = 65;

    internal const int ScalarSize = Scalars.Size;
    internal const int RecoveryBase = 27;

    private static readonly Secp256k1Library? Library = Secp256k1Library.Load();

    /// <summary>True where libsecp256k1 was found.</summary>
    public static bool IsNative => Library is not null;

    /// <summary>The wallet that made the signature; false unless 0 &lt; r &lt; n, 0 &lt; s ≤ n / 2 and v is 27 or 28.</summary>
    public static bool TryRecover(ReadOnlySpan<byte> signature, Bytes32 digest, out AccountId wallet) =>
        TryRecover(signature, digest, IsNative, out wallet);

    /// <summary>The same by the named path, for tests that compare them.</summary>
    internal static bool TryRecover(ReadOnlySpan<byte> signature, Bytes32 digest, bool isNative, out AccountId wallet)
    {
        wallet = default;
        if (!IsWellFormed(signature)) return false;
        Span<byte> message = stackalloc byte[Bytes32.Size];
        digest.CopyTo(message);
        int recovery = signature[^1] - RecoveryBase;
        Span<byte> publicKey = stackalloc byte[Secp256k1Managed.PublicKeySize];
        bool isRecovered = isNative
            ? Library!.TryRecover(signature[..^1], recovery, message, publicKey)
            : Secp256k1Managed.TryRecover(signature[..^1], recovery, message, publicKey);
        if (isRecovered) wallet = AccountOf(publicKey);
        return isRecovered;
    }

    /// <summary>Deterministic (RFC 6979), low s.</summary>
    internal static byte[] Sign(ReadOnlySpan<byte> privateKey, Bytes32 digest, bool isNative)
    {
        Span<byte> message = stackalloc byte[Bytes32.Size];
        digest.CopyTo(message);
        byte[] signature = new byte[SignatureSize];
        int recovery = isNative
            ? Library!.Sign(privateKey, message, signature)
            : Secp256k1Managed.Sign(privateKey, message, signature);
        signature[^1] = (byte)(RecoveryBase + recovery);
        return signature;
    }

    /// <summary>Twelve zero bytes, then the last twenty of keccak256(x ‖ y).</summary>
    internal static AccountId AccountOf(ReadOnlySpan<byte> publicKey)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        Keccak256.Hash(publicKey, bytes);
        bytes[..12].Clear();
        return new AccountId(Bytes32.Read(bytes));
    }

    internal static bool IsLow(ReadOnlySpan<byte> s) => Scalars.IsLow(s, Secp256k1Managed.HalfOrder);

    // Checked here, once for both paths, so that neither library's own taste shows.
    private static bool IsWellFormed(ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureSize
        && signature[^1] is (RecoveryBase or RecoveryBase + 1)
        && Scalars.IsInRange(signature[..ScalarSize], Secp256k1Managed.Order)
        && Scalars.IsInRange(signature[ScalarSize..^1], Secp256k1Managed.Order)
        && IsLow(signature[ScalarSize..^1]);
}
