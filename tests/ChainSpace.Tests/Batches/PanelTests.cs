using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Selection;
using ChainSpace.Rules.State;
using ChainSpace.Tests.Rules;
using CsCheck;

namespace ChainSpace.Tests.Batches;

public sealed class PanelTests
{
    private static readonly string[] Crowd = [.. Enumerable.Range(0, 24).Select(static number => $"voter{number}")];

    private static readonly string[] People = ["olga", "anna", "ben", "cleo"];

    [Fact]
    public void The_panel_is_the_draw_of_the_block_s_root_among_the_eligible()
    {
        World world = Peopled();
        TaskId batch = world.PostPanel(5, static message => message with { Voters = "country=DE" });
        world.Block("beacon");
        ImmutableArray<AccountId> drawn =
            Sortition.Draw(World.Hash("beacon"), batch, Germans.Select(static name => (World.Id(name), 1.0)), 5);
        Assert.Equal(drawn.Sort(), Seats(world, batch));
    }

    [Fact]
    public void Only_the_panel_answers_and_it_answers_every_item()
    {
        World world = Peopled();
        TaskId batch = world.PostPanel(4, static message => message with { Group = 3 });
        TaskId before = world.PostItem(batch, maximum: 4);
        world.Block();
        TaskId[] items = [before, world.PostItem(batch, maximum: 4), world.PostItem(batch, maximum: 4)];
        ImmutableArray<AccountId> panel = Seats(world, batch);
        foreach (string name in Crowd)
        {
            foreach (TaskId item in items.Where(item => world.Poll(item).Stage is Stage.Voting))
            {
                Refusal? refusal = world.Apply(new Vote(world.By(name), item, 1));
                Assert.Equal(panel.Contains(World.Id(name)) ? null : new Refusal.NotEligible("panel"), refusal);
            }
        }

        Assert.Equal(4, panel.Length);
        foreach (TaskId item in items) Assert.Equal(1, world.Outcome(item).Count.Answer);
    }

    [Fact]
    public void An_item_takes_no_votes_until_the_panel_is_drawn()
    {
        World world = Peopled();
        TaskId batch = world.PostPanel(24), item = world.PostItem(batch);
        world.Do(world.NextBlock() with { Size = (ulong)world.State.FindBatch(batch)!.Terms.Posted.Value });
        Assert.Equal(new Refusal.NotDrawnYet(), world.Apply(new Vote(world.By(Crowd[0]), item, 0)));
        world.Block();
        world.Vote(Seats(world, batch).Contains(World.Id(Crowd[0])) ? Crowd[0] : Crowd[1], item, 0);
    }

    [Fact]
    public void A_panel_never_changes_once_drawn()
    {
        World world = Peopled();
        TaskId batch = world.PostPanel(5);
        world.Block("one");
        ImmutableArray<AccountId> panel = Seats(world, batch);
        world.Join("dora");
        for (int block = 0; block < 3; block++) world.Block($"another {block}");
        Assert.Equal(panel, Seats(world, batch));
        Assert.False(world.State.NeedsBlock);
    }

    [Fact]
    public void Whoever_is_drawn_stood_so_before_the_batch_and_each_person_and_group_has_its_seats() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 12], Gen.Int[1, 12]).Sample((beacon, german, austrian) =>
        {
            World world = Peopled();
            foreach (string name in (string[])["voter0", "voter2", "voter4"])
                world.Do(new Attest(world.By("olga"), World.Id(name), 1, World.Hash("one person")));
            world.Do(new Attest(world.By("olga"), World.Id("rita"), 1, World.Hash("requester")));
            world.Do(new Attest(world.By("olga"), World.Id("voter6"), 1, World.Hash("requester")));
            TaskId batch = world.PostPanel(
                (uint)(german + austrian), message => message with { Quotas = $"country=DE:{german},country=AT:{austrian}" });
            world.Do(new Register(world.By("late"), [], "country=DE"));
            world.Block($"{beacon}");

            string[] panel = [.. Crowd.Where(name => Seats(world, batch).Contains(World.Id(name)))];
            Assert.Equal(panel.Length, Seats(world, batch).Length);
            Assert.Equal((Math.Min(german, 9), austrian), (panel.Count(Germans.Contains), panel.Count(Austrians.Contains)));
            Assert.InRange(panel.Count(static name => name is "voter0" or "voter2" or "voter4"), 0, 1);
            Assert.DoesNotContain("voter6", panel);
        }, iter: 60);

    [Fact]
    public void A_person_known_later_has_one_vote_on_each_item()
    {
        World world = Peopled();
        TaskId batch = world.PostPanel(40), item = world.PostItem(batch);
        world.Block();
        foreach (string name in (string[])["voter0", "voter1"])
            world.Do(new Attest(world.By("olga"), World.Id(name), 1, World.Hash("one person")));
        world.Vote("voter0", item, 0);
        Assert.IsType<Refusal.PersonVoted>(world.Apply(new Vote(world.By("voter1"), item, 0)));
    }

    [Theory]
    [InlineData("sample")]
    [InlineData("voters")]
    [InlineData("maximum")]
    public void An_item_of_a_panel_chooses_no_voters_of_its_own(string member)
    {
        World world = World.Founded();
        PostPoll item = world.Terms() with { Batch = world.PostPanel(3).Value };
        item = member switch
        {
            "sample" => item with { Sample = 3 },
            "voters" => item with { Voters = "country=DE" },
            _ => item with { Maximum = 4 },
        };
        Assert.Equal(member, Assert.IsType<Refusal.InvalidTerm>(world.Apply(item)).Member);
    }

    [Theory]
    [InlineData("sample", 10_001u, "open", "")]
    [InlineData("voters", 0u, "country=DE", "")]
    [InlineData("voters", 5u, "named", "")]
    [InlineData("voters", 5u, "admitted", "")]
    [InlineData("quotas", 0u, "open", "country=DE:5")]
    [InlineData("quotas", 5u, "open", "country=DE:4")]
    [InlineData("quotas", 5u, "open", "nonsense")]
    public void A_batch_says_of_its_panel_what_can_be_drawn(string member, uint sample, string voters, string quotas)
    {
        World world = World.Founded();
        PostBatch message = world.BatchTerms() with { Sample = sample, Voters = voters, Quotas = quotas };
        Assert.Equal(member, Assert.IsType<Refusal.InvalidTerm>(world.Apply(message)).Member);
    }

    [Fact]
    public void A_batch_nobody_can_answer_any_more_waits_for_no_block()
    {
        World world = World.Founded();
        TaskId empty = world.PostPanel(3);
        Assert.Equal(world.State.FindBatch(empty)!.Terms.Posted, world.State.OldestAwaiting);
        world.Do(new CloseBatch(world.By("rita"), empty));
        Assert.False(world.State.NeedsBlock);

        TaskId late = world.PostPanel(3), item = world.PostItem(late);
        Assert.True(world.State.NeedsBlock);
        world.Tick(World.Day);
        Assert.False(world.State.NeedsBlock);
        Assert.Equal(OutcomeKind.Expired, world.Outcome(item).Kind);
        world.Block();
        Assert.Null(world.State.FindBatch(late)!.Panel);
    }

    [Fact]
    public void A_panel_is_let_go_with_the_last_vote_and_what_stays_is_its_digest()
    {
        World world = World.Founded();
        TaskId batch = world.PostPanel(1), item = world.PostItem(batch, maximum: 1);
        world.Do(new CloseBatch(world.By("rita"), batch));
        world.Block();
        Panel drawn = world.State.FindBatch(batch)!.Panel!;
        string voter = People.Single(name => drawn.Has(World.Id(name)));
        world.Vote(voter, item, 1);
        Assert.Equal(drawn with { Seats = [] }, world.State.FindBatch(batch)!.Panel);
        Assert.Equal(12UL, world.Earned(voter));
        world.Tick(World.Day);
        world.Tick(9 * World.Day);
        Assert.Empty(world.State.Batches);
        Assert.Null(world.State.NextDue);
    }

    [Fact]
    public void A_snapshot_keeps_the_panel_and_who_waits_for_one()
    {
        World world = Peopled();
        TaskId batch = world.PostPanel(5), item = world.PostItem(batch);
        world.Block();
        TaskId waiting = world.PostPanel(6);
        using MemoryStream file = new();
        ChainSpace.Rules.State.Snapshot.Write(world.State, file);
        file.Position = 0;
        SpaceState read = ChainSpace.Rules.State.Snapshot.Read(file);
        Assert.Equal(Seats(world, batch), read.FindBatch(batch)!.Panel!.Seats);
        Assert.Equal(read.FindBatch(waiting)!.Terms.Posted, read.OldestAwaiting);
        Assert.Equal(StateHash.Of(world.State), StateHash.Of(read));
        Assert.Equal(batch, read.FindPoll(item)!.Place!.Batch.Terms.Id);
    }

    private static IEnumerable<string> Germans => Crowd.Where(static (_, number) => number % 2 == 0);

    private static IEnumerable<string> Austrians => Crowd.Where(static (_, number) => number % 2 == 1);

    // Twelve Germans and twelve Austrians beside the five of every test.
    private static World Peopled()
    {
        World world = World.Founded();
        foreach (string name in Germans) world.Do(new Register(world.By(name), [], "country=DE"));
        foreach (string name in Austrians) world.Do(new Register(world.By(name), [], "country=AT"));
        return world;
    }

    private static ImmutableArray<AccountId> Seats(World world, TaskId batch) => world.State.FindBatch(batch)!.Panel!.Seats;
}
