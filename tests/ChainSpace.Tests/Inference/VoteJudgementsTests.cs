using System.Collections.Immutable;
using ChainSpace.Rules.Inference;

namespace ChainSpace.Tests.Inference;

public sealed class VoteJudgementsTests
{
    [Fact]
    public void A_good_workers_votes_agree_more_weigh_more_and_tell_more()
    {
        InventedCrowd crowd = InventedCrowd.Of(8, items: 600, workers: 40, classes: 3);
        ImmutableArray<SkillCounts> skill = BatchInference.Of(crowd.Votes, null, Runners.InOrder).Workers.Skill;
        int best = Enumerable.Range(0, 40).MaxBy(w => skill[w].Mean), worst = Enumerable.Range(0, 40).MinBy(w => skill[w].Mean);
        ImmutableArray<VoteJudgement> all = VoteJudgements.Of(crowd.Votes, null, Runners.InOrder);
        VoteJudgement[] good = Of(best), bad = Of(worst);
        Assert.True(good.Average(static j => j.Agreement) > bad.Average(static j => j.Agreement) + 0.1);
        Assert.True(good.Average(static j => j.Weight) > bad.Average(static j => j.Weight) + 0.5);
        Assert.True(good.Average(static j => j.Gain) > bad.Average(static j => j.Gain));

        VoteJudgement[] Of(int worker) => [.. all.Where((_, vote) => crowd.Votes.Votes[vote].Worker == worker)];
    }

    [Fact]
    public void Judgements_follow_the_order_of_the_votes()
    {
        BatchVotes votes = InventedCrowd.Of(9).Votes;
        ImmutableArray<VoteJudgement> forwards = VoteJudgements.Of(votes, null, Runners.InOrder);
        BatchVotes reversed = votes with { Votes = [.. votes.Votes.Reverse()] };
        ImmutableArray<VoteJudgement> backwards =
            VoteJudgements.Of(reversed, null, static (pieces, work) => Parallel.For(0, pieces, work));
        Assert.Equal(forwards, backwards.Reverse());
    }

    [Fact]
    public void A_lone_vote_is_judged_by_what_is_usual()
    {
        BatchVotes votes = new([new BatchVote(0, 0, 1)], 1, 1, 2);
        VoteJudgement lone = VoteJudgements.Of(votes, null, Runners.InOrder)[0];
        Assert.InRange(lone.Agreement, 0.01, 0.99);
        Assert.True(lone.Weight > 0);
    }
}
