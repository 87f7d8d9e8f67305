namespace ChainSpace.Rules.Inference;

/// <summary>
/// A first guess how hard each item is: items ranked by how far their voters agree, in equal bins from easy to hard. Items that
/// agree equally are all in the bin of the middle one of them, so that no numbering of items matters.
/// </summary>
internal sealed class AgreementLevels
{
    // The share of an item's own bin; the others share the rest.
    private const double OwnBin = 0.8;

    private readonly int levels;
    private readonly int[] rankOf;
    private readonly double[] shares;

    private AgreementLevels(int levels, int[] rankOf, double[] shares) =>
        (this.levels, this.rankOf, this.shares) = (levels, rankOf, shares);

    public static AgreementLevels Of(VoteTable table, VoteShares votes, int levels)
    {
        if (levels == 1) return new AgreementLevels(1, [], [1]);
        double[] agreements = votes.Agreements();
        double[] distinct = [.. agreements.Distinct().Order()];
        int[] rankOf = new int[table.Items];
        long[] counts = new long[distinct.Length];
        for (int item = 0; item < rankOf.Length; item++)
        {
            rankOf[item] = distinct.Length - 1 - Array.BinarySearch(distinct, agreements[item]);
            counts[rankOf[item]]++;
        }

        double[] shares = new double[distinct.Length * levels];
        long before = 0;
        for (int rank = 0; rank < counts.Length; rank++)
        {
            Spread(before, before + counts[rank], table.Items, shares.AsSpan(rank * levels, levels));
            before += counts[rank];
        }

        return new AgreementLevels(levels, rankOf, shares);
    }

    public ReadOnlySpan<double> SharesOf(int item) =>
        levels == 1 ? shares : shares.AsSpan(rankOf[item] * levels, levels);

    private static void Spread(long from, long to, int items, Span<double> shares)
    {
        double other = (1 - OwnBin) / (shares.Length - 1);
        shares.Fill(other);
        long middle = (from + to) * shares.Length / (2L * items);
        shares[(int)Math.Min(middle, shares.Length - 1)] = OwnBin;
    }
}
