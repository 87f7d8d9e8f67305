using ChainSpace.Protocol;
using ChainSpace.Rules.Reputation;
using CsCheck;

namespace ChainSpace.Tests.Reputation;

public sealed class EvidenceTests
{
    private const long Day = 24L * 60 * 60 * 1000;

    private static readonly Gen<(double Agreement, double Weight, int Days)[]> Outcomes =
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 5], Gen.Int[0, 100], (agreement, weight, days) =>
            (agreement, weight, days)).Array[0, 30];

    [Fact]
    public void Scores_stay_between_their_bounds() => Outcomes.Sample(outcomes =>
    {
        Evidence evidence = Gather(outcomes);
        Assert.InRange(evidence.Mean, double.Epsilon, Math.BitDecrement(1.0));
        Assert.InRange(evidence.LowerBound, 0, evidence.Mean);
        Assert.InRange(evidence.Uncertainty, 0, 1);
    });

    [Fact]
    public void Half_is_left_after_ninety_days()
    {
        Evidence later = new Evidence(8, 2, new Moment(5)).DecayedTo(new Moment(5 + 90 * Day));
        Assert.Equal(new Evidence(4, 1, new Moment(5 + 90 * Day)), later);
    }

    [Fact]
    public void An_idle_account_drifts_back_to_a_newcomer() => Outcomes.Sample(outcomes =>
    {
        Evidence evidence = Gather(outcomes);
        Evidence later = evidence.DecayedTo(new Moment(evidence.At.Milliseconds + 100 * 365 * Day));
        Assert.Equal(0.5, later.Mean, 1e-9);
        Assert.Equal(1, later.Uncertainty, 1e-9);
        Assert.Equal(default(Evidence).LowerBound, later.LowerBound, 1e-9);
    });

    [Fact]
    public void Decay_in_steps_is_decay_at_once() => Outcomes.Sample(outcomes =>
    {
        Evidence evidence = Gather(outcomes);
        Moment between = new(evidence.At.Milliseconds + 33 * Day);
        Moment end = new(evidence.At.Milliseconds + 150 * Day);
        AssertClose(evidence.DecayedTo(end), evidence.DecayedTo(between).DecayedTo(end));
    });

    [Fact]
    public void New_evidence_counts_whole_beside_what_is_left_of_the_old()
    {
        Moment later = new(90 * Day);
        Assert.Equal(new Evidence(5.5, 2.5, later), new Evidence(8, 2, default).Add(0.5, 3, later));
    }

    [Fact]
    public void The_order_within_a_moment_does_not_matter() => Outcomes.Sample(outcomes =>
    {
        Moment now = new(Day);
        Evidence forward = outcomes.Aggregate(
            default(Evidence), (evidence, one) => evidence.Add(one.Agreement, one.Weight, now));
        Evidence backward = outcomes.Reverse().Aggregate(
            default(Evidence), (evidence, one) => evidence.Add(one.Agreement, one.Weight, now));
        AssertClose(forward, backward);
    });

    [Fact]
    public void The_bound_of_a_newcomer_is_a_twentieth() => Assert.Equal(0.05, default(Evidence).LowerBound, 1e-15);

    [Fact]
    public void Ten_of_ten_bounds_at_three_quarters() =>
        Assert.Equal(Math.Pow(0.05, 1 / 11.0), new Evidence(10, 0, default).LowerBound, 1e-12);

    [Fact]
    public void Time_does_not_run_backwards() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new Evidence(1, 1, new Moment(2)).DecayedTo(new Moment(1)));

    [Theory]
    [InlineData(-0.1, 1)]
    [InlineData(1.1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, -1)]
    [InlineData(1, double.PositiveInfinity)]
    public void Impossible_outcomes_are_not_taken(double agreement, double weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Evidence).Add(agreement, weight, default));

    private static Evidence Gather((double Agreement, double Weight, int Days)[] outcomes)
    {
        Evidence evidence = default;
        foreach ((double agreement, double weight, int days) in outcomes)
            evidence = evidence.Add(agreement, weight, new Moment(evidence.At.Milliseconds + days * Day));
        return evidence;
    }

    private static void AssertClose(Evidence expected, Evidence actual)
    {
        Assert.Equal(expected.At, actual.At);
        Assert.Equal(expected.For, actual.For, 1e-12 * (1 + expected.For));
        Assert.Equal(expected.Against, actual.Against, 1e-12 * (1 + expected.Against));
    }
}
