using System.Collections.Immutable;
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
    // −ln(u) ≥ 1 − u, and the computed logarithm is off by less than one part in 2⁵²; this leaves a wide margin to both.
    private const double Slack = 1 + 1.0 / (1L << 40);

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
        Bytes32 beacon, TaskId task, IEnumerable<(AccountId Account, double Weight)> eligible, int seats) =>
        [.. Tickets(beacon, task, eligible, seats).Select(static ticket => ticket.Account)];

    /// <summary>The same with their keys.</summary>
    /// <inheritdoc cref="Draw"/>
    public static IReadOnlyList<Ticket> Tickets(
        Bytes32 beacon, TaskId task, IEnumerable<(AccountId Account, double Weight)> eligible, int seats)
    {
        ArgumentNullException.ThrowIfNull(eligible);
        ArgumentOutOfRangeException.ThrowIfNegative(seats);

        List<Ticket> drawn = Smallest(new Lots(Domain, beacon, task), eligible, seats);
        for (int place = 1; place < drawn.Count; place++)
        {
            if (drawn[place].Account == drawn[place - 1].Account)
                throw new ArgumentException($"Account {drawn[place].Account} is listed twice.", nameof(eligible));
        }

        return drawn;
    }

    /// <summary>The number of an account in (0, 1], the same whatever else is drawn.</summary>
    internal static double Uniform(Bytes32 beacon, TaskId task, AccountId account)
    {
        Span<ulong> number = stackalloc ulong[1];
        new Lots(Domain, beacon, task).Throw([account], number);
        return Uniform(number[0]);
    }

    /// <summary>Where an account stands in the draw: the smaller, the earlier.</summary>
    public static double Key(Bytes32 beacon, TaskId task, AccountId account, double weight)
    {
        Check(weight);
        return -DeterministicMath.Log(Uniform(beacon, task, account)) / weight;
    }

    /// <summary>The number plus one, over 2⁵³: never zero, because the logarithm is taken.</summary>
    private static double Uniform(ulong number) => (number + 1) / (double)(1UL << Lots.Bits);

    private static void Check(double weight)
    {
        if (!(weight > 0 && double.IsFinite(weight)))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "Must be above zero and finite.");
    }

    /// <summary>One pass with a heap of the best so far: n hashes, about k log(n / k) logarithms, k tickets of memory.</summary>
    private static List<Ticket> Smallest(Lots lots, IEnumerable<(AccountId Account, double Weight)> eligible, int count)
    {
        if (count == 0) return [];

        PriorityQueue<Ticket, Ticket> best = new(LastFirst.Instance);
        Span<AccountId> accounts = stackalloc AccountId[Lots.Lanes];
        Span<double> weights = stackalloc double[Lots.Lanes];
        int held = 0;
        foreach ((AccountId account, double weight) in eligible)
        {
            Check(weight);
            (accounts[held], weights[held]) = (account, weight);
            if (++held < Lots.Lanes) continue;
            Take(best, lots, new Hand(accounts, weights), count);
            held = 0;
        }

        Take(best, lots, new Hand(accounts[..held], weights[..held]), count);
        List<Ticket> ordered = [.. best.UnorderedItems.Select(static item => item.Element)];
        ordered.Sort();
        return ordered;
    }

    private static void Take(PriorityQueue<Ticket, Ticket> best, Lots lots, Hand hand, int count)
    {
        Span<ulong> numbers = stackalloc ulong[Lots.Lanes];
        lots.Throw(hand.Accounts, numbers);
        for (int lane = 0; lane < hand.Accounts.Length; lane++)
        {
            (double uniform, double weight) = (Uniform(numbers[lane]), hand.Weights[lane]);
            // Most accounts are too late even by the bound, and their logarithm need not be taken.
            if (best.Count == count && 1 - uniform > best.Peek().Key * weight * Slack) continue;
            Ticket ticket = new(-DeterministicMath.Log(uniform) / weight, hand.Accounts[lane]);
            if (best.Count < count) best.Enqueue(ticket, ticket);
            else if (ticket.CompareTo(best.Peek()) < 0) best.DequeueEnqueue(ticket, ticket);
        }
    }

    private readonly ref struct Hand(ReadOnlySpan<AccountId> accounts, ReadOnlySpan<double> weights)
    {
        public ReadOnlySpan<AccountId> Accounts { get; } = accounts;

        public ReadOnlySpan<double> Weights { get; } = weights;
    }

    private sealed class LastFirst : IComparer<Ticket>
    {
        public static readonly LastFirst Instance = new();

        public int Compare(Ticket left, Ticket right) => right.CompareTo(left);
    }
}

/// <summary>An account's place in a draw. Tickets are ordered by key, equal keys by account.</summary>
/// <param name="Key">−ln(u) / weight; the smaller, the earlier.</param>
/// <param name="Account">Whose.</param>
public readonly record struct Ticket(double Key, AccountId Account) : IComparable<Ticket>
{
    public int CompareTo(Ticket other)
    {
        int order = Key.CompareTo(other.Key);
        return order == 0 ? Account.CompareTo(other.Account) : order;
    }
}
