using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Tests.Reputation;

/// <summary>Reputation as it goes to a chain: whole numbers that follow from the evidence and the moment alone.</summary>
public sealed class ScoreLeavesTests
{
    private static readonly AccountId _account = new(Bytes32.Parse("0x01" + new string('a', 62)));

    [Fact]
    public void A_score_says_mean_bound_and_weight_in_parts_per_million()
    {
        Evidence evidence = new(8, 2, new Moment(0));
        ScoreLeaf leaf = ScoreLeaves.Of(new Standing(_account, "labelling", evidence), new Moment(0));
        Assert.Equal(new ScoreLeaf(_account, "labelling", 750_000, (uint)(evidence.LowerBound * 1e6), 10_000_000), leaf);
        Assert.InRange(leaf.Bound, 500_000u, 749_999u);
    }

    [Fact]
    public void What_is_old_weighs_half_after_the_half_life()
    {
        Standing standing = new(_account, "labelling", new Evidence(8, 2, new Moment(0)));
        ScoreLeaf later = ScoreLeaves.Of(standing, new Moment(Evidence.HalfLifeMilliseconds));
        Assert.Equal((714_285u, 5_000_000ul), (later.Score, later.Count));
        Assert.True(later.Bound < ScoreLeaves.Of(standing, new Moment(0)).Bound);
    }
}
