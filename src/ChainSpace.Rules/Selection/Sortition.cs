using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Numbers;

namespace ChainSpace.Rules.Selection;

/// <summary>
/// Draws accounts without replacement, in proportion to weight, so that anybody with the beacon can repeat the draw.
/// Each account has a number u in (0, 1] from SHA-256 and the key −ln(u) / weight; the smallest keys serve
/// (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006). A key depends on no other account, so
/// the draw does not depend on the order of the list, nor on who else is in it but not drawn.
/// </summary>
public static class Sortition
{
    private const int FractionBits = 53;

    private static ReadOnlySpan<byte> Domain => "chainspace-sortition/v1"u8;

    /// <summary>
    /// The accounts with the smallest keys in key order, at most <paramref name="seats"/>; equal keys go by account.
    /// A longer draw begins with every shorter one: ask for seats and reserve together, the first serve and the rest
    /// follow in turn.
    /// </summary>
    /// <param name="beacon">Randomness that nobody knew when the task and the eligible accounts were fixed.</param>
    /// <param name="eligible">Each account once, with a weight above zero.</param>
    /// <exception cref="ArgumentException">An account was drawn twice, or a weight is not above zero and finite.</exception>
    public static ImmutableArray<AccountId> Draw(
        Bytes32 beacon, TaskId task, IEnumerable<(AccountId Account, double Weight)> eligible, int seats)
    {
        ArgumentNullException.ThrowIfNull(eligible);
        ArgumentOutOfRangeException.ThrowIfNegative(seats);

        List<Ticket> drawn = Smallest(Tickets(beacon, task, eligible), seats);
        for (int place = 1; place < drawn.Count; place++)
        {
            if (drawn[place].Account == drawn[place - 1].Account)
                throw new ArgumentException($"Account {drawn[place].Account} is listed twice.", nameof(eligible));
        }

        return [.. drawn.Select(ticket => ticket.Account)];
    }

    /// <summary>Where an account stands in the draw: the smaller, the earlier.</summary>
    public static double Key(Bytes32 beacon, TaskId task, AccountId account, double weight)
    {
        if (!(weight > 0 && double.IsFinite(weight)))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "Must be above zero and finite.");

        return -DeterministicMath.Log(Uniform(beacon, task, account)) / weight;
    }

    /// <summary>The first 53 bits of the hash, plus one, over 2⁵³: never zero, because the logarithm is taken.</summary>
    internal static double Uniform(Bytes32 beacon, TaskId task, AccountId account)
    {
        Span<byte> input = stackalloc byte[Domain.Length + 3 * Bytes32.Size];
        Domain.CopyTo(input);
        Span<byte> values = input[Domain.Length..];
        beacon.CopyTo(values);
        task.Value.CopyTo(values[Bytes32.Size..]);
        account.Value.CopyTo(values[(2 * Bytes32.Size)..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        ulong bits = BinaryPrimitives.ReadUInt64BigEndian(hash) >> (64 - FractionBits);
        return (bits + 1) / (double)(1UL << FractionBits);
    }

    private static IEnumerable<Ticket> Tickets(
        Bytes32 beacon, TaskId task, IEnumerable<(AccountId Account, double Weight)> eligible)
    {
        foreach ((AccountId account, double weight) in eligible)
            yield return new Ticket(Key(beacon, task, account, weight), account);
    }

    /// <summary>One pass with a heap of the best so far: n log k time and k tickets of memory.</summary>
    private static List<Ticket> Smallest(IEnumerable<Ticket> tickets, int count)
    {
        if (count == 0) return [];

        PriorityQueue<Ticket, Ticket> best = new(LastFirst.Instance);
        foreach (Ticket ticket in tickets)
        {
            if (best.Count < count) best.Enqueue(ticket, ticket);
            else if (ticket.CompareTo(best.Peek()) < 0) best.DequeueEnqueue(ticket, ticket);
        }

        List<Ticket> ordered = [.. best.UnorderedItems.Select(item => item.Element)];
        ordered.Sort();
        return ordered;
    }

    private readonly record struct Ticket(double Key, AccountId Account) : IComparable<Ticket>
    {
        public int CompareTo(Ticket other)
        {
            int order = Key.CompareTo(other.Key);
            return order == 0 ? Account.CompareTo(other.Account) : order;
        }
    }

    private sealed class LastFirst : IComparer<Ticket>
    {
        public static readonly LastFirst Instance = new();

        public int Compare(Ticket left, Ticket right) => right.CompareTo(left);
    }
}
