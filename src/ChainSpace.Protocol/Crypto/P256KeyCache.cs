namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// Imported keys by account, because importing one costs more than verifying with it. Holds about 5 kB per key, mostly
/// native: 16,384 keys are 80 MB. A key earns its place by a valid signature, so forgeries push nobody out.
/// </summary>
public sealed class P256KeyCache
{
    /// <summary>Enough for the accounts that are active within minutes on a busy node.</summary>
    public const int DefaultCapacity = 16_384;

    private readonly ClockMap<AccountId, SharedVerifyKey> keys;

    public P256KeyCache(int capacity = DefaultCapacity) => keys = new(capacity);

    /// <summary>Keys held now.</summary>
    public int Count => keys.Count;

    /// <summary>Null where the account's key is not cached.</summary>
    internal bool? Verify(AccountId account, ReadOnlySpan<byte> signature, Bytes32 digest)
    {
        if (Hold(account) is not { } key) return null;
        try
        {
            return key.Verify(signature, digest);
        }
        finally
        {
            key.Release();
        }
    }

    /// <summary>
    /// Imports, verifies, and keeps the key if the signature is valid. The first verification fills the platform's lazy
    /// parts of the key while no other thread can see it.
    /// </summary>
    internal bool ImportAndVerify(P256PublicKey publicKey, ReadOnlySpan<byte> signature, Bytes32 digest)
    {
        SharedVerifyKey key = SharedVerifyKey.Import(publicKey);
        bool isValid = false;
        try
        {
            isValid = key.Verify(signature, digest);
        }
        finally
        {
            if (!isValid) key.Release();
        }

        if (isValid) keys.Add(publicKey.Account, key)?.Release();
        return isValid;
    }

    /// <summary>The account's key, to be released after use; null where it is not cached.</summary>
    internal SharedVerifyKey? Hold(AccountId account) =>
        // Between the look-up and the hold the key may be evicted and disposed; that is a miss like any other.
        keys.TryGet(account, out SharedVerifyKey? key) && key.TryHold() ? key : null;
}
