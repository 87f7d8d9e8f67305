using ChainSpace.Protocol.Numbers;

namespace ChainSpace.Bench.Inference;

/// <summary>
/// Whether one way to answer is worse than another on the same items (Q. McNemar, "Note on the sampling error of the difference
/// between correlated proportions or percentages", 1947), exactly: only items on which one is right and the other wrong count.
/// </summary>
internal static class McNemar
{
    private const double Level = 0.05;

    public static bool IsWorse(bool[] ours, bool[] theirs) => Wins(ours, theirs) < Wins(theirs, ours) && P(ours, theirs) < Level;

    /// <summary>The two-sided chance of so uneven a split if both were as good.</summary>
    public static double P(bool[] ours, bool[] theirs)
    {
        int one = Wins(ours, theirs), other = Wins(theirs, ours), all = one + other;
        double sum = 0;
        for (int wins = 0; wins <= Math.Min(one, other); wins++)
        {
            double ways = DeterministicMath.LogGamma(all + 1) - DeterministicMath.LogGamma(wins + 1)
                - DeterministicMath.LogGamma(all - wins + 1);
            sum += Math.Exp(ways - all * Math.Log(2));
        }

        return Math.Min(1, 2 * sum);
    }

    private static int Wins(bool[] ours, bool[] theirs) => ours.Zip(theirs).Count(static pair => pair.First && !pair.Second);
}
