using System.Buffers.Binary;
using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Rules.Selection;
using CsCheck;

namespace ChainSpace.Tests.Selection;

public sealed class SortitionTests
{
    private static readonly TaskId Task = new(Number(7));

    [Fact]
    public void The_order_of_the_list_does_not_matter() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Shuffle(Pool(30)), Gen.Int[0, 35]).Sample((beacon, shuffled, seats) =>
            Assert.Equal<AccountId>(
                Sortition.Draw(Number(beacon), Task, Pool(30), seats),
                Sortition.Draw(Number(beacon), Task, shuffled, seats)));

    [Fact]
    public void Removing_someone_not_drawn_changes_nothing() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 30]).Sample((beacon, removed) =>
        {
            ImmutableArray<AccountId> drawn = Sortition.Draw(Number(beacon), Task, Pool(30), 10);
            if (drawn.Contains(Account(removed))) return;
            Assert.Equal<AccountId>(
                drawn,
                Sortition.Draw(Number(beacon), Task, Pool(30).Where(one => one.Account != Account(removed)), 10));
        });

    [Fact]
    public void A_longer_draw_begins_with_the_shorter_one() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[0, 30]).Sample((beacon, seats) =>
            Assert.Equal<AccountId>(
                Sortition.Draw(Number(beacon), Task, Pool(30), 30).Take(seats),
                Sortition.Draw(Number(beacon), Task, Pool(30), seats)));

    [Fact]
    public void Keys_decide_the_order()
    {
        Bytes32 beacon = Number(99);
        IEnumerable<AccountId> sorted = Pool(50)
            .OrderBy(one => Sortition.Key(beacon, Task, one.Account, one.Weight))
            .Select(one => one.Account);
        Assert.Equal<AccountId>(sorted, Sortition.Draw(beacon, Task, Pool(50), 50));
    }

    [Fact]
    public void A_key_has_the_bits_that_another_implementation_computes() => Assert.Equal(
        0x3fc3844bfc28f4a6UL,
        BitConverter.DoubleToUInt64Bits(Sortition.Key(Number(1), Task, Account(3), weight: 2)));

    [Fact]
    public void Equal_weights_give_equal_chances()
    {
        const int accounts = 20, seats = 5, draws = 4000;
        (AccountId Account, double Weight)[] pool = [.. Pool(accounts).Select(one => (one.Account, 1.0))];
        Dictionary<AccountId, int> times = pool.ToDictionary(one => one.Account, _ => 0);
        for (int beacon = 0; beacon < draws; beacon++)
        {
            foreach (AccountId account in Sortition.Draw(Number(beacon), Task, pool, seats)) times[account]++;
        }

        double expected = draws * (double)seats / accounts;
        double variance = expected * (1 - (double)seats / accounts);
        double chiSquare = times.Values.Sum(count => (count - expected) * (count - expected) / variance)
            * (accounts - 1) / accounts;
        // 19 degrees of freedom: 43.8 is exceeded once in a thousand; the beacons are fixed, so this never flickers.
        Assert.InRange(chiSquare, 4, 43.8);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void A_heavier_account_is_first_in_proportion(double weight)
    {
        const int accounts = 10, draws = 20_000;
        (AccountId Account, double Weight)[] pool =
            [.. Pool(accounts).Select(one => (one.Account, one.Account == Account(1) ? weight : 1.0))];
        int first = Enumerable.Range(0, draws)
            .Count(beacon => Sortition.Draw(Number(beacon), Task, pool, 1)[0] == Account(1));

        double chance = weight / (weight + accounts - 1);
        double deviation = Math.Sqrt(chance * (1 - chance) / draws);
        Assert.InRange((first / (double)draws - chance) / deviation, -3.3, 3.3);
    }

    [Fact]
    public void An_account_does_not_sit_twice()
    {
        (AccountId, double)[] twice = [(Account(1), 1), (Account(1), 1), (Account(2), 1)];
        Assert.Throws<ArgumentException>(() => Sortition.Draw(Number(1), Task, twice, 3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_weight_is_above_zero_and_finite(double weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Sortition.Draw(Number(1), Task, [(Account(1), weight)], 1));

    private static (AccountId Account, double Weight)[] Pool(int accounts) =>
        [.. Enumerable.Range(1, accounts).Select(number => (Account(number), 1.0 + number % 4))];

    private static AccountId Account(int number) => new(Number(number));

    private static Bytes32 Number(int number)
    {
        byte[] bytes = new byte[Bytes32.Size];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(28), number);
        return Bytes32.Read(bytes);
    }
}
