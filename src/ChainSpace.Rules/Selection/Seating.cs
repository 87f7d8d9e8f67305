using System.Collections.Immutable;
using ChainSpace.Protocol;

namespace ChainSpace.Rules.Selection;

/// <summary>Somebody who stands in a draw and may be drawn.</summary>
/// <param name="Account">Who.</param>
/// <param name="Weight">Above zero; see <see cref="SeatWeight"/>.</param>
/// <param name="Group">Number of the quota.</param>
public readonly record struct Candidate(AccountId Account, double Weight, int Group);

/// <summary>An account drawn for a seat or for the reserve.</summary>
/// <param name="Account">Who.</param>
/// <param name="Group">Number of the quota.</param>
/// <param name="IsCalled">True once it has had a seat, which it may have lost again.</param>
public readonly record struct Place(AccountId Account, int Group, bool IsCalled);

/// <summary>What a draw came to, or what has become of it since.</summary>
/// <param name="Seats">Who may vote, sorted.</param>
/// <param name="Places">
/// Everybody drawn, in the order of their keys, reserve included; empty where seats are for keeps and there is no reserve.
/// </param>
public sealed record Seating(ImmutableArray<AccountId> Seats, ImmutableArray<Place> Places)
{
    /// <summary>Reserve drawn for each seat.</summary>
    public const int ReservePerSeat = 3;

    /// <summary>True while somebody waits for a seat.</summary>
    public bool HasReserve => Places.Any(static place => !place.IsCalled);

    /// <summary>Seats for each group, by the smallest keys; fewer where a group is too small.</summary>
    /// <param name="draw">Beacon and poll.</param>
    /// <param name="candidates">Each account once.</param>
    /// <param name="seats">Seats of each group.</param>
    /// <param name="hasReserve">Whether seats may be lost, so that a reserve is drawn with them.</param>
    public static Seating Draw(
        (Bytes32 Beacon, TaskId Task) draw, IEnumerable<Candidate> candidates, ImmutableArray<int> seats, bool hasReserve)
    {
        int reserve = hasReserve ? ReservePerSeat : 0;
        List<(Ticket Ticket, Place Place)> drawn = [];
        IEnumerable<Candidate>[] groups = seats.Length == 1 ? [candidates] : Split(candidates, seats.Length);
        for (int group = 0; group < groups.Length; group++)
        {
            IReadOnlyList<Ticket> tickets = Sortition.Tickets(
                draw.Beacon,
                draw.Task,
                groups[group].Select(static one => (one.Account, one.Weight)),
                seats[group] * (1 + reserve));
            for (int place = 0; place < tickets.Count; place++)
                drawn.Add((tickets[place], new Place(tickets[place].Account, group, place < seats[group])));
        }

        drawn.Sort(static (left, right) => left.Ticket.CompareTo(right.Ticket));
        IEnumerable<Place> called = drawn.Select(static one => one.Place).Where(static place => place.IsCalled);
        ImmutableArray<AccountId> sorted = [.. called.Select(static place => place.Account).Order()];
        return new Seating(sorted, hasReserve ? [.. drawn.Select(static one => one.Place)] : []);
    }

    /// <summary>
    /// The seats after a lease has ended. A seat without a vote lapses where somebody of the reserve takes it, the seats
    /// drawn last first: the next of the same group; then empty seats are filled, then seats are given to the next of any
    /// group. A seat for which nobody is left stays with its account.
    /// </summary>
    /// <param name="sample">Seats there may be.</param>
    /// <param name="hasVoted">Whose seats stay.</param>
    public Seating Lapse(int sample, Func<AccountId, bool> hasVoted)
    {
        ArgumentNullException.ThrowIfNull(hasVoted);
        Place[] places = [.. Places];
        HashSet<AccountId> held = [.. Seats];
        List<int> idle = [];
        for (int number = places.Length - 1; number >= 0; number--)
        {
            if (held.Contains(places[number].Account) && !hasVoted(places[number].Account)) idle.Add(number);
        }

        Reserve reserve = new(places);
        List<int> kept = [];
        foreach (int number in idle)
        {
            if (reserve.Next(places[number].Group) is { } next) Replace(held, places[number].Account, next);
            else kept.Add(number);
        }

        while (held.Count < sample && reserve.Next(null) is { } filled) held.Add(filled);
        foreach (int number in kept)
        {
            if (reserve.Next(null) is { } next) Replace(held, places[number].Account, next);
        }

        return new Seating([.. held.Order()], [.. places]);
    }

    private static void Replace(HashSet<AccountId> held, AccountId lapsed, AccountId next)
    {
        held.Remove(lapsed);
        held.Add(next);
    }

    private static IEnumerable<Candidate>[] Split(IEnumerable<Candidate> candidates, int groups)
    {
        List<Candidate>[] split = [.. Enumerable.Range(0, groups).Select(static _ => new List<Candidate>())];
        foreach (Candidate one in candidates) split[one.Group].Add(one);
        return split;
    }

    // Walks the places once for each group, and once for any.
    private sealed class Reserve(Place[] places)
    {
        private readonly Dictionary<int, int> next = [];

        public AccountId? Next(int? group)
        {
            int number = next.GetValueOrDefault(group ?? -1);
            while (number < places.Length && (places[number].IsCalled || (group ?? places[number].Group) != places[number].Group))
                number++;
            next[group ?? -1] = number;
            if (number == places.Length) return null;
            places[number] = places[number] with { IsCalled = true };
            return places[number].Account;
        }
    }
}
