namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// The 64 bytes of every P-256 key shown so far, by account. It certifies itself: an account is the hash of its key, so
/// there is nothing to overwrite and nobody to trust. Grows only; about 105 to 115 bytes per key. Any number of threads.
/// </summary>
public sealed class KeyDirectory
{
    private const int PageShift = 12;
    private const int PageSize = 1 << PageShift;
    private const int SmallestTable = 16;

    private readonly Lock gate = new();
    private readonly List<Entry[]> pages = []; // Guarded by the gate; entries never move, so growing copies no key.
    private int[] table = new int[SmallestTable]; // Guarded by the gate; place + 1 of an entry, 0 where free; at most ¾ full.
    private int count; // Guarded by the gate.

    /// <summary>Keys held.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Remembers a key; false where it was known.</summary>
    public bool Add(P256PublicKey key)
    {
        if (key.IsDefault) throw new ArgumentException("The default value is no key.", nameof(key));
        AccountId account = key.Account;
        lock (gate)
        {
            int slot = Find(account);
            if (table[slot] != 0) return false;
            if (count % PageSize == 0) pages.Add(new Entry[PageSize]);
            pages[count >> PageShift][count % PageSize] = new Entry(account, key);
            table[slot] = ++count;
            if (count > table.Length / 4 * 3) Grow();
            return true;
        }
    }

    /// <summary>False where the account's key was never added.</summary>
    public bool TryGet(AccountId account, out P256PublicKey key)
    {
        lock (gate)
        {
            int place = table[Find(account)];
            key = place == 0 ? default : EntryAt(place).Key;
            return place != 0;
        }
    }

    // Where the account is, or the free slot where it would be.
    private int Find(AccountId account)
    {
        int mask = table.Length - 1;
        int slot = account.GetHashCode() & mask; // Seeded per process, so nobody can choose keys that collide.
        while (table[slot] != 0 && EntryAt(table[slot]).Account != account) slot = (slot + 1) & mask;
        return slot;
    }

    private ref readonly Entry EntryAt(int place) => ref pages[(place - 1) >> PageShift][(place - 1) % PageSize];

    private void Grow()
    {
        table = new int[table.Length * 2];
        for (int place = 1; place <= count; place++) table[Find(EntryAt(place).Account)] = place;
    }

    private readonly record struct Entry(AccountId Account, P256PublicKey Key);
}
