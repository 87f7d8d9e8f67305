using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Polls;

public sealed class SealedTests
{
    private static readonly string[] Voters = [.. Enumerable.Range(0, 8).Select(static i => $"v{i}")];

    /// <summary>Three newcomers who agree are the first that make 95 % likely.</summary>
    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void A_conclusion_is_proven_at_the_right_vote_only(int votes, bool isProven)
    {
        (World world, TaskId poll) = Confident(votes);
        world.Do(world.Concluded(poll));
        Refusal? refusal = world.Apply(world.Openings(poll, 0, votes));
        if (!isProven)
        {
            Assert.IsType<Refusal.ConfidenceNotProven>(refusal);
            return;
        }

        Outcome outcome = world.Outcome(poll);
        Assert.Equal((OutcomeKind.Closed, EndReason.Confidence, 0), (outcome.Kind, outcome.Reason, outcome.Count.Answer));
    }

    [Fact]
    public void A_conclusion_one_vote_late_is_refused_at_the_batch_that_shows_it()
    {
        (World world, TaskId poll) = Confident(5);
        world.Do(world.Concluded(poll));
        world.Do(world.Openings(poll, 0, 2));
        Assert.IsType<Refusal.ConfidenceNotProven>(world.Apply(world.Openings(poll, 2, 2)));
        Assert.IsType<Refusal.ConfidenceNotProven>(world.Apply(world.Openings(poll, 2, 3)));
    }

    [Fact]
    public void A_proof_may_come_in_parts()
    {
        (World world, TaskId poll) = Confident(3);
        world.Do(world.Concluded(poll));
        for (int vote = 0; vote < 3; vote++) world.Do(world.Openings(poll, vote, 1));
        Assert.Equal(OutcomeKind.Closed, world.Outcome(poll).Kind);
    }

    /// <summary>v0 hides a vote from the operator, which so concludes at v3, and opens it when it can spoil the proof.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_voter_who_hides_a_vote_cannot_spoil_the_proof(bool isFirst)
    {
        (World world, TaskId poll) = Confident(4);
        world.Do(world.Concluded(poll));
        if (isFirst) world.Do(world.Opened("v0", poll));
        world.Do(world.Openings(poll, 0, 2, "v0"));
        if (!isFirst) world.Do(world.Opened("v0", poll));
        world.Do(world.Openings(poll, 2, 2));
        Assert.Equal(OutcomeKind.Closed, world.Outcome(poll).Kind);
        Assert.All(Voters[..4], voter => Assert.Equal(3UL, world.Earned(voter)));
    }

    [Fact]
    public void An_operator_who_cannot_prove_its_end_gets_no_answer_and_each_open_vote_its_part()
    {
        (World world, TaskId poll) = Confident(4);
        world.Do(world.Concluded(poll));
        world.Do(world.Opened("v1", poll));
        world.Tick(World.Day);
        Assert.Equal((OutcomeKind.Expired, EndReason.Confidence), (world.Outcome(poll).Kind, world.Outcome(poll).Reason));
        Assert.Equal(1UL, world.Earned("v1"));
        Assert.Equal(0UL, world.Earned("v0"));
        Assert.Equal((UInt128)999, world.Account("rita").Balance.Available.Units);
    }

    [Fact]
    public void Votes_that_the_operator_leaves_closed_leave_the_pot_to_nobody()
    {
        (World world, TaskId poll) = Voted("v0", "v1", "v2");
        world.Do(world.Openings(poll, 0, 1));
        world.Tick(World.Day - 1);
        Assert.IsType<Stage.Opening>(world.Poll(poll).Stage);
        world.Tick(1);
        Assert.Equal(OutcomeKind.Expired, world.Outcome(poll).Kind);
        Assert.Equal(4UL, world.Earned("v0"));
        Assert.Equal((UInt128)996, world.Account("rita").Balance.Available.Units);
    }

    [Fact]
    public void Voters_can_open_all_votes_themselves_and_the_poll_counts_when_the_operator_s_time_is_over()
    {
        (World world, TaskId poll) = Voted("v0", "v1", "v2");
        foreach (string voter in Voters[..3]) world.Do(world.Opened(voter, poll));
        world.Tick(World.Day);
        Assert.Equal(OutcomeKind.Closed, world.Outcome(poll).Kind);
        Assert.Equal([3, 0], world.Outcome(poll).Count.PerOption);
    }

    [Fact]
    public void A_vote_the_operator_cannot_read_waits_ten_minutes_for_its_voter()
    {
        (World world, TaskId poll) = Voted("v0", "v1", "v2");
        world.Open(poll, "v1");
        Assert.Equal(new Moment(world.Now + 10 * World.Minute), world.Poll(poll).Due);
        world.Do(world.Opened("v1", poll));
        Assert.Equal([3, 0], world.Outcome(poll).Count.PerOption);

        (world, poll) = Voted("v0", "v1", "v2");
        world.Open(poll, "v1");
        world.Tick(10 * World.Minute);
        Assert.Equal([2, 0], world.Outcome(poll).Count.PerOption);
        Assert.Equal(0UL, world.Earned("v1"));
    }

    [Fact]
    public void An_opened_vote_for_no_option_is_spoiled_and_earns_nothing()
    {
        World world = World.Founded();
        TaskId poll = world.PostSealed(maximum: 2);
        world.SealedVote("anna", poll, 7);
        world.SealedVote("ben", poll, 1);
        world.Open(poll);
        Assert.Equal(1, world.Outcome(poll).Count.Answer);
        Assert.Equal((0UL, 12UL), (world.Earned("anna"), world.Earned("ben")));
    }

    [Fact]
    public void Nobody_can_copy_a_sealed_vote()
    {
        World world = World.Founded();
        TaskId poll = world.PostSealed(maximum: 2);
        SealedVote vote = world.Sealed("anna", poll, 1);
        world.Do(vote);
        world.Do(new SealedVote(world.By("ben"), poll, vote.Commitment, vote.Opening));
        Assert.IsType<Refusal.WrongOpening>(world.Apply(world.Opened("anna", poll) with { Header = world.By("ben") }));
    }

    private static (World World, TaskId Poll) Confident(int votes)
    {
        World world = World.Founded();
        world.Join(Voters);
        TaskId poll = world.PostSealed(maximum: 10, terms: static message => message with
        {
            Aggregation = "weighted",
            Confidence = 9500,
            Payout = "equal",
        });
        foreach (string voter in Voters[..votes]) world.SealedVote(voter, poll, 0);
        return (world, poll);
    }

    private static (World World, TaskId Poll) Voted(params string[] voters)
    {
        World world = World.Founded();
        world.Join(Voters);
        TaskId poll = world.PostSealed(maximum: (uint)voters.Length);
        foreach (string voter in voters) world.SealedVote(voter, poll, 0);
        return (world, poll);
    }
}
