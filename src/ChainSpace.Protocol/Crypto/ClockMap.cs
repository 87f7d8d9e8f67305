using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ChainSpace.Protocol.Crypto;

/// <summary>
/// A bounded map that forgets what was not asked for since the clock hand last came by (second chance). Asking takes no
/// lock; adding takes one. Any number of threads.
/// </summary>
internal sealed class ClockMap<TKey, TValue>
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Slot> slots = new();
    private readonly Lock gate = new();
    private readonly Slot[] ring; // Guarded by the gate.
    private int count;            // Guarded by the gate.
    private int hand;             // Guarded by the gate.

    public ClockMap(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ring = new Slot[capacity];
    }

    public int Count => Volatile.Read(ref count);

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        value = slots.TryGetValue(key, out Slot? slot) ? slot.Value : null;
        // Written only when it changes: a hot key would otherwise pull its cache line from core to core.
        if (slot is { IsTouched: false }) slot.IsTouched = true;
        return value is not null;
    }

    /// <summary>
    /// Adds, and returns the value that is no longer in the map because of it: an old one, or the given one where
    /// another thread added the key first.
    /// </summary>
    public TValue? Add(TKey key, TValue value)
    {
        Slot slot = new(key, value);
        lock (gate)
        {
            if (!slots.TryAdd(key, slot)) return value;
            if (count < ring.Length)
            {
                ring[count++] = slot;
                return null;
            }

            int place = NextUntouched();
            Slot displaced = ring[place];
            ring[place] = slot;
            slots.TryRemove(displaced.Key, out _);
            return displaced.Value;
        }
    }

    // One full turn at most, however fast other threads touch what the hand has passed.
    private int NextUntouched()
    {
        for (int step = 0; step < ring.Length && ring[hand].IsTouched; step++)
        {
            ring[hand].IsTouched = false;
            hand = (hand + 1) % ring.Length;
        }

        int place = hand;
        hand = (hand + 1) % ring.Length;
        return place;
    }

    private sealed class Slot(TKey key, TValue value)
    {
        public TKey Key { get; } = key;

        public TValue Value { get; } = value;

        public volatile bool IsTouched;
    }
}
