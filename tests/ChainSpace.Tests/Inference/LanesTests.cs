using System.Runtime.Intrinsics;
using ChainSpace.Protocol.Numbers;
using ChainSpace.Rules.Inference;
using CsCheck;

namespace ChainSpace.Tests.Inference;

public sealed class LanesTests
{
    private static readonly Gen<double> _positive = Gen.Double[-20, 27].Select(static power => Math.Exp(power));

    [Fact]
    public void Exp_is_as_precise_as_it_says() => Gen.Double[-700, 700].Sample(x =>
        Assert.Equal(1, Of(Lanes.Exp, x) / DeterministicMath.Exp(x), 1e-11));

    [Fact]
    public void Log_is_as_precise_as_it_says() => Gen.Double[-700, 700].Select(Gen.Double[0.4, 2.1]).Sample(pair =>
    {
        Assert.Equal(pair.Item1, Of(Lanes.Log, DeterministicMath.Exp(pair.Item1)), 1e-12);
        Assert.Equal(DeterministicMath.Log(pair.Item2), Of(Lanes.Log, pair.Item2), 1e-12);
    });

    [Fact]
    public void Digamma_takes_its_known_steps() => _positive.Sample(x =>
        Assert.Equal(1 / x, Of(Lanes.Digamma, x + 1) - Of(Lanes.Digamma, x), 2e-10 + 2e-10 / x));

    // Duplication (DLMF 5.5.8) ties the values at a half and at whole numbers to each other, not only their differences.
    [Fact]
    public void Digamma_of_the_double_is_known() => _positive.Sample(x => Assert.Equal(
        (Of(Lanes.Digamma, x) + Of(Lanes.Digamma, x + 0.5)) / 2 + Math.Log(2), Of(Lanes.Digamma, 2 * x), 2e-10 + 2e-10 / x));

    [Fact]
    public void Digamma_of_one_is_minus_the_constant_of_Euler() =>
        Assert.Equal(-0.57721566490153286, Of(Lanes.Digamma, 1), 1e-10);

    [Fact]
    public void What_can_never_be_has_no_chance()
    {
        Assert.Equal(0, Of(Lanes.Exp, Lanes.Never));
        Assert.Equal(0, Of(Lanes.Exp, 1000 * Lanes.Never));
        Assert.Equal(1, Of(Lanes.Exp, 0));
    }

    private static double Of(Func<Vector256<double>, Vector256<double>> act, double x)
    {
        Vector256<double> all = act(Vector256.Create(x, 1, x, 2));
        Assert.Equal(all.ToScalar(), all.GetElement(2));
        return all.ToScalar();
    }
}
