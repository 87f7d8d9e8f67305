using System.Collections.Immutable;
using ChainSpace.Node.Simulation;
using ChainSpace.Protocol;
using ChainSpace.Rules.Payouts;
using ChainSpace.Tests.Rules;
using CsCheck;

namespace ChainSpace.Tests.Payouts;

public sealed class BatchPaymentTests
{
    private static readonly Gen<AnswerTable> Tables = Gen.Int[-1, 2].Array[9].Array[2, 4].Select(
        static rows => new AnswerTable(3, [.. rows.Select(static row => row.ToImmutableArray())]));

    /// <summary>Independently: the paper's sum over bonus and penalty items, frequencies as fractions.</summary>
    [Fact]
    public void Agreement_is_the_sum_over_all_bonus_and_penalty_items() => Tables.Sample(static table =>
    {
        double[] scores = CorrelatedAgreement.Scores(table);
        for (int i = 0; i < table.Voters; i++)
        {
            List<double> peers = [];
            for (int j = 0; j < table.Voters; j++)
                if (i != j && table.Shared(i, j) is { Length: >= 2 } shared) peers.Add(Mean(table, i, shared));
            Assert.Equal(peers.Count == 0 ? 0 : peers.Average(), scores[i], 1e-9);
        }
    });

    [Fact]
    public void A_determinant_of_two_options_is_ad_less_bc_in_either_half() =>
        Gen.Int[0, 1].Array[8].Array[2].Sample(static rows =>
        {
            AnswerTable table = new(2, [.. rows.Select(static row => row.ToImmutableArray())]);
            double expected = Half(rows, 0) * Half(rows, 1);
            Assert.Equal(expected, DeterminantInformation.Scores(table)[0], 1e-12);
        });

    [Fact]
    public void A_determinant_of_three_options_follows_the_rule_of_Sarrus()
    {
        int[][] rows = [[0, 0, 1, 1, 2, 2, 0, 0], [0, 0, 1, 1, 2, 2, 1, 1]];
        // Either half counts (0,0), (1,1), (2,2) and (0,1): det = 1, of 4 · 3 · 2 ordered triples.
        AnswerTable table = new(3, [.. rows.Select(static row => row.ToImmutableArray())]);
        Assert.Equal(1.0 / (24 * 24), DeterminantInformation.Scores(table)[0], 1e-12);
    }

    [Fact]
    public void Fewer_items_than_needed_earn_nothing()
    {
        Assert.Equal([0, 0], CorrelatedAgreement.Scores(new AnswerTable(2, [[0], [0]])));
        Assert.Equal([0, 0], DeterminantInformation.Scores(new AnswerTable(2, [[0, 1, 0], [0, 1, 0]])));
    }

    /// <summary>
    /// Bands about the expected values, from the model: agreement .85² + .15² = .745 against .64² + .36² = .539 by chance.
    /// </summary>
    [Fact]
    public void Batches_pay_for_looking_and_for_nothing_else()
    {
        LazyVoters voters = new(seed: 6);
        Assert.Equal(0.206, voters.Agreement("honest"), 0.012);
        Assert.Equal(-0.206, voters.Agreement("inverted"), 0.012);
        Assert.Equal(0, voters.Agreement("always the commoner"), 1e-12);
        Assert.Equal(0, voters.Agreement("guess by the prior"), 0.012);
        Assert.Equal(0, voters.Agreement("coin"), 0.012);
        Assert.Equal(0, voters.Agreement("always the commoner", doAll: true), 1e-12);
    }

    [Fact]
    public void Determinants_pay_the_honest_and_cannot_tell_the_inverted()
    {
        LazyVoters voters = new(seed: 6, batches: 2_000);
        // det U = .7 · .3 · (.85 − .15)² = .1029, squared.
        double honest = 0.1029 * 0.1029;
        Assert.Equal(1, voters.Determinant("honest") / honest, 0.12);
        Assert.Equal(1, voters.Determinant("inverted") / honest, 0.12);
        Assert.Equal(0, voters.Determinant("always the commoner") / honest, 1e-9);
        Assert.Equal(0, voters.Determinant("coin") / honest, 0.12);
    }

    /// <summary>Exact expectations of the redistributive majority among four of accuracy .85, a fifth to the fund.</summary>
    [Fact]
    public void Majority_pays_the_honest_most_but_pays_the_lazy_too()
    {
        LazyVoters voters = new(seed: 6);
        (double right, double wrong) = (Expected(true), Expected(false));
        Assert.Equal(0.85 * right + 0.15 * wrong, voters.Majority("honest"), 0.03);
        Assert.Equal(0.70 * right + 0.30 * wrong, voters.Majority("always the commoner"), 0.03);
        Assert.Equal(0.58 * right + 0.42 * wrong, voters.Majority("guess by the prior"), 0.03);
        Assert.Equal(0.50 * right + 0.50 * wrong, voters.Majority("coin"), 0.03);
        Assert.Equal(0.15 * right + 0.85 * wrong, voters.Majority("inverted"), 0.03);
    }

    [Fact]
    public void A_draw_for_a_vote_wins_as_often_as_it_should()
    {
        TaskId item = new(World.Hash("item"));
        int wins = Enumerable.Range(0, 4_000).Count(
            i => VoteLottery.Wins(World.Hash($"beacon {i}"), item, World.Id("anna"), 0.3));
        Assert.InRange(wins, 1_200 - 4 * 29, 1_200 + 4 * 29);
        Assert.True(VoteLottery.Wins(World.Hash("any"), item, World.Id("anna"), 1));
        Assert.False(VoteLottery.Wins(World.Hash("any"), item, World.Id("anna"), 0));
        Assert.Equal(0.5, CorrelatedAgreement.AffineChance(0));
        Assert.Equal([0, 0.5, 1], [.. new[] { -0.1, 0.1, 0.3 }.Select(static s => CorrelatedAgreement.ClippedChance(s, 0.2))]);
    }

    private static double Expected(bool isRight)
    {
        double sum = 0;
        double[] chances = [0.00050625, 0.011475, 0.09753750, 0.36847500, 0.52200625];
        for (int others = 0; others <= 4; others++)
        {
            int agreeing = isRight ? others + 1 : 5 - others;
            sum += chances[others] * (agreeing >= 3 ? (5 + 0.8 * (5 - agreeing)) / agreeing : -1);
        }

        return sum;
    }

    private static double Half(int[][] rows, int first)
    {
        double[,] m = new double[2, 2];
        for (int item = first; item < 8; item += 2) m[rows[0][item], rows[1][item]]++;
        return (m[0, 0] * m[1, 1] - m[0, 1] * m[1, 0]) / 12;
    }

    private static double Mean(AnswerTable table, int without, ImmutableArray<(int One, int Other)> shared)
    {
        double sum = 0, count = 0;
        for (int b = 0; b < shared.Length; b++)
            for (int l = 0; l < shared.Length; l++)
                for (int m = 0; m < shared.Length; m++)
                {
                    if (l == m || (shared.Length > 2 && (b == l || b == m))) continue;
                    sum += Agree(table, without, shared[b]) - Agree(table, without, (shared[l].One, shared[m].Other));
                    count++;
                }

        return sum / count;
    }

    private static int Agree(AnswerTable table, int without, (int A, int B) answers)
    {
        List<(int A, int B)> pairs = [];
        for (int i = 0; i < table.Voters; i++)
            for (int j = 0; j < table.Voters; j++)
                if (i != j && i != without && j != without) pairs.AddRange(table.Shared(i, j));
        if (pairs.Count == 0) return 0;
        double together = pairs.Count(pair => pair == answers) / (double)pairs.Count;
        double chance = pairs.Count(pair => pair.A == answers.A) / (double)pairs.Count
            * pairs.Count(pair => pair.B == answers.B) / pairs.Count;
        return together > chance + 1e-12 ? 1 : 0;
    }
}
