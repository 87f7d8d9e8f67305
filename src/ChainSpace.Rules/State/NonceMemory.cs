using ChainSpace.Protocol;

namespace ChainSpace.Rules.State;

/// <summary>
/// Which nonces each account has used in messages that could still be sent again. Kept in one table per validity period
/// of the expiry, so forgetting is dropping a table: a message whose expiry lies in a dropped period is stale anyway.
/// </summary>
public sealed class NonceMemory
{
    private readonly SortedDictionary<long, Dictionary<Key, Seen>> periods = [];

    internal readonly record struct Key(int Account, ulong Nonce);

    /// <summary>What the nonce was used for; the first eight bytes of the message's id tell a repeat from a reuse.</summary>
    internal readonly record struct Seen(EntryIndex Index, ulong Fingerprint);

    /// <summary>Live tables by period, for snapshots.</summary>
    internal IEnumerable<(long Period, Dictionary<Key, Seen> Nonces)> Periods => periods.Select(static p => (p.Key, p.Value));

    internal Seen? Find(int account, ulong nonce)
    {
        foreach (Dictionary<Key, Seen> period in periods.Values)
        {
            if (period.TryGetValue(new Key(account, nonce), out Seen seen)) return seen;
        }

        return null;
    }

    internal void Add(Key key, Seen seen, Moment expires) => TableOf(PeriodOf(expires)).Add(key, seen);

    internal Dictionary<Key, Seen> TableOf(long period)
    {
        if (!periods.TryGetValue(period, out Dictionary<Key, Seen>? table)) periods.Add(period, table = []);
        return table;
    }

    internal void Forget(Moment now)
    {
        while (periods.Count > 0 && periods.Keys.First() < PeriodOf(now)) periods.Remove(periods.Keys.First());
    }

    private static long PeriodOf(Moment moment) => moment.Milliseconds / Limits.ValidityMilliseconds;
}
