using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Selection;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Polls;

public sealed class DrawTests
{
    private static readonly string[] Germans = [.. Enumerable.Range(0, 20).Select(static i => $"de{i}")];

    [Fact]
    public void Seats_are_the_draw_of_the_block_s_root_among_the_eligible()
    {
        World world = Peopled();
        TaskId poll = world.Post(terms: Sampled);
        world.Block("beacon");
        ImmutableArray<AccountId> drawn =
            Sortition.Draw(World.Hash("beacon"), poll, Germans.Select(static name => (World.Id(name), 1.0)), 5);
        Assert.Equal(drawn.Sort(), Seats(world, poll));
    }

    [Fact]
    public void Only_the_seated_may_vote()
    {
        World world = Peopled();
        TaskId poll = world.Post(terms: Sampled);
        world.Block();
        ImmutableArray<AccountId> seats = Seats(world, poll);
        foreach (string name in Germans)
        {
            if (world.Poll(poll).Stage is not Stage.Voting) break;
            Refusal? refusal = world.Apply(new Vote(world.By(name), poll, 0));
            if (seats.Contains(World.Id(name))) Assert.Null(refusal);
            else Assert.Equal(new Refusal.NotEligible("drawn"), refusal);
        }
    }

    [Fact]
    public void The_operator_who_can_read_sealed_votes_is_neither_drawn_nor_votes()
    {
        World world = World.Founded();
        TaskId drawn = world.Post(terms: static message => message with { Sample = 100, Maximum = 10 });
        TaskId batch = world.PostPanel(40);
        world.Block();
        Assert.DoesNotContain(World.Id("olga"), Seats(world, drawn));
        Assert.False(world.State.FindBatch(batch)!.Panel!.Has(World.Id("olga")));
        foreach (TaskId poll in (TaskId[])[world.Post(), drawn])
            Assert.Equal(new Refusal.NotEligible("operator"), world.Apply(new Vote(world.By("olga"), poll, 0)));
        TaskId named = world.Post(terms: static message => message with { Voters = "named", Named = [World.Id("olga")] });
        Assert.Equal(new Refusal.NotEligible("operator"), world.Apply(new Vote(world.By("olga"), named, 0)));
    }

    [Fact]
    public void Who_registers_or_dresses_after_the_poll_is_not_drawn()
    {
        World world = World.Founded();
        TaskId poll = world.Post(terms: static message => Sampled(message) with { Sample = 100 });
        world.Do(new Register(world.By("anna"), [], "country=DE"));
        world.Do(new Register(world.By("dora"), [], "country=DE"));
        world.Block();
        Assert.Empty(Seats(world, poll));
    }

    [Fact]
    public void Registering_again_without_a_change_costs_nothing()
    {
        World world = World.Founded();
        world.Do(new Register(world.By("anna"), [], "country=DE"));
        TaskId poll = world.Post(terms: static message => Sampled(message) with { Sample = 100 });
        world.Do(new Register(world.By("anna"), [], "country=DE"));
        world.Block();
        Assert.Equal([World.Id("anna")], Seats(world, poll));
    }

    [Fact]
    public void A_block_that_does_not_cover_the_poll_does_not_draw()
    {
        World world = Peopled();
        TaskId poll = world.Post(terms: Sampled);
        world.Do(world.NextBlock() with { Size = (ulong)world.Poll(poll).Terms.Posted.Value });
        Assert.IsType<Stage.Drawing>(world.Poll(poll).Stage);
        Assert.True(world.State.NeedsBlock);
        world.Block();
        Assert.IsType<Stage.Voting>(world.Poll(poll).Stage);
        Assert.False(world.State.NeedsBlock);
    }

    [Fact]
    public void Too_few_eligible_expires_and_refunds_at_the_deadline()
    {
        World world = World.Founded();
        TaskId poll = world.Post(terms: static message => Sampled(message) with { Minimum = 2 });
        world.Block();
        Assert.Empty(Seats(world, poll));
        world.Tick(World.Day);
        Assert.Equal(OutcomeKind.Expired, world.Outcome(poll).Kind);
        Assert.Equal((UInt128)1000, world.Account("rita").Balance.Available.Units);
    }

    [Fact]
    public void The_winner_of_a_lottery_is_the_draw_of_the_next_root_among_the_counted()
    {
        for (int round = 0; round < 20; round++)
        {
            World world = World.Founded();
            TaskId poll = world.PostSealed(maximum: 3, terms: static message => message with { Payout = "lottery" });
            world.SealedVote("anna", poll, 0);
            world.SealedVote("ben", poll, 9);
            world.SealedVote("cleo", poll, 0);
            world.Open(poll);
            world.Block($"beacon {round}");
            (AccountId, double)[] tickets = [(World.Id("anna"), 1), (World.Id("cleo"), 1)];
            AccountId winner = Sortition.Draw(World.Hash($"beacon {round}"), poll, tickets, 1)[0];
            Assert.Equal((UInt128)12, world.State.FindAccount(winner)!.Balance.Earned.Units);
            Assert.Equal(12UL, world.Earned("anna") + world.Earned("cleo"));
        }
    }

    [Fact]
    public void A_raffle_is_not_drawn_by_a_block_from_before_its_end()
    {
        World world = World.Founded();
        TaskId poll = world.Post(maximum: 1, terms: static message => message with { Payout = "lottery" });
        ulong before = (ulong)world.State.Size;
        world.Vote("anna", poll, 0);
        world.Do(world.NextBlock() with { Size = before });
        Assert.IsType<Stage.Raffle>(world.Poll(poll).Stage);
        world.Block();
        Assert.Equal(12UL, world.Earned("anna"));
    }

    private static World Peopled()
    {
        World world = World.Founded();
        foreach (string name in Germans) world.Do(new Register(world.By(name), [], "country=DE"));
        return world;
    }

    private static PostPoll Sampled(PostPoll message) => message with { Sample = 5, Voters = "country=DE", Maximum = 4 };

    private static ImmutableArray<AccountId> Seats(World world, TaskId poll) => ((Stage.Voting)world.Poll(poll).Stage).Seats;
}
