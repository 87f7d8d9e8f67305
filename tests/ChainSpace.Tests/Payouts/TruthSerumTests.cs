using ChainSpace.Protocol.Formats;
using ChainSpace.Rules.Payouts;
using CsCheck;

namespace ChainSpace.Tests.Payouts;

public sealed class TruthSerumTests
{
    private const double Prior = 0.5, RightIfOne = 0.8, RightIfZero = 0.3;

    /// <summary>Independently: the formula of the paper, over every pair of others.</summary>
    [Fact]
    public void Scores_are_the_mean_over_all_pairs_of_others() => Gen.Int[0, 201].Array[3, 9].Sample(static codes =>
    {
        double[] scores = TruthSerum.Scores(codes);
        for (int i = 0; i < codes.Length; i++)
        {
            List<double> all = [];
            for (int j = 0; j < codes.Length; j++)
                for (int k = 0; k < codes.Length; k++)
                    if (i != j && j != k && i != k) all.Add(Score(codes[i], codes[j], codes[k]));
            Assert.Equal(all.Average(), scores[i], 1e-12);
            Assert.InRange(scores[i], 0, 2);
        }
    });

    /// <summary>
    /// A world is one of two, an answer is 1 with 80 % in the one and 30 % in the other. Exactly, over all worlds and answers of
    /// two honest others: no other answer and no other forecast expects more than the honest ones.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Honest_answer_and_forecast_expect_most(int view)
    {
        double honest = Expected(view, view, Forecast(view));
        for (int percent = 0; percent <= 100; percent++)
        {
            Assert.True(Expected(view, 1 - view, percent) < honest - 0.001);
            if (percent != Forecast(view)) Assert.True(Expected(view, view, percent) < honest);
        }
    }

    private static double Expected(int view, int said, int forecast)
    {
        double sum = 0, one = OneGiven(view);
        foreach ((double weight, double right) in new[] { (one, RightIfOne), (1 - one, RightIfZero) })
            foreach (int j in (int[])[0, 1])
                foreach (int k in (int[])[0, 1])
                {
                    double likely = weight * (j == 1 ? right : 1 - right) * (k == 1 ? right : 1 - right);
                    sum += likely * TruthSerum.Scores([said * 101 + forecast, j * 101 + Forecast(j), k * 101 + Forecast(k)])[0];
                }

        return sum;
    }

    private static double OneGiven(int view)
    {
        double one = Prior * (view == 1 ? RightIfOne : 1 - RightIfOne);
        double zero = (1 - Prior) * (view == 1 ? RightIfZero : 1 - RightIfZero);
        return one / (one + zero);
    }

    private static int Forecast(int view) =>
        (int)Math.Round(100 * (OneGiven(view) * RightIfOne + (1 - OneGiven(view)) * RightIfZero));

    private static double Score(int own, int peer, int judge)
    {
        double y = OpinionFormat.PredictionOf(peer), step = Math.Min(y, 1 - y);
        double moved = own >= 101 ? y + step : y - step;
        return Rule(moved, judge >= 101) + Rule(OpinionFormat.PredictionOf(own), judge >= 101);
    }

    private static double Rule(double y, bool isOne) => isOne ? 2 * y - y * y : 1 - y * y;
}
