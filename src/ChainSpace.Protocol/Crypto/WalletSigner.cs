using System.Security.Cryptography;

namespace ChainSpace.Protocol.Crypto;

/// <summary>A secp256k1 key; signs as wallets do (65 bytes r ‖ s ‖ v), the same digest always alike (RFC 6979).</summary>
public sealed class WalletSigner : Signer
{
    private readonly byte[] privateKey;

    private WalletSigner(byte[] privateKey)
    {
        this.privateKey = privateKey;
        Span<byte> publicKey = stackalloc byte[Secp256k1Managed.PublicKeySize];
        Secp256k1Managed.WritePublicKey(privateKey, publicKey);
        Account = Secp256k1.AccountOf(publicKey);
    }

    public override AccountId Account { get; }

    public override ReadOnlyMemory<byte> PublicKey => ReadOnlyMemory<byte>.Empty;

    /// <summary>A new random key.</summary>
    public static WalletSigner Create() => new(Scalars.CreatePrivateKey(Secp256k1Managed.Order));

    /// <summary>The key of 32 bytes, big-endian.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 32 bytes, zero, or not below the order of the curve.</exception>
    public static WalletSigner FromPrivateKey(ReadOnlySpan<byte> privateKey)
    {
        Scalars.ThrowIfNotPrivateKey(privateKey, Secp256k1Managed.Order);
        return new WalletSigner(privateKey.ToArray());
    }

    public override byte[] Sign(Bytes32 digest) => Secp256k1.Sign(privateKey, digest, Secp256k1.IsNative);

    public override byte[] Export() => [.. privateKey];

    public override void Dispose() => CryptographicOperations.ZeroMemory(privateKey);
}
