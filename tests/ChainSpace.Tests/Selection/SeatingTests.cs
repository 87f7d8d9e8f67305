using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using ChainSpace.Protocol;
using ChainSpace.Rules.Selection;
using CsCheck;

namespace ChainSpace.Tests.Selection;

public sealed class SeatingTests
{
    private static readonly TaskId Task = new(Hash(-7));

    [Fact]
    public void Each_group_has_its_seats_and_nobody_sits_twice() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 8], Gen.Int[1, 8], Gen.Bool).Sample((beacon, first, second, hasReserve) =>
        {
            Candidate[] pool = Pool(60);
            Seating seating = Seating.Draw((Hash(beacon), Task), pool, [first, second], hasReserve);
            int[] groups = [.. seating.Seats.Select(seat => pool.Single(one => one.Account == seat).Group)];
            Assert.Equal((first, second), (groups.Count(static group => group == 0), groups.Count(static group => group == 1)));
            Assert.Equal(seating.Seats.Distinct().Order(), seating.Seats);
            Assert.Equal(hasReserve ? Math.Min(30, 4 * first) + Math.Min(30, 4 * second) : 0, seating.Places.Length);
        });

    [Fact]
    public void A_group_that_is_too_small_leaves_its_seats_empty()
    {
        Candidate[] pool = [.. Pool(40).Where(static (one, i) => one.Group == 0 || i < 4)];
        Assert.Equal(12, Seating.Draw((Hash(1), Task), pool, [10, 10], hasReserve: false).Seats.Length);
    }

    [Fact]
    public void The_reserve_goes_on_where_the_seats_end() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 12]).Sample((beacon, seats) =>
        {
            Candidate[] pool = [.. Pool(60).Select(static one => one with { Group = 0 })];
            Seating seating = Seating.Draw((Hash(beacon), Task), pool, [seats], hasReserve: true);
            ImmutableArray<AccountId> order =
                Sortition.Draw(Hash(beacon), Task, pool.Select(static one => (one.Account, one.Weight)), 4 * seats);
            Assert.Equal<AccountId>(order, seating.Places.Select(static place => place.Account));
            Assert.Equal<AccountId>(order.Take(seats).Order(), seating.Seats);
        });

    [Fact]
    public void Whatever_lapses_makes_room_for_another_and_never_comes_back() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 9].Array[8]).Sample((beacon, voters) =>
        {
            Seating seating = Seating.Draw((Hash(beacon), Task), Pool(30), [6, 3], hasReserve: true);
            HashSet<AccountId> voted = [], lapsed = [];
            foreach (int voter in voters)
            {
                voted.Add(seating.Seats[voter % seating.Seats.Length]);
                Seating next = seating.Lapse(9, voted.Contains);
                lapsed.UnionWith(seating.Seats.Except(next.Seats));
                Assert.True(next.Seats.Length >= seating.Seats.Length && next.Seats.Length <= 9);
                Assert.Equal(next.Seats.Distinct().Order(), next.Seats);
                Assert.Empty(next.Seats.Intersect(lapsed));
                Assert.Empty(voted.Except(next.Seats));
                Assert.Equal(
                    lapsed.Union(next.Seats).Order(),
                    next.Places.Where(static place => place.IsCalled).Select(static place => place.Account).Order());
                seating = next;
            }

            if (!seating.HasReserve) Assert.Equal<AccountId>(seating.Seats, seating.Lapse(9, voted.Contains).Seats);
        });

    [Fact]
    public void A_seat_goes_to_its_own_group_first_and_to_another_where_that_is_empty()
    {
        AccountId[] who = [.. Enumerable.Range(0, 5).Select(static i => new AccountId(Hash(i))).Order()];
        Place[] places =
            [new(who[0], 0, true), new(who[1], 1, true), new(who[2], 0, false), new(who[3], 1, false), new(who[4], 1, false)];
        Seating seating = new([who[0], who[1]], [.. places]);
        Seating once = seating.Lapse(2, static _ => false);
        Assert.Equal<AccountId>([who[2], who[3]], once.Seats);
        // One is left, of group 1: its own group's seat goes to it, the other stays where it is.
        Seating twice = once.Lapse(2, static _ => false);
        Assert.Equal<AccountId>([who[2], who[4]], twice.Seats);
        Assert.Equal<AccountId>(twice.Seats, twice.Lapse(2, static _ => false).Seats);
        // Had the other voted in group 1, the last of the reserve takes the seat of group 0.
        Assert.Equal<AccountId>([who[3], who[4]], once.Lapse(2, account => account == who[3]).Seats);
    }

    [Fact]
    public void An_empty_seat_is_filled_from_the_reserve_of_others()
    {
        Candidate[] pool = [.. Pool(40).Where(static (one, i) => one.Group == 0 || i < 4)];
        Seating seating = Seating.Draw((Hash(1), Task), pool, [3, 6], hasReserve: true);
        Assert.Equal(5, seating.Seats.Length);
        Seating filled = seating.Lapse(9, static _ => true);
        Assert.Equal(9, filled.Seats.Length);
        Assert.Empty(seating.Seats.Except(filled.Seats));
    }

    [Fact]
    public void A_large_draw_is_that_of_all_keys_sorted()
    {
        Candidate[] pool =
            [.. Enumerable.Range(0, 5_003).Select(static i => new Candidate(new AccountId(Hash(i)), 1.0 + i % 3, 0))];
        for (int beacon = 0; beacon < 5; beacon++)
        {
            Bytes32 root = Hash(-100 - beacon);
            IEnumerable<AccountId> sorted = pool
                .Select(one => (Key: -Math.Log(Uniform(root, one.Account)) / one.Weight, one.Account))
                .OrderBy(static one => one.Key).Select(static one => one.Account);
            Assert.Equal<AccountId>(
                sorted.Take(200), Sortition.Draw(root, Task, pool.Select(static one => (one.Account, one.Weight)), 200));
        }
    }

    private static double Uniform(Bytes32 beacon, AccountId account)
    {
        byte[] hash = SHA256.HashData(
            [.. "chainspace-sortition/v1"u8, .. beacon.ToArray(), .. Task.Value.ToArray(), .. account.Value.ToArray()]);
        return ((BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) + 1) / (double)(1UL << 53);
    }

    private static Candidate[] Pool(int accounts) =>
        [.. Enumerable.Range(0, accounts).Select(static number => new Candidate(new AccountId(Hash(number)), 1.0, number % 2))];

    private static Bytes32 Hash(int number) => Bytes32.Read(SHA256.HashData(BitConverter.GetBytes(number)));
}
