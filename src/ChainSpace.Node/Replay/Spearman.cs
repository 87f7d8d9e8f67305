namespace ChainSpace.Node.Replay;

/// <summary>Rank correlation (C. Spearman, 1904) with equal values given the mean of their ranks.</summary>
internal static class Spearman
{
    /// <summary>From −1 to 1; null for fewer than two pairs, or where all values of a side are equal.</summary>
    public static double? Correlation(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(left.Count, right.Count);
        double[] x = Ranks(left), y = Ranks(right);
        double mean = (left.Count + 1) / 2.0;
        double both = 0, ofX = 0, ofY = 0;
        for (int i = 0; i < x.Length; i++)
        {
            both += (x[i] - mean) * (y[i] - mean);
            ofX += (x[i] - mean) * (x[i] - mean);
            ofY += (y[i] - mean) * (y[i] - mean);
        }

        return ofX == 0 || ofY == 0 ? null : both / Math.Sqrt(ofX * ofY);
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        double[] ranks = new double[values.Count];
        for (int first = 0, after; first < order.Length; first = after)
        {
            after = first + 1;
            while (after < order.Length && values[order[after]] == values[order[first]]) after++;
            for (int i = first; i < after; i++) ranks[order[i]] = (first + 1 + after) / 2.0;
        }

        return ranks;
    }
}
