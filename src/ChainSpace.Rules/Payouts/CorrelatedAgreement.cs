namespace ChainSpace.Rules.Payouts;

/// <summary>
/// Correlated Agreement (V. Shnayder, A. Agarwal, R. Frongillo, D. Parkes, "Informed Truthfulness in Multi-Task Peer
/// Prediction", EC 2016): agreeing on an item earns, agreeing across different items costs, so whoever answers without
/// looking earns nothing on average, whatever the majority is. Work grows with voters² × items.
/// </summary>
public static class CorrelatedAgreement
{
    /// <summary>
    /// Each voter's score s, −1 to 1: the mean over peers of S(y on an item, peer's on the same) less S(y on an item, peer's on
    /// another), over all items both have answered, at least two. S(a, b) is 1 where a and b occur together more often than by
    /// chance, Δ(a, b) = P(a, b) − P(a) P(b) > 0; the frequencies are those of the *other* voters, whom the voter cannot sway,
    /// compared as whole numbers. A voter who shares two items with nobody, or of whom there are not two peers, scores 0.
    /// </summary>
    public static double[] Scores(AnswerTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        double[] sums = new double[table.Voters];
        int[] peers = new int[table.Voters];
        for (int one = 0; one < table.Voters; one++)
        {
            bool[,] agrees = Agreements(table, one);
            for (int other = 0; other < table.Voters; other++)
            {
                if (one == other || Score(table, (one, other), agrees) is not { } score) continue;
                sums[one] += score;
                peers[one]++;
            }
        }

        for (int voter = 0; voter < sums.Length; voter++)
            if (peers[voter] > 0) sums[voter] /= peers[voter];
        return sums;
    }

    /// <summary>
    /// The chance to win the full price, (1 + s) ÷ 2: truthful also for those who fear risk, because a better score only ever
    /// moves the same two outcomes (Y. Zhang and others, arXiv:2506.02259). The honest are not far above the lazy.
    /// </summary>
    public static double AffineChance(double score) => Within((1 + score) / 2);

    /// <summary>The chance s ÷ s*, within 0 and 1: sets the lazy apart from the honest, but is truthful only nearly.</summary>
    /// <param name="usual">s*, what honest voters of the category usually score; above zero.</param>
    public static double ClippedChance(double score, double usual)
    {
        if (!(usual > 0)) throw new ArgumentOutOfRangeException(nameof(usual));
        return Within(score / usual);
    }

    // By ordered pairs of two others' answers to one item.
    private static bool[,] Agreements(AnswerTable table, int without)
    {
        int options = table.Options;
        Int128[,] joint = new Int128[options, options];
        for (int item = 0; item < table.Items; item++) AddPairs(table, (item, without), joint);
        Int128[] alone = new Int128[options];
        Int128 all = 0;
        for (int a = 0; a < options; a++)
        {
            for (int b = 0; b < options; b++) alone[a] += joint[a, b];
            all += alone[a];
        }

        bool[,] agrees = new bool[options, options];
        for (int a = 0; a < options; a++)
            for (int b = 0; b < options; b++) agrees[a, b] = all * joint[a, b] > alone[a] * alone[b];
        return agrees;
    }

    private static void AddPairs(AnswerTable table, (int Item, int Without) from, Int128[,] joint)
    {
        long[] counts = new long[table.Options];
        for (int voter = 0; voter < table.Voters; voter++)
        {
            int answer = table.ByVoter[voter][from.Item];
            if (voter != from.Without && answer != AnswerTable.None) counts[answer]++;
        }

        for (int a = 0; a < counts.Length; a++)
            for (int b = 0; b < counts.Length; b++) joint[a, b] += counts[a] * (a == b ? counts[b] - 1 : counts[b]);
    }

    // All penalty pairs of different items at once: every pair of answers, less those on the same item.
    private static double? Score(AnswerTable table, (int One, int Other) pair, bool[,] agrees)
    {
        var shared = table.Shared(pair.One, pair.Other);
        if (shared.Length < 2) return null;
        long[] own = new long[table.Options], peer = new long[table.Options];
        long together = 0, across = 0;
        foreach ((int one, int other) in shared)
        {
            own[one]++;
            peer[other]++;
            together += agrees[one, other] ? 1 : 0;
        }

        for (int a = 0; a < table.Options; a++)
            for (int b = 0; b < table.Options; b++) across += agrees[a, b] ? own[a] * peer[b] : 0;
        double items = shared.Length;
        return together / items - (across - together) / (items * (items - 1));
    }

    private static double Within(double chance) => chance < 0 ? 0 : chance > 1 ? 1 : chance;
}
