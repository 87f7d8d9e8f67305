using System.Numerics;
using ChainSpace.Protocol;
using ChainSpace.Rules.Payouts;
using CsCheck;

namespace ChainSpace.Tests.Payouts;

public sealed class DivisionTests
{
    private static readonly Gen<UInt128> Totals = Gen.Select(Gen.ULong, Gen.ULong[0, (1UL << 57) - 1], Gen.Bool)
        .Select(static (low, high, isLarge) => new UInt128(isLarge ? high : 0, low));

    [Fact]
    public void Parts_add_up_to_the_total_and_none_is_a_unit_from_its_share() =>
        Gen.Select(Totals, Gen.UInt[0, Division.One].Array[1, 40]).Sample((total, weights) =>
        {
            BigInteger sum = weights.Aggregate(BigInteger.Zero, static (all, each) => all + each);
            if (sum == 0) return;
            Amount[] parts = Division.Of(new Amount(total), weights);
            Assert.Equal((BigInteger)total, parts.Aggregate(BigInteger.Zero, static (all, each) => all + (BigInteger)each.Units));
            for (int i = 0; i < parts.Length; i++)
            {
                BigInteger exact = (BigInteger)total * weights[i];
                BigInteger distance = BigInteger.Abs((BigInteger)parts[i].Units * sum - exact);
                Assert.True(distance < sum);
                if (weights[i] == 0) Assert.Equal(Amount.Zero, parts[i]);
            }
        });

    [Fact]
    public void Who_weighs_more_never_gets_less_and_of_equals_the_earlier_gets_the_odd_unit() =>
        Gen.Select(Totals, Gen.UInt[1, 9].Array[2, 12]).Sample((total, weights) =>
        {
            Amount[] parts = Division.Of(new Amount(total), weights);
            for (int i = 1; i < parts.Length; i++)
            {
                if (weights[i] == weights[i - 1]) Assert.True(parts[i - 1].Units - parts[i].Units <= 1);
                if (weights[i] > weights[i - 1]) Assert.True(parts[i] >= parts[i - 1]);
            }
        });

    [Fact]
    public void A_share_is_rounded_down() => Gen.Select(Totals, Gen.UInt[0, Division.One]).Sample(static (total, share) =>
        Assert.Equal((BigInteger)total * share / Division.One, (BigInteger)Division.Share(new Amount(total), share).Units));

    /// <summary>The table of bits that a vote of such an accuracy tells, two options.</summary>
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.6, 0.029)]
    [InlineData(0.7, 0.119)]
    [InlineData(0.8, 0.278)]
    [InlineData(0.9, 0.531)]
    [InlineData(0.95, 0.714)]
    [InlineData(1, 1)]
    public void Information_is_the_capacity_of_the_channel(double accuracy, double bits) =>
        Assert.Equal(bits, Information.Bits(accuracy, 2), 0.0005);

    /// <summary>Independently: the mutual information of a uniform truth and the answer, from their joint distribution.</summary>
    [Fact]
    public void Information_is_mutual_information_for_any_number_of_options() =>
        Gen.Select(Gen.Double[0.01, 0.99], Gen.Int[2, 20]).Sample(static (accuracy, options) =>
        {
            double wrong = (1 - accuracy) / (options - 1), prior = 1.0 / options;
            double right = prior * accuracy * Math.Log2(accuracy / prior);
            double expected = options * right + options * (options - 1) * prior * wrong * Math.Log2(wrong / prior);
            Assert.Equal(expected, Information.Bits(accuracy, options), 1e-9);
        });
}
