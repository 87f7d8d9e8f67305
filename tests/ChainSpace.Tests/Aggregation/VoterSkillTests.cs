using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Reputation;
using CsCheck;

namespace ChainSpace.Tests.Aggregation;

public sealed class VoterSkillTests
{
    [Fact]
    public void A_new_category_expects_four_of_five() =>
        Assert.Equal(0.8, VoterSkill.PooledAccuracy(default, options: 2), 1e-15);

    [Fact]
    public void A_newcomer_is_an_average_voter() =>
        Assert.Equal(0.7, VoterSkill.Accuracy(default, pooledAccuracy: 0.7, options: 2), 1e-15);

    [Fact]
    public void Accuracy_lies_between_the_pool_and_the_own_record() =>
        Gen.Select(Gen.Double[0, 100], Gen.Double[0, 100], Gen.Double[0.55, 0.95]).Sample((good, bad, pool) =>
        {
            double own = good + bad == 0 ? pool : good / (good + bad);
            double accuracy = VoterSkill.Accuracy(new Evidence(good, bad, default), pool, options: 2);
            Assert.InRange(accuracy, Math.Max(0.52, Math.Min(own, pool) - 1e-12), 0.97);
            Assert.True(accuracy <= Math.Max(0.52, Math.Max(own, pool) + 1e-12));
        });

    [Fact]
    public void No_record_makes_a_voter_worse_than_chance_or_infallible()
    {
        Assert.Equal(0.27, VoterSkill.Accuracy(new Evidence(0, 1000, default), 0.8, options: 4), 1e-15);
        Assert.Equal(0.97, VoterSkill.Accuracy(new Evidence(1000, 0, default), 0.97, options: 4), 1e-15);
        Assert.Equal(0.97, VoterSkill.PooledAccuracy(new Evidence(1000, 0, default), options: 4), 1e-15);
    }

    [Theory]
    [InlineData(0.5, 2, 0)]
    [InlineData(0.8, 2, 1.3862943611198906)]
    [InlineData(0.25, 4, 0)]
    [InlineData(0.8, 5, 2.772588722239781)]
    public void A_weight_is_the_log_odds_over_a_guess(double accuracy, int options, double weight) =>
        Assert.Equal(weight, VoterSkill.Weight(accuracy, options), 1e-14);

    [Fact]
    public void A_record_gives_emphasis_and_a_newcomer_has_none()
    {
        Assert.Equal(1, VoterSkill.Emphasis(default));
        Assert.Equal(1.5, VoterSkill.Emphasis(new Evidence(6, 2, default)), 1e-15);
        Gen.Select(Gen.Double[0, 1e6], Gen.Double[0, 1e6]).Sample((good, bad) =>
            Assert.InRange(VoterSkill.Emphasis(new Evidence(good, bad, default)), 1, 2));
    }

    [Fact]
    public void Certainty_has_no_weight() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => VoterSkill.Weight(1, options: 2));
}
