using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Selection;
using ChainSpace.Rules.State;
using ChainSpace.Tests.Rules;
using CsCheck;

namespace ChainSpace.Tests.Eligibility;

public sealed class AdmittedDrawTests
{
    private static readonly string[] People = [.. Enumerable.Range(0, 12).Select(static number => $"p{number}")];

    [Fact]
    public void Seats_are_the_draw_of_the_first_root_behind_the_time_to_apply_among_the_admitted() =>
        Gen.Select(Gen.Int[0, 4095], Gen.UInt[1, 6], Gen.Int[0, 1_000_000]).Sample((mask, seats, dice) =>
        {
            (World world, TaskId poll) = Gathering(terms => terms with { Sample = seats, Maximum = 1 });
            string[] chosen = [.. People.Where((_, place) => (mask >> place & 1) == 1)];
            foreach (string name in chosen.Reverse()) Admit(world, poll, name);
            world.Tick(World.Hour);
            world.Block($"beacon {dice}");
            ImmutableArray<AccountId> drawn = Sortition.Draw(
                World.Hash($"beacon {dice}"), poll, chosen.Select(static name => (World.Id(name), 1.0)), (int)seats);
            Assert.Equal(drawn.Sort(), Seats(world, poll));
            Assert.Equal(0, world.State.Admissions.Count);
        }, iter: 30);

    [Fact]
    public void A_block_that_covers_only_what_was_before_the_end_of_the_time_to_apply_draws_nobody()
    {
        (World world, TaskId poll) = Gathering();
        Admit(world, poll, "p1");
        ulong before = (ulong)world.State.Size;
        world.Block("known while one could apply");
        Assert.IsType<Stage.Gathering>(world.Poll(poll).Stage);
        world.Tick(World.Hour);
        EntryIndex end = new(world.State.Size - 1);
        Assert.Equal(new Stage.Drawing(end), world.Poll(poll).Stage);
        Assert.Equal(end, world.State.OldestAwaiting);
        Assert.True(before < (ulong)end.Value);
        world.Block();
        Assert.Equal([World.Id("p1")], Seats(world, poll));
    }

    [Fact]
    public void Nobody_is_admitted_once_the_time_to_apply_is_over()
    {
        (World world, TaskId poll) = Gathering();
        Admit(world, poll, "p1");
        Assert.Equal(new Refusal.NotDrawnYet(), world.Apply(new Vote(world.By("p1"), poll, 0)));
        world.Now += World.Hour;
        Assert.IsType<Refusal.TickDue>(world.Apply(Admission(world, poll, "p2")));
        world.Do(new Tick(world.By("olga")));
        Assert.Equal(new Refusal.NotEligible("late"), world.Apply(Admission(world, poll, "p2")));
        world.Block();
        Assert.Equal(new Refusal.NotEligible("late"), world.Apply(Admission(world, poll, "p2")));
        Assert.Equal(new Refusal.NotEligible("drawn"), world.Apply(new Vote(world.By("p2"), poll, 0)));
        world.Vote("p1", poll, 0);
    }

    [Fact]
    public void One_person_has_one_seat_and_who_changes_between_the_end_and_the_beacon_has_none()
    {
        (World world, TaskId poll) = Gathering(static terms => terms with { Sample = 12 });
        foreach (string name in (string[])["p1", "p2", "p3", "p4"]) Admit(world, poll, name);
        foreach (string name in (string[])["p1", "p2"])
            world.Do(new Attest(world.By("olga"), World.Id(name), 1, World.Hash("one person")));
        world.Tick(World.Hour);
        world.Do(new Attest(world.By("olga"), World.Id("p4"), 1, World.Hash("the beacon would have drawn it")));
        world.Block();
        Assert.Equal(((AccountId[])[World.Id("p1"), World.Id("p3")]).Order(), Seats(world, poll));
    }

    [Fact]
    public void Quotas_by_public_attributes_leases_and_the_reserve_go_with_it()
    {
        World world = Peopled();
        for (int number = 0; number < 6; number++)
            world.Do(new Register(world.By(People[number]), [], number < 4 ? "country=DE" : "country=AT"));
        TaskId poll = world.Post(terms: terms => Gathered(world, terms) with
        {
            Sample = 3,
            Maximum = 3,
            Quotas = "country=DE:2,country=AT:1",
            Lease = (ulong)World.Hour,
        });
        foreach (string name in People) Admit(world, poll, name);
        world.Tick(World.Hour);
        world.Block();
        Stage.Voting voting = Assert.IsType<Stage.Voting>(world.Poll(poll).Stage);
        Assert.Equal(3, voting.Seats.Length);
        Assert.Equal(6, voting.Places.Length);
        ImmutableArray<AccountId> before = voting.Seats;
        world.Tick(World.Hour);
        Assert.NotEqual(before, Seats(world, poll));
        Assert.All(Seats(world, poll), one => Assert.Contains(one, People[..6].Select(World.Id)));
    }

    [Fact]
    public void Too_few_admitted_expires_and_pays_back_at_the_deadline()
    {
        (World world, TaskId poll) = Gathering(static terms => terms with { Minimum = 2, Maximum = 2 });
        Admit(world, poll, "p1");
        world.Tick(World.Hour);
        world.Block();
        world.Vote("p1", poll, 0);
        world.Tick(World.Day);
        Assert.Equal(OutcomeKind.Expired, world.Outcome(poll).Kind);
    }

    [Fact]
    public void A_poll_can_be_taken_back_closed_and_run_out_while_accounts_apply()
    {
        (World world, TaskId cancelled) = Gathering();
        world.Do(new CancelPoll(world.By("rita"), cancelled));
        Assert.Equal(OutcomeKind.Cancelled, world.Outcome(cancelled).Kind);
        TaskId closed = world.Post(terms: terms => Gathered(world, terms));
        Admit(world, closed, "p1");
        world.Do(new ClosePoll(world.By("rita"), closed));
        TaskId late = world.Post(terms: terms => Gathered(world, terms));
        world.Tick(2 * World.Day);
        Assert.Equal((OutcomeKind.Expired, OutcomeKind.Expired), (world.Outcome(closed).Kind, world.Outcome(late).Kind));
        Assert.Equal((UInt128)1000, world.Account("rita").Balance.Available.Units);
        Assert.False(world.State.NeedsBlock);
        Assert.Equal(0, world.State.Admissions.Count);
    }

    [Theory]
    [InlineData("admitted", 3, 0, false)]
    [InlineData("admitted", 3, -1, false)]
    [InlineData("admitted", 3, 24, false)]
    [InlineData("admitted", 3, 23, true)]
    [InlineData("admitted", 0, 1, false)]
    [InlineData("open", 3, 1, false)]
    public void The_time_to_apply_lies_before_the_deadline_and_belongs_to_draws_among_the_admitted(
        string voters, uint sample, long hours, bool isTaken)
    {
        World world = World.Founded();
        PostPoll post = world.Terms() with
        {
            Voters = voters,
            Sample = sample,
            Gather = new Moment(world.Now + hours * World.Hour),
        };
        Refusal? refusal = world.Apply(post);
        if (isTaken) Assert.Null(refusal);
        else Assert.Equal("gather", Assert.IsType<Refusal.InvalidTerm>(refusal).Member);
    }

    [Fact]
    public void Every_step_of_it_comes_back_from_a_snapshot()
    {
        (World world, TaskId poll) = Gathering();
        Admit(world, poll, "p1");
        Restores(world);
        world.Tick(World.Hour);
        Restores(world);
        world.Block();
        Restores(world);
    }

    private static void Restores(World world)
    {
        using MemoryStream file = new();
        ChainSpace.Rules.State.Snapshot.Write(world.State, file);
        file.Position = 0;
        SpaceState restored = ChainSpace.Rules.State.Snapshot.Read(file);
        Assert.Equal(new StateHash().Compute(world.State), new StateHash().Compute(restored));
        Assert.Equal(StateText.Of(world.State).Split("changed")[0], StateText.Of(restored).Split("changed")[0]);
    }

    private static World Peopled()
    {
        World world = World.Founded();
        world.Join(People);
        return world;
    }

    private static (World World, TaskId Poll) Gathering(Func<PostPoll, PostPoll>? change = null)
    {
        World world = Peopled();
        return (world, world.Post(terms: terms => (change ?? (static same => same))(Gathered(world, terms))));
    }

    private static PostPoll Gathered(World world, PostPoll terms) =>
        terms with { Voters = "admitted", Sample = 5, Maximum = 4, Gather = new Moment(world.Now + World.Hour) };

    private static Admit Admission(World world, TaskId poll, string name) =>
        new(world.By("olga"), poll, World.Hash(name), World.Id(name));

    private static void Admit(World world, TaskId poll, string name) => world.Do(Admission(world, poll, name));

    private static ImmutableArray<AccountId> Seats(World world, TaskId poll) => ((Stage.Voting)world.Poll(poll).Stage).Seats;
}
