using System.Collections.Immutable;
using ChainSpace.Protocol.Formats;
using ChainSpace.Protocol.Numbers;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Aggregation;

/// <summary>
/// A number: the mean of the answers without the lowest and the highest fifth, so that a few wild ones move nothing, with the
/// interval of J. W. Tukey and D. H. McLaughlin ("Less vulnerable confidence and significance procedures for location based
/// on a single sample: trimming/winsorization", Sankhyā A 25, 1963). Everybody counts alike: a skill at choosing options says
/// nothing about the error of a number.
/// </summary>
internal static class NumberConsensus
{
    private const int Bars = 10;

    // Answers are steps: two that are equal may still be half a step off on either side, evenly (variance 1/12).
    private const double StepVariance = 1 / 12.0;

    private const double Interval = 0.95;

    /// <summary>The confidence is the chance that the true centre lies within the tolerance about the answer.</summary>
    public static Count Of(NumberFormat format, ReadOnlySpan<WeighedAnswer> answers)
    {
        double[] steps = new double[answers.Length];
        int[] bars = new int[Bars];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = answers[i].Code;
            bars[(int)(answers[i].Code * (long)Bars / ((long)format.Steps + 1))]++;
        }

        ImmutableArray<int> perBar = ImmutableArray.Create(bars);
        if (steps.Length == 0) return Count.None(perBar);
        Array.Sort(steps);
        int cut = CutOf(steps.Length), degrees = steps.Length - 2 * cut - 1;
        double centre = Mean(steps.AsSpan()[cut..^cut]);
        int answer = (int)(centre + 0.5);
        if (degrees == 0) return new Count(answer, 0, null, perBar) { Votes = steps.Length, Margin = format.Steps };
        double error = Error(steps, cut);
        return new Count(answer, Within((format.Tolerance + 0.5) / error, degrees), null, perBar)
        {
            Votes = steps.Length,
            Margin = error * Reach(degrees),
        };
    }

    // A fifth on either side, rounded up, but so that at least one answer is left.
    private static int CutOf(int answers) => answers < 3 ? 0 : Math.Min((answers + 4) / 5, (answers - 1) / 2);

    // The standard error: the cut answers are drawn to the outermost that stay.
    private static double Error(double[] sorted, int cut)
    {
        double[] drawn = [.. sorted];
        drawn.AsSpan(0, cut).Fill(sorted[cut]);
        drawn.AsSpan(sorted.Length - cut).Fill(sorted[sorted.Length - cut - 1]);
        double mean = Mean(drawn), sum = 0;
        foreach (double value in drawn) sum += (value - mean) * (value - mean);
        double variance = sum / (drawn.Length - 1) + StepVariance;
        double kept = (drawn.Length - 2 * cut) / (double)drawn.Length;
        return Math.Sqrt(variance / drawn.Length) / kept;
    }

    // Student's t: P(|T| ≤ t) = 1 − I(ν / (ν + t²); ν/2, ½).
    private static double Within(double reach, int degrees) =>
        1 - DeterministicMath.BetaRegularized(degrees / (degrees + reach * reach), degrees / 2.0, 0.5);

    private static double Reach(int degrees)
    {
        double quantile = DeterministicMath.BetaQuantile(1 - Interval, degrees / 2.0, 0.5);
        return Math.Sqrt(degrees * (1 - quantile) / quantile);
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum / values.Length;
    }
}
