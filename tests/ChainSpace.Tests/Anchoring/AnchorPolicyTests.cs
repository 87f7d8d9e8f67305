using ChainSpace.Chains;
using ChainSpace.Node.Anchoring;
using CsCheck;

namespace ChainSpace.Tests.Anchoring;

/// <summary>How much an anchor is wanted, and what a network's anchors may cost in all.</summary>
public sealed class AnchorPolicyTests
{
    private static readonly AnchorPolicy _policy = new();

    private static readonly Gen<AnchorDemand> Demands = Gen.Select(Gen.Double[0, 1].Array[5], Gen.Bool).Select(
        static drawn => new AnchorDemand
        {
            HasNews = true,
            MayAnchorVault = true,
            NeedsVault = drawn.Item2,
            Withdrawn = 50 * drawn.Item1[0],
            Moved = 5_000 * drawn.Item1[1],
            Paid = 3 * drawn.Item1[2],
            SinceVault = TimeSpan.FromDays(drawn.Item1[3]),
            SinceProof = TimeSpan.FromDays(drawn.Item1[3]),
            ExitShare = drawn.Item1[4],
        });

    [Fact]
    public void More_value_age_or_pay_never_waits_longer() => Demands.Sample(static less =>
    {
        AnchorDemand[] more =
        [
            less with { Withdrawn = less.Withdrawn + 1 }, less with { Moved = less.Moved + 1 },
            less with { Paid = less.Paid + 1 }, less with { ExitShare = less.ExitShare + 0.1 },
            less with { SinceVault = less.SinceVault + TimeSpan.FromMinutes(1) },
        ];
        Assert.All(more, each => Assert.True(_policy.VaultPressure(each) >= _policy.VaultPressure(less)));
        AnchorDemand older = less with { SinceProof = less.SinceProof + TimeSpan.FromMinutes(1) };
        Assert.True(_policy.ProofPressure(older) >= _policy.ProofPressure(less));
    });

    [Fact]
    public void Whatever_is_new_waits_no_longer_than_the_longest_wait() => Demands.Sample(static demand =>
    {
        AnchorDemand old = demand with { SinceProof = _policy.LongestWait, SinceVault = _policy.LongestWait };
        Assert.True(_policy.ProofPressure(old) >= 1);
        if (old.Withdrawn > 0 || old.Moved > 0 || old.NeedsVault) Assert.True(_policy.VaultPressure(old) >= 1);
    });

    [Fact]
    public void Nothing_is_anchored_within_the_shortest_pause_however_much_it_is_worth() => Demands.Sample(static demand =>
    {
        AnchorDemand young = demand with
        {
            SinceVault = _policy.ShortestPause - TimeSpan.FromTicks(1),
            SinceProof = _policy.ShortestPause - TimeSpan.FromTicks(1),
        };
        Assert.Equal((0, 0), (_policy.VaultPressure(young), _policy.ProofPressure(young)));
    });

    [Fact]
    public void The_price_of_priority_buys_an_anchor_at_once_and_less_does_not()
    {
        AnchorDemand quiet = new()
        {
            MayAnchorVault = true,
            SinceVault = _policy.ShortestPause,
            SinceProof = _policy.ShortestPause,
        };
        Assert.True(_policy.VaultPressure(quiet with { Paid = _policy.PriorityPrice }) >= 1);
        Assert.True(_policy.VaultPressure(quiet with { Paid = 0.9 * _policy.PriorityPrice }) < 1);
    }

    [Fact]
    public void A_quiet_space_is_anchored_anew_long_before_anybody_may_end_it()
    {
        AnchorDemand quiet = new() { MayAnchorVault = true };
        Assert.Equal(0, _policy.VaultPressure(quiet));
        Assert.True(_policy.VaultPressure(quiet with { ExitShare = 0.34 }) >= 1);
    }

    [Fact]
    public void An_hour_of_any_steps_spends_no_more_gas_than_an_hour_brings() =>
        Gen.Select(Gen.Int[1, 600_000].Array[1, 60], Gen.ULong[1, 5_000_000].Array[60]).Sample(static story =>
        {
            Gas perHour = new(3_000_000);
            GasBudget budget = GasBudget.Full(perHour, 0);
            double spent = 0;
            long now = 0;
            foreach ((int wait, ulong wanted) in story.Item1.Zip(story.Item2))
            {
                now += wait;
                budget = budget.Later(perHour, now);
                ulong gas = Math.Min(wanted, (ulong)Math.Max(0, budget.Left));
                budget = budget.Spend(gas);
                spent += gas;
            }

            // One hour's worth was there at the beginning.
            Assert.True(spent <= 3_000_000 * (1 + now / 3_600_000.0) + 1);
        });

    [Fact]
    public void A_clock_that_goes_back_brings_no_gas()
    {
        Gas perHour = new(3_600_000);
        GasBudget spent = GasBudget.Full(perHour, 5_000).Spend(3_600_000);
        Assert.Equal(spent, spent.Later(perHour, 1_000));
        Assert.Equal(1_000, spent.Later(perHour, 6_000).Left);
    }
}
