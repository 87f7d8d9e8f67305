using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Reputation;
using ChainSpace.Rules.State;
using ChainSpace.Tests.Rules;
using StateSnapshot = ChainSpace.Rules.State.Snapshot;

namespace ChainSpace.Tests.Polls;

public sealed class GoldTests
{
    private static readonly string[] Voters = ["anna", "ben", "cleo"];

    [Fact]
    public void A_known_answer_is_shown_only_when_voting_has_ended()
    {
        World world = World.Founded();
        TaskId poll = Post(world, truth: 1);
        Assert.IsType<Refusal.InvalidTerm>(world.Apply(Shown(world, poll, 1)));
        Answer(world, poll, 1, 1, 0);
        world.Do(Shown(world, poll, 1));
    }

    [Fact]
    public void Another_answer_another_salt_and_another_person_are_refused()
    {
        World world = World.Founded();
        TaskId poll = Post(world, truth: 1);
        Answer(world, poll, 1, 1, 0);
        string before = world.Dump();
        Assert.Equal("salt", Assert.IsType<Refusal.InvalidTerm>(world.Apply(Shown(world, poll, 0))).Member);
        RevealGold other = Shown(world, poll, 1) with { Salt = World.Hash("other") };
        Assert.Equal("salt", Assert.IsType<Refusal.InvalidTerm>(world.Apply(other)).Member);
        Assert.IsType<Refusal.NoSuchAnswer>(world.Apply(Shown(world, poll, 7)));
        Assert.IsType<Refusal.RequesterOnly>(world.Apply(Shown(world, poll, 1) with { Header = world.By("anna") }));
        Assert.Equal(before, world.Dump());
    }

    [Fact]
    public void It_is_shown_once_and_only_of_a_poll_that_was_posted_with_it()
    {
        World world = World.Founded();
        TaskId poll = Post(world, truth: 1), plain = world.Post();
        Answer(world, poll, 1, 1, 0);
        Answer(world, plain, 1, 1, 0);
        world.Do(Shown(world, poll, 1));
        Assert.IsType<Refusal.InvalidTerm>(world.Apply(Shown(world, poll, 1)));
        Assert.IsType<Refusal.InvalidTerm>(world.Apply(Shown(world, plain, 1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Gold_moves_no_money_whatever_it_says(int truth)
    {
        World world = World.Founded();
        TaskId poll = Post(world, (uint)truth);
        Answer(world, poll, 1, 1, 0);
        Balance[] before = [.. world.State.Accounts.Select(static account => account.Balance)];
        Outcome outcome = world.Outcome(poll);
        world.Do(Shown(world, poll, (uint)truth));
        Assert.Equal(before, world.State.Accounts.Select(static account => account.Balance));
        Assert.Same(outcome, world.Outcome(poll));
    }

    [Fact]
    public void Who_knew_the_answer_gains_five_outcomes_and_who_did_not_loses_as_much()
    {
        World world = World.Founded();
        TaskId poll = Post(world, truth: 0);
        Answer(world, poll, 1, 1, 0);
        Evidence[] before = [.. Voters.Select(name => world.Account(name).EvidenceIn("birds"))];
        world.Do(Shown(world, poll, 0));
        Assert.Equal(before[0].Against + Gold.Weight, world.Account("anna").EvidenceIn("birds").Against, 1e-9);
        Assert.Equal(before[2].For + Gold.Weight, world.Account("cleo").EvidenceIn("birds").For, 1e-9);
        Assert.Equal(before[0].For, world.Account("anna").EvidenceIn("birds").For, 1e-9);
    }

    [Fact]
    public void Gold_that_the_crowd_fails_corrects_the_requesters_polls_and_no_others()
    {
        World world = World.Founded();
        world.Join("rolf", "dora");
        Spoil(world, items: 8);
        TaskId own = world.Post(maximum: 10, terms: static m => Confident(m) with { Gold = World.Hash("nothing") });
        TaskId other = world.Post(
            maximum: 10, terms: m => Confident(m) with { Header = world.By("rolf"), Gold = World.Hash("nothing") });
        foreach (TaskId poll in (TaskId[])[own, other]) foreach (string voter in Voters) VoteIfOpen(world, voter, poll);
        world.Do(new ClosePoll(world.By("rita"), own));
        world.Do(new ClosePoll(world.By("rolf"), other));
        (Count corrected, Count guessed) = (world.Outcome(own).Count, world.Outcome(other).Count);
        Assert.Equal(OutcomeKind.Inconclusive, world.Outcome(own).Kind);
        Assert.Equal((8, 0), (corrected.GoldItems, guessed.GoldItems));
        Assert.True(corrected.Confidence < guessed.Confidence);
        Assert.Equal(Calibration.None.Confidence(guessed.Belief), guessed.Confidence);
    }

    [Fact]
    public void A_poll_that_commits_to_nothing_asks_for_agreement_whatever_gold_has_shown()
    {
        World world = World.Founded();
        AllSayOne(world, items: 8, truth: 1);
        TaskId poll = world.Post(maximum: 10, terms: static m => Confident(m));
        foreach (string voter in Voters) VoteIfOpen(world, voter, poll);
        Count count = world.Outcome(poll).Count;
        Assert.Equal(OutcomeKind.Closed, world.Outcome(poll).Kind);
        Assert.Equal((count.Belief, 0), (count.Confidence, count.GoldItems));
    }

    [Fact]
    public void A_known_voter_weighs_more_where_agreement_is_asked_and_as_before_where_truth_is_or_pay_is_by_quality()
    {
        World world = World.Founded();
        AllSayOne(world, items: 8, truth: 1);
        double truth = Weight(static m => m with { Gold = World.Hash("nothing") });
        Assert.Equal(truth, Weight(static m => m with { Pricing = "quality" }));
        Assert.Equal(truth, Weight(static m => m with { Payout = "quality" }));
        double emphasis = VoterSkill.Emphasis(world.Account("anna").EvidenceIn("birds").DecayedTo(new Moment(world.Now)));
        Assert.Equal(truth * emphasis, Weight(static m => m), 1e-12);
        Assert.True(emphasis > 1.5);

        double Weight(Func<PostPoll, PostPoll> terms)
        {
            TaskId poll = world.Post(maximum: 10, terms: m => terms(Confident(m)));
            world.Vote("anna", poll, 0);
            return world.Poll(poll).Ballots.Ballots[0].Weights.Skilled;
        }
    }

    [Fact]
    public void A_poll_that_may_be_gold_does_not_close_at_its_own_word_before_any_gold_is_shown()
    {
        World world = World.Founded();
        TaskId plain = world.Post(maximum: 10, terms: static m => Confident(m));
        TaskId gold = world.Post(maximum: 10, terms: static m => Confident(m) with { Gold = World.Hash("nothing") });
        foreach (TaskId poll in (TaskId[])[plain, gold]) foreach (string voter in Voters) VoteIfOpen(world, voter, poll);
        Assert.IsType<Stage.Ended>(world.Poll(plain).Stage);
        Assert.IsType<Stage.Voting>(world.Poll(gold).Stage);
    }

    [Fact]
    public void A_sealed_poll_goes_by_what_gold_had_shown_when_it_was_posted()
    {
        World world = World.Founded();
        TaskId poll = world.PostSealed(maximum: 10, terms: static m => Confident(m));
        Spoil(world, items: 8);
        Assert.Equal(Calibration.None, world.Poll(poll).Calibration);
        Assert.Equal(8, world.Poll(world.PostSealed(terms: static m => Confident(m))).Calibration.Items);
    }

    [Fact]
    public void Votes_are_kept_for_the_answer_and_no_longer_than_the_poll()
    {
        World world = World.Founded();
        TaskId shown = Post(world, truth: 1), unshown = Post(world, truth: 1);
        Answer(world, shown, 1, 1, 1);
        Answer(world, unshown, 1, 1, 1);
        world.Do(Shown(world, shown, 1));
        Assert.Equal((0, 3), (world.Poll(shown).Ballots.Count, world.Poll(unshown).Ballots.Count));
        world.Tick(Limits.RetentionMilliseconds);
        Assert.Empty(world.State.Polls);
    }

    [Fact]
    public void A_restart_and_a_replay_know_the_same_bits()
    {
        World world = World.Founded(), again = World.Founded();
        foreach (World each in (World[])[world, again])
        {
            Spoil(each, items: 3);
            each.PostSealed(terms: static m => Confident(m));
            Answer(each, Post(each, truth: 1), 1, 1, 0);
        }

        Assert.Equal(StateHash.Of(world.State), StateHash.Of(again.State));
        using MemoryStream file = new();
        StateSnapshot.Write(world.State, file);
        file.Position = 0;
        SpaceState restored = StateSnapshot.Read(file);
        Assert.Equal(StateHash.Of(world.State), StateHash.Of(restored));
        Assert.Equal(world.State.Calibrations, restored.Calibrations);
    }

    private static PostPoll Confident(PostPoll message) => message with { Aggregation = "weighted", Confidence = 9_000 };

    // Everyone agrees on what turns out to be wrong.
    private static void Spoil(World world, int items) => AllSayOne(world, items, truth: 0);

    private static void AllSayOne(World world, int items, uint truth)
    {
        for (int item = 0; item < items; item++)
        {
            TaskId poll = Post(world, truth);
            Answer(world, poll, 1, 1, 1);
            world.Do(Shown(world, poll, truth));
        }
    }

    private static TaskId Post(World world, uint truth) => world.Post(terms: message => message with
    {
        Gold = Gold.Commitment(world.State.Domain!, message, new Opening(truth, World.Hash("salt"))),
    });

    private static RevealGold Shown(World world, TaskId poll, uint truth) =>
        new(world.By("rita"), poll, truth, World.Hash("salt"));

    private static void Answer(World world, TaskId poll, params uint[] choices)
    {
        for (int voter = 0; voter < choices.Length; voter++) world.Vote(Voters[voter], poll, choices[voter]);
    }

    private static void VoteIfOpen(World world, string voter, TaskId poll)
    {
        if (world.Poll(poll).Stage is Stage.Voting) world.Vote(voter, poll, 1);
    }
}
