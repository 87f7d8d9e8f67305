using System.Collections.Immutable;
using ChainSpace.Protocol.Formats;
using ChainSpace.Protocol.Numbers;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Aggregation;

/// <summary>
/// An order of all options from answers that compare them: the strengths of R. A. Bradley and M. E. Terry ("Rank analysis of
/// incomplete block designs", Biometrika 39, 1952), fitted by minorisation (D. R. Hunter, "MM algorithms for generalized
/// Bradley–Terry models", 2004). A ranking compares every pair of its options.
/// </summary>
internal static class OrderConsensus
{
    // Every pair is as if compared once before, and each side had won half: without it an option that never lost has no
    // finite strength.
    private const double Prior = 0.5;

    private const int Rounds = 200;

    // Strengths nearer than this are one: sums of the same numbers in another order differ that much, opinions do not.
    private const double SameStrength = 1e-9;

    public static Count Of(RankingFormat format, ReadOnlySpan<WeighedAnswer> answers)
    {
        double[,] wins = new double[format.Options, format.Options];
        int[] firsts = new int[format.Options];
        double most = MostWeight(answers);
        foreach (WeighedAnswer answer in answers)
        {
            int[] order = Permutation.Decode(answer.Code, format.Options);
            firsts[order[0]]++;
            for (int place = 0; place < order.Length; place++)
            {
                foreach (int worse in order.AsSpan(place + 1)) wins[order[place], worse] += answer.Skilled / most;
            }
        }

        return Of(wins, answers.Length, [.. firsts]);
    }

    public static Count Of(PairFormat format, ReadOnlySpan<WeighedAnswer> answers)
    {
        double[,] wins = new double[format.Options, format.Options];
        int[] won = new int[format.Options];
        double most = MostWeight(answers);
        foreach (WeighedAnswer answer in answers)
        {
            (int better, int worse) = format.PairOf(answer.Code);
            wins[better, worse] += answer.Skilled / most;
            won[better]++;
        }

        return Of(wins, answers.Length, [.. won]);
    }

    // A vote counts by its share of the heaviest vote's weight, so that no vote counts for more than one.
    private static double MostWeight(ReadOnlySpan<WeighedAnswer> answers)
    {
        double most = 0;
        foreach (WeighedAnswer answer in answers) most = answer.Skilled > most ? answer.Skilled : most;
        return most;
    }

    private static Count Of(double[,] wins, int votes, ImmutableArray<int> perOption)
    {
        if (votes == 0) return Count.None(perOption);
        double[] strengths = Fit(wins);
        int[] order = [.. Enumerable.Range(0, strengths.Length).OrderByDescending(o => strengths[o]).ThenBy(static o => o)];
        double doubt = 0;
        bool isTied = false;
        for (int place = 1; place < order.Length; place++)
        {
            (int better, int worse) = (order[place - 1], order[place]);
            isTied |= strengths[better] - strengths[worse] <= SameStrength * strengths[better];
            doubt += Doubt(wins[better, worse], wins[worse, better], votes);
        }

        int? answer = isTied ? null : Permutation.Encode(order);
        return new Count(answer, doubt < 1 ? 1 - doubt : 0, null, perOption) { Votes = votes };
    }

    // The chance that more people would put two neighbours the other way round (Beta posterior of a uniform prior). The
    // order is right if no two neighbours are wrong, so the doubts add up at most (C. E. Bonferroni).
    private static double Doubt(double won, double lost, int votes)
    {
        double independence = Tally.IndependenceOf(votes);
        return DeterministicMath.BetaRegularized(0.5, won * independence + 1, lost * independence + 1);
    }

    private static double[] Fit(double[,] wins)
    {
        int options = wins.GetLength(0);
        double[] strengths = new double[options];
        Array.Fill(strengths, 1.0 / options);
        for (int round = 0; round < Rounds; round++)
        {
            double[] next = new double[options];
            for (int option = 0; option < options; option++) next[option] = Improved(wins, strengths, option);
            double sum = next.Sum();
            for (int option = 0; option < options; option++) strengths[option] = next[option] / sum;
        }

        return strengths;
    }

    private static double Improved(double[,] wins, double[] strengths, int option)
    {
        double won = 0, expected = 0;
        for (int other = 0; other < strengths.Length; other++)
        {
            if (other == option) continue;
            won += wins[option, other] + Prior;
            expected += (wins[option, other] + wins[other, option] + 2 * Prior) / (strengths[option] + strengths[other]);
        }

        return won / expected;
    }
}
