using System.Security.Cryptography;

namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// An imported key that several threads verify with and one of them, whoever lets go last, disposes. About 5 kB of it are
/// native memory that the collector does not see, hence not left to the finalizer.
/// </summary>
internal sealed class SharedVerifyKey(ECDsa key)
{
    private int holders = 1;

    public static SharedVerifyKey Import(P256PublicKey key) => new(ECDsa.Create(key.ToPlatform()));

    /// <summary>False where the last holder has let go: the key is disposed, or about to be.</summary>
    public bool TryHold()
    {
        int seen = Volatile.Read(ref holders);
        while (seen > 0)
        {
            int before = Interlocked.CompareExchange(ref holders, seen + 1, seen);
            if (before == seen) return true;
            seen = before;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref holders) == 0) key.Dispose();
    }

    /// <summary>ES256 over the digest's 32 bytes as the message. Only for a holder.</summary>
    public bool Verify(ReadOnlySpan<byte> signature, Bytes32 digest)
    {
        Span<byte> message = stackalloc byte[Bytes32.Size];
        digest.CopyTo(message);
        return key.VerifyData(message, signature, HashAlgorithmName.SHA256);
    }
}
