using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;
using ChainSpace.Tests.Rules;
using StateSnapshot = ChainSpace.Rules.State.Snapshot;

namespace ChainSpace.Tests.Polls;

/// <summary>Polls that go on longer than they were posted for.</summary>
public sealed class ExtendTests
{
    private const string DayMore = "extend:86400000,equal";

    [Fact]
    public void More_votes_lock_more_reward_and_are_taken()
    {
        World world = World.Founded();
        TaskId poll = world.Post(reward: 12, maximum: 3);
        world.Vote("anna", poll, 0);
        world.Do(Extension(world, poll) with { Maximum = 4, Reward = new Amount(16) });
        world.Join("dan");
        foreach (string voter in (string[])["ben", "cleo"]) world.Vote(voter, poll, 0);
        Assert.IsType<Stage.Voting>(world.Poll(poll).Stage);
        world.Vote("dan", poll, 0);
        Assert.Equal(OutcomeKind.Closed, world.Outcome(poll).Kind);
        Assert.Equal(4ul, world.Earned("anna"));
        Assert.Equal(new Amount(984), world.Account("rita").Balance.Available);
    }

    [Fact]
    public void A_later_deadline_is_kept()
    {
        World world = World.Founded();
        TaskId poll = world.Post();
        world.Do(Extension(world, poll) with { Deadline = new Moment(world.Now + 2 * World.Day) });
        world.Tick(World.Day + World.Hour);
        world.Vote("anna", poll, 0);
        world.Tick(World.Day);
        Assert.Equal(OutcomeKind.Closed, world.Outcome(poll).Kind);
    }

    [Fact]
    public void A_drawn_poll_gets_more_time_before_and_after_its_draw()
    {
        World world = World.Founded();
        TaskId poll = world.Post(terms: message => message with { Sample = 3, Lease = (ulong)World.Hour });
        world.Do(Extension(world, poll) with { Deadline = new Moment(world.Now + 2 * World.Day) });
        world.Block();
        Moment? lease = world.Poll(poll).LeaseEnd;
        world.Do(Extension(world, poll) with { Deadline = new Moment(world.Now + 3 * World.Day) });
        Assert.Equal(lease, world.Poll(poll).LeaseEnd);
        world.Tick(2 * World.Day + World.Hour);
        Assert.IsType<Stage.Voting>(world.Poll(poll).Stage);
    }

    [Theory]
    [InlineData("majority", 0, 1, 1)]
    [InlineData("weighted", 9_900, 2, 1)]
    [InlineData("majority", 0, 0, 3)]
    public void Where_the_deadline_finds_no_answer_voting_goes_on_once(string how, uint confidence, int votes, uint minimum)
    {
        World world = World.Founded();
        TaskId poll = world.Post(maximum: 4, terms: message => message with
        {
            Aggregation = how,
            Confidence = confidence,
            Inconclusive = DayMore,
            Minimum = minimum,
        });
        if (votes > 0) world.Vote("anna", poll, 0);
        if (votes > 1 || confidence == 0) world.Vote("ben", poll, 1);
        world.Tick(World.Day);
        Assert.Equal(new Moment(world.Now + World.Day), world.Poll(poll).Terms.Message.Deadline);
        Assert.Equal("equal", world.Poll(poll).Terms.Message.Inconclusive);
        world.Tick(World.Day);
        Assert.IsType<Stage.Ended>(world.Poll(poll).Stage);
    }

    [Fact]
    public void Where_the_deadline_finds_an_answer_voting_ends()
    {
        World world = World.Founded();
        TaskId poll = world.Post(terms: message => message with { Inconclusive = DayMore });
        world.Vote("anna", poll, 0);
        world.Tick(World.Day);
        Assert.Equal(OutcomeKind.Closed, world.Outcome(poll).Kind);
    }

    [Fact]
    public void Sealed_votes_are_too_few_or_lack_the_confidence_and_then_go_on()
    {
        World world = World.Founded();
        TaskId few = world.PostSealed(terms: message => message with { Inconclusive = DayMore, Minimum = 2 });
        TaskId unsure = world.PostSealed(terms: message =>
            message with { Inconclusive = DayMore, Aggregation = "weighted", Confidence = 9_900 });
        TaskId enough = world.PostSealed(terms: message => message with { Inconclusive = DayMore });
        foreach (TaskId poll in (TaskId[])[few, unsure, enough]) world.SealedVote("anna", poll, 0);
        world.Tick(World.Day);
        Assert.IsType<Stage.Voting>(world.Poll(few).Stage);
        Assert.IsType<Stage.Voting>(world.Poll(unsure).Stage);
        Assert.IsType<Stage.Opening>(world.Poll(enough).Stage);
    }

    [Fact]
    public void The_last_word_of_the_rule_decides_who_has_the_reward()
    {
        World world = World.Founded();
        TaskId poll = world.Post(maximum: 4, terms: message => message with { Inconclusive = "extend:60000,refund" });
        world.Vote("anna", poll, 0);
        world.Vote("ben", poll, 1);
        world.Tick(World.Day);
        world.Tick(World.Minute);
        Assert.Equal(OutcomeKind.Inconclusive, world.Outcome(poll).Kind);
        Assert.Equal(new Amount(1000), world.Account("rita").Balance.Available);
    }

    [Fact]
    public void An_item_is_extended_within_its_batch()
    {
        World world = World.Founded();
        world.Do(new Credit(world.By("olga"), World.Id("rita"), new Amount(1_000_000)));
        TaskId batch = world.PostBatch();
        long hour = world.Now + World.Hour;
        TaskId item = world.PostItem(batch, terms: message => message with { Deadline = new Moment(hour) });
        Assert.Equal("deadline", Fault(world, Extension(world, item) with { Deadline = new Moment(world.Now + 2 * World.Day) }));
        Assert.Equal("maximum", Fault(world, Extension(world, item) with { Maximum = 60_000, Reward = new Amount(240_000) }));
        world.Do(new CloseBatch(world.By("rita"), batch));
        world.Do(Extension(world, item) with { Deadline = new Moment(world.Now + 2 * World.Hour) });
    }

    [Fact]
    public void The_hash_knows_of_it_and_a_snapshot_keeps_it()
    {
        World world = World.Founded();
        TaskId poll = world.Post();
        Bytes32 before = StateHash.Of(world.State);
        world.Do(Extension(world, poll) with { Maximum = 5, Reward = new Amount(20) });
        using MemoryStream stream = new();
        StateSnapshot.Write(world.State, stream);
        stream.Position = 0;
        SpaceState again = StateSnapshot.Read(stream);
        Assert.NotEqual(before, StateHash.Of(world.State));
        Assert.Equal(StateHash.Of(world.State), StateHash.Of(again));
        Assert.Equal(5u, again.FindPoll(poll)!.Terms.Message.Maximum);
        Assert.True(again.FindPoll(poll)!.IsExtended);
    }

    [Fact]
    public void A_session_spends_only_the_difference()
    {
        World world = World.Founded();
        TaskId poll = world.Post();
        world.Do(world.Delegation("rita", "phone", "post"));
        world.Do(Extension(world, poll) with { Maximum = 8, Reward = new Amount(32) }, World.SessionId("phone"));
        Assert.IsType<Refusal.OverSpendingLimit>(world.Apply(
            Extension(world, poll) with { Reward = new Amount(33) }, World.SessionId("phone")));
    }

    /// <summary>The extension that changes nothing.</summary>
    internal static ExtendPoll Extension(World world, TaskId poll, string who = "rita")
    {
        PostPoll message = world.Poll(poll).Terms.Message;
        return new ExtendPoll(world.By(who), poll)
        {
            Deadline = message.Deadline,
            Maximum = message.Maximum,
            Reward = message.Reward,
        };
    }

    private static string Fault(World world, ExtendPoll message) =>
        Assert.IsType<Refusal.InvalidTerm>(world.Apply(message)).Member;
}
