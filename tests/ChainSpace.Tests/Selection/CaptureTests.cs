using System.Security.Cryptography;
using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Selection;

namespace ChainSpace.Tests.Selection;

/// <summary>What an attacker gains by holding accounts, against what theory says.</summary>
public sealed class CaptureTests
{
    private const int Pool = 2_000, Draws = 2_000;

    private static readonly int[] Juries = [3, 7, 15, 31, 63];
    private static readonly double[] Rates = [0.92, 0.7, 0.5, 0.3];
    private static readonly double[] Shares = [0.10, 0.20, 0.30, 0.40, 0.45];

    // P(an attacker with that share of the pool has most of the seats), one row for each jury.
    private static readonly double[,] Expected =
    {
        { .028, .104, .216, .352, .425 },
        { .003, .033, .126, .290, .392 },
        { .000, .004, .050, .213, .347 },
        { .000, .000, .010, .128, .287 },
        { .000, .000, .000, .054, .212 },
    };

    [Fact]
    public void A_draw_is_captured_as_often_as_theory_says()
    {
        (AccountId Account, double)[] pool = [.. Enumerable.Range(0, Pool).Select(static i => (new AccountId(Hash(i)), 1.0))];
        Dictionary<AccountId, int> numbers = pool.Select(static (one, i) => (one.Account, i)).ToDictionary();
        int[,] captured = new int[Juries.Length, Shares.Length];
        for (int draw = 0; draw < Draws; draw++)
        {
            int[] order = [.. Sortition.Draw(Hash(-1 - draw), default, pool, Juries[^1]).Select(one => numbers[one])];
            for (int jury = 0; jury < Juries.Length; jury++)
            {
                for (int share = 0; share < Shares.Length; share++)
                {
                    int bad = order.Take(Juries[jury]).Count(number => number < Shares[share] * Pool);
                    if (bad > Juries[jury] / 2) captured[jury, share]++;
                }
            }
        }

        int beyondTwo = 0;
        for (int jury = 0; jury < Juries.Length; jury++)
        {
            for (int share = 0; share < Shares.Length; share++)
            {
                // The table has three digits, and a pool of two thousand a little less variance than an endless one.
                double expected = Expected[jury, share], found = captured[jury, share] / (double)Draws;
                double deviation = Math.Sqrt(Math.Max(expected, 1.0 / Draws) * (1 - expected) / Draws);
                double off = Math.Max(0, Math.Abs(found - expected) - 0.0005 - 0.01 * expected) / deviation;
                Assert.True(off < 3.3, $"jury {Juries[jury]}, share {Shares[share]}: {found}, not {expected}");
                if (off > 2) beyondTwo++;
            }
        }

        // Of 25 figures one is expected beyond two deviations.
        Assert.InRange(beyondTwo, 0, 3);
    }

    [Fact]
    public void A_stake_split_over_many_accounts_gains_nothing_unless_roots_are_taken_and_that_needs_persons()
    {
        SeatWeight linear = new(1_000, IsRooted: false, PersonLevel: 0);
        Assert.True(linear.IsSafe);
        Assert.False(new SeatWeight(1_000, IsRooted: true, PersonLevel: 0).IsSafe);
        SeatWeight rooted = new(1_000, IsRooted: true, PersonLevel: 1);
        Assert.True(rooted.IsSafe);

        Account stranger = new(new AccountId(Hash(1)), 0, default);
        Assert.Equal(linear.Of(stranger, 100, 1), 100 * linear.Of(stranger, 1, 1));
        Assert.Equal(0, rooted.Of(stranger, 100, 1));
        Assert.Throws<InvalidOperationException>(() => new SeatWeight(1_000, true, 0).Of(stranger, 1, 1));
        Assert.Equal(linear.Of(stranger, 1_000, 1), linear.Of(stranger, 5_000, 1));
    }

    [Fact]
    public void A_split_stake_is_drawn_as_often_as_a_whole_one()
    {
        const int draws = 20_000;
        (AccountId, double)[] others = [.. Enumerable.Range(0, 20).Select(static i => (new AccountId(Hash(i)), 100.0))];
        AccountId whole = new(Hash(1_000));
        HashSet<AccountId> parts = [.. Enumerable.Range(2_000, 100).Select(static i => new AccountId(Hash(i)))];
        (AccountId, double)[] asOne = [.. others, (whole, 100.0)];
        (AccountId, double)[] asMany = [.. others, .. parts.Select(static one => (one, 1.0))];
        int one = Enumerable.Range(0, draws).Count(draw => Sortition.Draw(Hash(-1 - draw), default, asOne, 1)[0] == whole);
        int many = Enumerable.Range(0, draws)
            .Count(draw => parts.Contains(Sortition.Draw(Hash(-1 - draw), default, asMany, 1)[0]));
        double chance = 1.0 / 21, deviation = Math.Sqrt(draws * chance * (1 - chance));
        Assert.InRange(one, draws * chance - 4 * deviation, draws * chance + 4 * deviation);
        Assert.InRange(many, draws * chance - 4 * deviation, draws * chance + 4 * deviation);
    }

    [Theory]
    [InlineData(3, 4, 7, 11, 19)]
    [InlineData(5, 7, 10, 16, 28)]
    [InlineData(7, 9, 14, 21, 37)]
    [InlineData(15, 19, 27, 40, 69)]
    public void So_many_are_invited_that_a_quorum_answers(int quorum, int eager, int ready, int even, int slow)
    {
        int[] needed = [.. Rates.Select(rate => Invitations.Needed(quorum, rate, 0.95))];
        Assert.Equal([eager, ready, even, slow], needed);
    }

    [Fact]
    public void Who_all_answer_need_no_spare_and_nothing_known_is_one_half()
    {
        Assert.Equal(10_000, Invitations.Needed(10_000, 1, 0.95));
        Assert.Equal(0.5, Invitations.ObservedRate(0, 0));
        Assert.Equal(71 / 102.0, Invitations.ObservedRate(70, 100));
        Assert.Equal(Invitations.MinimumRate, Invitations.ObservedRate(0, 1_000_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => Invitations.Needed(1, 0, 0.95));
    }

    private static Bytes32 Hash(int number) => Bytes32.Read(SHA256.HashData(BitConverter.GetBytes(number)));
}
