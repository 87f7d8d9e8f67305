using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.State;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Eligibility;

public sealed class AdmissionTests
{
    [Fact]
    public void Only_who_was_admitted_votes_and_only_once()
    {
        (World world, TaskId poll) = Open();
        Assert.Equal(new Refusal.NotEligible("admitted"), world.Apply(new Vote(world.By("anna"), poll, 0)));
        world.Do(Admitted(world, poll, "anna"));
        Assert.Null(world.Apply(new Vote(world.By("anna"), poll, 0)));
        Assert.Equal(new Refusal.NotEligible("admitted"), world.Apply(new Vote(world.By("ben"), poll, 0)));
        Assert.IsType<Refusal.AlreadyVoted>(world.Apply(new Vote(world.By("anna"), poll, 1)));
    }

    [Fact]
    public void Nobody_but_the_operator_admits_and_nobody_but_who_can_vote_is_admitted()
    {
        (World world, TaskId poll) = Open();
        Assert.IsType<Refusal.OperatorOnly>(world.Apply(new Admit(world.By("anna"), poll, default, World.Id("anna"))));
        Assert.IsType<Refusal.UnknownPoll>(world.Apply(Admitted(world, default, "anna")));
        Assert.IsType<Refusal.NotRegistered>(world.Apply(Admitted(world, poll, "nobody")));
        Assert.Equal(new Refusal.NotEligible("own"), world.Apply(Admitted(world, poll, "rita")));
        Assert.Equal(new Refusal.NotEligible("operator"), world.Apply(Admitted(world, poll, "olga")));
        Assert.IsType<Refusal.InvalidTerm>(world.Apply(Admitted(world, world.Post(), "anna")));
        world.Do(Admitted(world, poll, "anna"));
        Assert.IsType<Refusal.InvalidTerm>(world.Apply(Admitted(world, poll, "anna")));
        world.Do(new ClosePoll(world.By("rita"), poll));
        Assert.IsType<Refusal.PollClosed>(world.Apply(Admitted(world, poll, "ben")));
    }

    [Fact]
    public void Admissions_are_part_of_the_state_and_go_when_voting_ends()
    {
        (World world, TaskId poll) = Open();
        Bytes32 before = Hash(world.State);
        world.Do(Admitted(world, poll, "anna"));
        world.Do(Admitted(world, poll, "ben"));
        Bytes32 admitted = Hash(world.State);
        Assert.NotEqual(before, admitted);
        (World other, TaskId same) = Open();
        other.Do(Admitted(other, same, "anna"));
        other.Do(new Admit(other.By("olga"), same, World.Hash("something else"), World.Id("ben")));
        Assert.NotEqual(admitted, Hash(other.State));

        using MemoryStream file = new();
        ChainSpace.Rules.State.Snapshot.Write(world.State, file);
        file.Position = 0;
        SpaceState restored = ChainSpace.Rules.State.Snapshot.Read(file);
        Assert.Equal(admitted, Hash(restored));
        Assert.True(restored.Admissions.Has(poll, World.Id("ben")));
        Assert.Equal(StateText.Of(world.State).Split("changed")[0], StateText.Of(restored).Split("changed")[0]);

        world.Do(new ClosePoll(world.By("rita"), poll));
        Assert.Equal(0, world.State.Admissions.Count);
    }

    [Fact]
    public void A_condition_of_twenty_receipts_and_a_high_lower_bound_opens_when_both_are_earned()
    {
        const string wanted = "receipts:translation>=20,reputation:translation>=0.85";
        World world = World.Founded(grant: 100_000);
        for (int round = 0; round < 20; round++)
        {
            TaskId gate = world.Post(terms: terms => terms with { Voters = wanted, Category = "other" });
            Refusal? refusal = world.Apply(new Vote(world.By("anna"), gate, 0));
            Assert.Equal(new Refusal.NotEligible("receipts:translation>=20"), refusal);
            TaskId earning = world.Post(terms: terms => terms with { Category = "translation" });
            foreach (string voter in (string[])["anna", "ben", "cleo"]) world.Vote(voter, earning, 1);
        }

        Assert.Equal(20, world.Account("anna").ReceiptsIn("translation"));
        TaskId open = world.Post(terms: terms => terms with { Voters = wanted, Category = "other" });
        world.Join("dora");
        Assert.Equal(new Refusal.NotEligible("receipts:translation>=20"), world.Apply(new Vote(world.By("dora"), open, 0)));
        double bound = world.Account("anna").EvidenceIn("translation").LowerBound;
        string reached = $"receipts:translation>=20,reputation:translation>={Math.Floor(bound * 1000) / 1000:0.###}";
        TaskId second = world.Post(terms: terms => terms with { Voters = reached, Category = "other" });
        Assert.Null(world.Apply(new Vote(world.By("anna"), second, 0)));
        string missed = $"receipts:translation>=20,reputation:translation>={Math.Ceiling(bound * 1000) / 1000 + 0.001:0.###}";
        TaskId third = world.Post(terms: terms => terms with { Voters = missed, Category = "other" });
        Assert.IsType<Refusal.NotEligible>(world.Apply(new Vote(world.By("ben"), third, 0)));
    }

    [Fact]
    public void A_vote_that_earns_nothing_counts_as_no_receipt()
    {
        World world = World.Founded();
        TaskId poll = world.Post();
        world.Vote("anna", poll, 1);
        world.Vote("ben", poll, 1);
        world.Vote("cleo", poll, 0);
        Assert.Equal((1, 1, 0), (Count("anna"), Count("ben"), Count("cleo")));
        int Count(string name) => world.Account(name).ReceiptsIn("birds");
    }

    [Theory]
    [InlineData("receipts>=1", true)]
    [InlineData("receipts:a-b>=1000000", true)]
    [InlineData("receipts>=1000001", false)]
    [InlineData("receipts>=01", false)]
    [InlineData("receipts>=", false)]
    [InlineData("receipts:>=1", false)]
    [InlineData("receipts:A>=1", false)]
    [InlineData("reputation:birds>=0.9", true)]
    [InlineData("other>=1", false)]
    [InlineData("receipts=5", false)]
    public void Clauses_have_one_spelling(string clause, bool isRead) =>
        Assert.Equal(isRead, ChainSpace.Rules.Eligibility.VoterFilter.TryRead(clause) is not null);

    private static (World World, TaskId Poll) Open()
    {
        World world = World.Founded();
        return (world, world.Post(terms: terms => terms with { Voters = "admitted" }));
    }

    private static Admit Admitted(World world, TaskId poll, string name) =>
        new(world.By("olga"), poll, World.Hash(name), World.Id(name));

    private static Bytes32 Hash(SpaceState state) => new StateHash().Compute(state);
}
