using ChainSpace.Rules.Aggregation;
using CsCheck;

namespace ChainSpace.Tests.Aggregation;

public sealed class CalibrationTests
{
    private const int Truth = 1;

    private static readonly int Top = Calibration.Levels.Length;

    private static readonly Gen<Calibration> Calibrations = Gen.Int[0, 1].Array[0, Top].Array[0, 120]
        .Select(static items => items.Aggregate(Calibration.None, static (sum, leaders) => sum.Add(leaders, Truth)));

    [Fact]
    public void Before_any_gold_is_shown_a_belief_is_believed_less_than_it_believes_itself() =>
        Gen.Double[0, 1].Sample(static belief => Assert.True(Calibration.None.Confidence(belief) <= belief));

    [Fact]
    public void Before_any_gold_is_shown_no_poll_closes_at_its_own_word() =>
        Assert.True(Calibration.None.Confidence(0.99) < 0.8);

    [Fact]
    public void A_confidence_never_falls_as_the_belief_rises() =>
        Gen.Select(Calibrations, Gen.Double[0, 1], Gen.Double[0, 1]).Sample(static (calibration, one, other) =>
            Assert.True(calibration.Confidence(Math.Min(one, other))
                <= calibration.Confidence(Math.Max(one, other))));

    [Fact]
    public void A_confidence_is_a_chance() => Gen.Select(Calibrations, Gen.Double[0, 1]).Sample(
        static (calibration, belief) => Assert.InRange(calibration.Confidence(belief), 0, 1));

    [Fact]
    public void A_crowd_that_is_right_less_often_than_it_believes_is_not_believed() =>
        Gen.Select(Gen.Int[1, 200], Gen.Double[0.5, 1]).Sample(static (items, share) =>
        {
            int right = (int)(items * share);
            Calibration shown = Gold(items, right);
            foreach (double level in Calibration.Levels)
                if (level >= (double)right / items && level > 0.5) Assert.True(shown.Confidence(level) <= level);
        });

    [Fact]
    public void A_planted_map_that_is_too_sure_is_caught()
    {
        Calibration honest = Gold(40, 28);
        Assert.InRange(honest.Confidence(0.9999), 0.5, 0.8);
        Assert.Throws<ArgumentException>(() => Calibration.Of(40, honest.Reached, [.. honest.Reached.Select(static n => n + 1)]));
        Assert.Throws<ArgumentException>(() => Calibration.Of(39, honest.Reached, honest.Right));
        Assert.True(Calibration.Of(40, honest.Reached, honest.Reached).Confidence(0.9999) > 0.95);
    }

    [Fact]
    public void Much_good_gold_lets_polls_close_and_little_does_not()
    {
        Assert.True(Gold(3, 3).Confidence(0.95) < 0.95);
        Assert.True(Gold(200, 200).Confidence(0.95) > 0.95);
    }

    [Fact]
    public void Counts_stay_bounded_and_a_crowd_that_turns_is_noticed()
    {
        Calibration shown = Gold(3 * Calibration.MostItems, 3 * Calibration.MostItems);
        Assert.InRange(shown.Items, Calibration.MostItems / 2, Calibration.MostItems);
        int[] leaders = [.. Enumerable.Repeat(1 - Truth, Top)];
        for (int item = 0; item < Calibration.MostItems; item++) shown = shown.Add(leaders, Truth);
        Assert.True(shown.Confidence(1) < 0.6);
    }

    [Fact]
    public void What_is_kept_of_a_map_is_the_map() => Gen.Select(Calibrations, Gen.Double[0, 1]).Sample(static (shown, belief) =>
    {
        Calibration again = Calibration.Of(shown.Items, shown.Reached, shown.Right);
        Assert.Equal(shown, again);
        Assert.Equal(shown.Confidence(belief), again.Confidence(belief));
    });

    private static Calibration Gold(int items, int right)
    {
        Calibration shown = Calibration.None;
        for (int item = 0; item < items; item++)
            shown = shown.Add([.. Enumerable.Repeat(item < right ? Truth : 1 - Truth, Top)], Truth);
        return shown;
    }
}
