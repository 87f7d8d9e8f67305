using System.Collections.Immutable;
using ChainSpace.Rules.Aggregation;
using CsCheck;

namespace ChainSpace.Tests.Aggregation;

public sealed class TallyTests
{
    private static readonly Gen<(int Options, (int Choice, double Skilled, double Plain)[] Votes)> Polls =
        Gen.Int[2, 6].SelectMany(options => Gen
            .Select(Gen.Int[0, options - 1], Gen.Double[0.05, 5], Gen.Double[0.05, 5])
            .Array[0, 60]
            .Select(votes => (options, votes)));

    [Fact]
    public void A_posterior_is_a_distribution() => Polls.Sample(poll =>
    {
        ImmutableArray<double> posterior = Count(poll.Options, poll.Votes).Posterior();
        Assert.Equal(1, posterior.Sum(), 1e-12);
        Assert.All(posterior, chance => Assert.InRange(chance, 0, 1));
    });

    [Fact]
    public void The_leader_is_the_likeliest_option() => Polls.Sample(poll =>
    {
        Tally tally = Count(poll.Options, poll.Votes);
        Assert.Equal(tally.Posterior().Max(), tally.Leader().Probability);
        Assert.Equal(tally.Posterior().IndexOf(tally.Leader().Probability), tally.Leader().Option);
    });

    [Fact]
    public void The_order_of_votes_changes_nothing_but_rounding() => Polls.Sample(poll =>
    {
        ImmutableArray<double> forward = Count(poll.Options, poll.Votes).Posterior();
        ImmutableArray<double> backward = Count(poll.Options, [.. poll.Votes.Reverse()]).Posterior();
        for (int option = 0; option < poll.Options; option++)
            Assert.Equal(forward[option], backward[option], 1e-10);
    });

    [Fact]
    public void Leaving_a_vote_out_is_never_having_counted_it() => Polls.Sample(poll =>
    {
        if (poll.Votes.Length == 0) return;
        (int choice, double skilled, double plain) = poll.Votes[0];
        PeerJudgement judgement = Count(poll.Options, poll.Votes).LeaveOneOut(choice, skilled, plain);
        Assert.Equal(Count(poll.Options, poll.Votes[1..]).Posterior()[choice], judgement.Agreement, 1e-10);
        Assert.InRange(judgement.Weight, 0, 1 + 1e-12);
    });

    [Fact]
    public void A_lone_voter_is_judged_by_nobody()
    {
        PeerJudgement judgement = Tally.Empty(4).Add(2, 3, 1).LeaveOneOut(2, 3, 1);
        Assert.Equal(0.25, judgement.Agreement, 1e-12);
        Assert.Equal(0, judgement.Weight, 1e-12);
    }

    [Fact]
    public void Two_options_with_one_vote_follow_the_formula()
    {
        double skilled = VoterSkill.Weight(0.9, 2), plain = VoterSkill.Weight(0.7, 2);
        Leader leader = Tally.Empty(2).Add(1, skilled, plain).Leader();
        Assert.Equal(1, leader.Option);
        Assert.Equal(0.8 * 0.9 + 0.2 * 0.7, leader.Probability, 1e-14);
    }

    [Fact]
    public void Many_votes_are_worth_fewer_than_as_many_independent_ones()
    {
        double weight = VoterSkill.Weight(0.6, 2);
        Tally tally = Tally.Empty(2);
        for (int vote = 0; vote < 21; vote++) tally = tally.Add(0, weight, weight);
        Assert.Equal(1 / (1 + Math.Exp(-weight * 21 / 2)), tally.Leader().Probability, 1e-12);
    }

    [Fact]
    public void Without_votes_every_option_is_alike_and_the_first_leads()
    {
        Assert.Equal(new Leader(0, 0.25), Tally.Empty(4).Leader());
        Assert.True(Tally.Empty(4).Plurality().IsTie);
        Assert.False(Tally.Empty(4).Reached(target: 0.2, minimumVotes: 1));
    }

    [Fact]
    public void A_poll_is_decided_when_sure_enough_and_broad_enough()
    {
        Tally one = Tally.Empty(2).Add(0, 9, 9);
        Assert.True(one.Reached(target: 0.95, minimumVotes: 1));
        Assert.False(one.Reached(target: 0.95, minimumVotes: 2));
        Assert.True(one.Add(0, 1, 1).Reached(target: 0.95, minimumVotes: 2));
        Assert.False(one.Add(1, 9, 9).Reached(target: 0.95, minimumVotes: 2));
    }

    [Fact]
    public void Huge_weights_do_not_overflow()
    {
        Tally tally = Tally.Empty(3).Add(1, 1e300, 1e300).Add(2, 1e299, 1e299);
        Assert.Equal(new Leader(1, 1), tally.Leader());
    }

    [Theory]
    [InlineData(new[] { 0, 0, 0 }, 0, 0, true)]
    [InlineData(new[] { 1, 3, 2 }, 1, 3, false)]
    [InlineData(new[] { 3, 1, 3 }, 0, 3, true)]
    [InlineData(new[] { 2, 2, 3 }, 2, 3, false)]
    public void Plurality_counts_heads(int[] counts, int option, int votes, bool isTie) =>
        Assert.Equal(new Plurality(option, votes, isTie), Plurality.Of([.. counts]));

    [Fact]
    public void Tallies_are_equal_by_what_they_hold() => Polls.Sample(poll =>
    {
        Assert.Equal(Count(poll.Options, poll.Votes), Count(poll.Options, poll.Votes));
        Assert.NotEqual(Count(poll.Options, poll.Votes), Count(poll.Options, [.. poll.Votes, (0, 1, 1)]));
    });

    private static Tally Count(int options, (int Choice, double Skilled, double Plain)[] votes) =>
        votes.Aggregate(Tally.Empty(options), (tally, vote) => tally.Add(vote.Choice, vote.Skilled, vote.Plain));
}
