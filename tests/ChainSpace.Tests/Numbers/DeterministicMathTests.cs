using ChainSpace.Protocol.Numbers;
using CsCheck;

namespace ChainSpace.Tests.Numbers;

public sealed class DeterministicMathTests
{
    private const double Close = 4e-16;

    [Fact]
    public void Log_agrees_with_the_platform_to_the_last_place() =>
        Gen.Double[1e-300, 1e300].Select(Gen.Double[0.5, 2], (wide, near) => (wide, near)).Sample(pair =>
        {
            AssertClose(Math.Log(pair.wide), DeterministicMath.Log(pair.wide));
            AssertClose(Math.Log(pair.near), DeterministicMath.Log(pair.near));
            AssertClose(Math.Log(1 / pair.wide), DeterministicMath.Log(1 / pair.wide));
        });

    [Fact]
    public void Exp_agrees_with_the_platform_to_the_last_place() =>
        Gen.Double[-700, 700].Select(Gen.Double[-1, 1], (wide, near) => (wide, near)).Sample(pair =>
        {
            AssertClose(Math.Exp(pair.wide), DeterministicMath.Exp(pair.wide));
            AssertClose(Math.Exp(pair.near), DeterministicMath.Exp(pair.near));
            AssertClose(Math.Pow(2, pair.wide), DeterministicMath.Exp2(pair.wide));
            AssertClose(Math.Pow(2, pair.near), DeterministicMath.Exp2(pair.near));
        });

    [Fact]
    public void Powers_of_two_are_exact()
    {
        for (int power = -1074; power <= 1023; power++)
            Assert.Equal(Math.ScaleB(1, power), DeterministicMath.Exp2(power));
    }

    [Fact]
    public void The_edges_of_the_range_are_met()
    {
        Assert.Equal(double.NegativeInfinity, DeterministicMath.Log(0));
        Assert.True(double.IsNaN(DeterministicMath.Log(-1)));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Log(double.PositiveInfinity));
        Assert.Equal(0, DeterministicMath.Log(1));
        Assert.Equal(1, DeterministicMath.Exp(0));
        Assert.Equal(0, DeterministicMath.Exp(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Exp(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, DeterministicMath.Exp(709.79));
        Assert.Equal(Math.Exp(709.78), DeterministicMath.Exp(709.78), 1e293);
        Assert.Equal(double.Epsilon, DeterministicMath.Exp(-745));
        Assert.Equal(0, DeterministicMath.Exp2(-1080));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.LogGamma(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.BetaQuantile(1.1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeterministicMath.BetaRegularized(0.5, 0, 1));
    }

    [Fact]
    public void Log_gamma_of_whole_numbers_is_the_log_of_a_factorial()
    {
        double sum = 0;
        for (int number = 1; number <= 2000; number++)
        {
            Assert.Equal(sum, DeterministicMath.LogGamma(number), 2e-14 + 2e-14 * sum);
            sum += Math.Log(number);
        }
    }

    // The sine of the smaller side is the same and keeps its digits; near 1 the platform's own would lose three of them.
    [Fact]
    public void Log_gamma_reflects_at_a_half() =>
        Gen.Double[0.001, 0.999].Sample(x => Assert.Equal(
            Math.Log(Math.PI / Math.Sin(Math.PI * Math.Min(x, 1 - x))),
            DeterministicMath.LogGamma(x) + DeterministicMath.LogGamma(1 - x),
            5e-14));

    [Fact]
    public void Beta_of_whole_numbers_is_a_binomial_tail() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Double[0, 1]).Sample((a, b, x) =>
            Assert.Equal(BinomialTail(a, b, x), DeterministicMath.BetaRegularized(x, a, b), 1e-12));

    [Fact]
    public void Beta_quantile_undoes_beta() =>
        Gen.Select(Gen.Double[0.5, 5000], Gen.Double[0.5, 5000], Gen.Double[0.001, 0.999]).Sample((a, b, p) =>
        {
            double x = DeterministicMath.BetaQuantile(p, a, b);
            Assert.InRange(x, 0, 1);
            Assert.Equal(p, DeterministicMath.BetaRegularized(x, a, b), 1e-10);
        });

    [Fact]
    public void Beta_quantile_with_one_parameter_of_one_is_a_root() =>
        Gen.Select(Gen.Double[0.5, 500], Gen.Double[0.001, 0.999]).Sample((a, p) =>
        {
            Assert.Equal(Math.Pow(p, 1 / a), DeterministicMath.BetaQuantile(p, a, 1), 1e-12);
            Assert.Equal(1 - Math.Pow(1 - p, 1 / a), DeterministicMath.BetaQuantile(p, 1, a), 1e-12);
        });

    [Fact]
    public void A_million_outcomes_do_not_cost_precision()
    {
        double x = DeterministicMath.BetaQuantile(0.05, 800_000, 200_000);
        Assert.Equal(0.05, DeterministicMath.BetaRegularized(x, 800_000, 200_000), 1e-10);
        Assert.Equal(0.8 - 1.6449 * 0.0004, x, 1e-6);
    }

    private static double BinomialTail(int a, int b, double x)
    {
        int trials = a + b - 1;
        double sum = 0;
        for (int hits = a; hits <= trials; hits++)
        {
            double ways = 1;
            for (int step = 1; step <= hits; step++) ways *= (trials - hits + step) / (double)step;
            sum += ways * Math.Pow(x, hits) * Math.Pow(1 - x, trials - hits);
        }

        return sum;
    }

    private static void AssertClose(double expected, double actual)
    {
        double difference = Math.Abs(expected - actual);
        Assert.True(difference <= Close * Math.Abs(expected), $"expected {expected:R}, got {actual:R}");
    }
}
