namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// Whoever holds a private key in this process. There are two kinds, as there are two kinds of account; keys that never
/// leave a browser, a passkey or a wallet sign by themselves. One thread at a time.
/// </summary>
public abstract class Signer : IDisposable
{
    private protected Signer()
    {
    }

    public abstract AccountId Account { get; }

    /// <summary>x ‖ y of a P-256 key; empty for a wallet, whose key is recovered from each signature.</summary>
    public abstract ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>A signature with low s that <see cref="SignatureCheck"/> finds valid.</summary>
    public abstract byte[] Sign(Bytes32 digest);

    /// <summary>The 32 bytes of the private key. Whoever has them is the account.</summary>
    public abstract byte[] Export();

    /// <summary>Forgets the private key as far as the platform can.</summary>
    public abstract void Dispose();
}
