using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Polls;

public sealed class LeaseTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 30).Select(static i => $"v{i}")];

    private static readonly Dictionary<AccountId, string> NameOf = Names.ToDictionary(World.Id);

    [Fact]
    public void Who_does_not_vote_in_time_makes_room_and_may_not_vote_any_more()
    {
        World world = Peopled();
        TaskId poll = world.Post(maximum: 5, terms: Leased);
        world.Block("beacon");
        ImmutableArray<AccountId> first = Seats(world, poll);
        world.Vote(NameOf[first[2]], poll, 0);
        world.Tick(World.Hour - 1);
        Assert.Equal(first, Seats(world, poll));

        world.Tick(1);
        Fact.SeatsChanged changed = Assert.Single(world.Rules.Facts.OfType<Fact.SeatsChanged>());
        Assert.Equal(first.Remove(first[2]), changed.Lapsed);
        Assert.Equal(new Moment(world.Now + World.Hour), changed.LeaseEnd);
        ImmutableArray<AccountId> second = Seats(world, poll);
        Assert.Equal((5, first[2]), (second.Length, Assert.Single(second.Intersect(first))));
        Assert.Equal(new Refusal.NotEligible("lapsed"), world.Apply(new Vote(world.By(NameOf[first[0]]), poll, 0)));
        world.Vote(NameOf[changed.Seated[0]], poll, 0);
    }

    [Fact]
    public void The_last_of_the_reserve_keep_their_seats_to_the_deadline()
    {
        World world = Peopled();
        TaskId poll = world.Post(maximum: 5, terms: Leased);
        world.Block("beacon");
        for (int wave = 0; wave < 3; wave++) world.Tick(World.Hour);
        ImmutableArray<AccountId> last = Seats(world, poll);
        Assert.Null(world.Poll(poll).LeaseEnd);
        Assert.Equal(world.Poll(poll).Terms.Message.Deadline, world.Poll(poll).Due);
        world.Tick(World.Hour);
        Assert.Equal(last, Seats(world, poll));
        world.Vote(NameOf[last[0]], poll, 0);
        world.Tick(World.Day);
        Assert.Equal(OutcomeKind.Closed, world.Outcome(poll).Kind);
    }

    [Fact]
    public void A_lease_that_would_end_with_the_poll_or_later_is_none()
    {
        World world = Peopled();
        TaskId poll = world.Post(maximum: 5, terms: static message => Leased(message) with { Lease = (ulong)World.Day });
        world.Block("beacon");
        Assert.Null(world.Poll(poll).LeaseEnd);
        world.Tick(World.Day);
        Assert.Equal(OutcomeKind.Expired, world.Outcome(poll).Kind);
    }

    [Fact]
    public void Sealed_polls_have_leases_too_and_those_that_voted_are_opened_though_seats_moved_on()
    {
        World world = Peopled();
        TaskId poll = world.PostSealed(maximum: 5, terms: Leased);
        world.Block("beacon");
        string early = NameOf[Seats(world, poll)[0]];
        world.SealedVote(early, poll, 1);
        world.Tick(World.Hour);
        world.Tick(World.Day);
        world.Open(poll);
        Assert.Equal(1, world.Outcome(poll).Count.Votes);
        Assert.Equal(12UL, world.Earned(early));
    }

    [Fact]
    public void Quotas_are_met_from_the_groups_and_nobody_else_is_drawn()
    {
        World world = World.Founded();
        for (int i = 0; i < Names.Length; i++)
            world.Do(new Register(world.By(Names[i]), [], i % 3 == 0 ? "country=DE" : i % 3 == 1 ? "country=AT" : "country=FR"));
        TaskId poll = world.Post(maximum: 5, terms: static message =>
            message with { Sample = 9, Quotas = "country=DE:4,country=AT:5" });
        world.Block("beacon");
        string[] countries = [.. Seats(world, poll).Select(seat => world.State.FindAccount(seat)!.Attributes)];
        Assert.Equal((4, 5), (countries.Count(static c => c == "country=DE"), countries.Count(static c => c == "country=AT")));
    }

    [Fact]
    public void One_person_has_one_seat_and_one_vote_and_none_on_an_own_poll()
    {
        World world = Peopled();
        foreach (string name in Names[..15]) Attest(world, name, "one and the same");
        Attest(world, Names[20], "rita");
        Attest(world, "rita", "rita");
        TaskId poll = world.Post(maximum: 5, terms: static message => message with { Sample = 30 });
        TaskId open = world.Post(maximum: 5);
        world.Block("beacon");
        ImmutableArray<AccountId> seats = Seats(world, poll);
        Assert.Equal(World.Id(Names[0]), Assert.Single(seats.Intersect(Names[..15].Select(World.Id))));
        Assert.DoesNotContain(World.Id(Names[20]), seats);

        world.Vote(Names[3], open, 0);
        Assert.IsType<Refusal.PersonVoted>(world.Apply(new Vote(world.By(Names[4]), open, 1)));
        Assert.Equal(new Refusal.NotEligible("own"), world.Apply(new Vote(world.By(Names[20]), open, 1)));
        world.Vote(Names[16], open, 0);
    }

    [Fact]
    public void A_filter_asks_for_persons_and_who_is_attested_after_the_poll_is_not_drawn()
    {
        World world = Peopled();
        Attest(world, Names[0], "first", level: 2);
        Attest(world, Names[1], "second", level: 1);
        TaskId poll = world.Post(maximum: 1, terms: static message => message with { Sample = 5, Voters = "person>=2" });
        TaskId open = world.Post(maximum: 5, terms: static message => message with { Voters = "person>=1" });
        Attest(world, Names[2], "third", level: 3);
        world.Block("beacon");
        Assert.Equal([World.Id(Names[0])], Seats(world, poll));
        Assert.Equal(new Refusal.NotEligible("person>=1"), world.Apply(new Vote(world.By(Names[5]), open, 0)));
        world.Vote(Names[2], open, 0);
        Attest(world, Names[1], "second", level: 0);
        Assert.Equal(new Refusal.NotEligible("person>=1"), world.Apply(new Vote(world.By(Names[1]), open, 0)));
    }

    [Fact]
    public void Only_the_operator_attests_and_a_person_has_at_most_twenty_accounts()
    {
        World world = Peopled();
        Attest refused = new(world.By(Names[0]), World.Id(Names[0]), 1, World.Hash("me"));
        Assert.IsType<Refusal.OperatorOnly>(world.Apply(refused));
        foreach (string name in Names[..20]) Attest(world, name, "many");
        Attest next = new(world.By("olga"), World.Id(Names[20]), 1, World.Hash("many"));
        Assert.Equal("cluster", Assert.IsType<Refusal.InvalidTerm>(world.Apply(next)).Member);
        Attest(world, Names[19], "many", level: 3);
    }

    private static void Attest(World world, string name, string person, uint level = 1) => world.Do(
        new Attest(world.By("olga"), World.Id(name), level, level == 0 ? default : World.Hash(person)));

    private static World Peopled()
    {
        World world = World.Founded();
        world.Join(Names);
        return world;
    }

    private static PostPoll Leased(PostPoll message) => message with
    {
        Sample = 5,
        Lease = (ulong)World.Hour,
        Voters = "named",
        Named = [.. Names.Select(World.Id).Order()],
    };

    private static ImmutableArray<AccountId> Seats(World world, TaskId poll) => ((Stage.Voting)world.Poll(poll).Stage).Seats;
}
