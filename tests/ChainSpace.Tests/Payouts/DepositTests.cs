using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Payouts;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Payouts;

public sealed class DepositTests
{
    private readonly World world = World.Founded();

    [Fact]
    public void Who_disagrees_loses_the_deposit_to_those_who_agree_and_a_fifth_to_the_fund()
    {
        TaskId poll = world.Post(12, 3, static terms => terms with { Deposit = new Amount(11) });
        world.Vote("anna", poll, 0);
        Assert.Equal(11UL, (ulong)world.Account("anna").Balance.Escrowed.Units);
        world.Vote("ben", poll, 1);
        world.Vote("cleo", poll, 0);
        // 11 lost, 2 of them to the fund; 12 + 9 = 21 for two.
        Assert.Equal((11UL, 0UL, 10UL), (world.Earned("anna"), world.Earned("ben"), world.Earned("cleo")));
        Assert.Equal(new Amount(989), world.Account("ben").Balance.Total);
        Assert.Equal(new Amount(2), world.State.Fund);
        Assert.Equal(Amount.Zero, world.Account("anna").Balance.Escrowed);
    }

    [Fact]
    public void Without_an_answer_every_deposit_comes_back()
    {
        TaskId poll = world.Post(12, 2, static terms => terms with { Deposit = new Amount(11) });
        world.Vote("anna", poll, 0);
        world.Vote("ben", poll, 1);
        Assert.Equal(OutcomeKind.Inconclusive, world.Outcome(poll).Kind);
        Assert.Equal(new Amount(1006), world.Account("ben").Balance.Available);
        Assert.Equal(Amount.Zero, world.State.Fund);
    }

    [Fact]
    public void A_vote_the_operator_could_not_open_gets_its_deposit_back_and_a_spoiled_one_does_not()
    {
        TaskId poll = world.PostSealed(12, 4, static terms => terms with { Deposit = new Amount(10) });
        world.Join("dan");
        world.SealedVote("anna", poll, 0);
        world.SealedVote("ben", poll, 0);
        world.SealedVote("cleo", poll, 7);
        world.SealedVote("dan", poll, 1);
        world.Open(poll, "dan");
        world.Tick(Limits.GraceMilliseconds);
        Assert.Equal(OutcomeKind.Closed, world.Outcome(poll).Kind);
        Assert.Equal(new Amount(1000), world.Account("dan").Balance.Total);
        Assert.Equal(new Amount(990), world.Account("cleo").Balance.Total);
        Assert.Equal(10UL, world.Earned("anna"));
        Assert.Equal(new Amount(2), world.State.Fund);
    }

    [Fact]
    public void Whoever_cannot_pay_the_deposit_cannot_vote()
    {
        TaskId poll = world.Post(12, 3, static terms => terms with { Deposit = new Amount(1001) });
        Assert.Equal(new Refusal.OverBalance(new Amount(1000)), world.Apply(new Vote(world.By("anna"), poll, 0)));
        TaskId hidden = world.PostSealed(12, 3, static terms => terms with { Deposit = new Amount(1001) });
        Assert.Equal(new Refusal.OverBalance(new Amount(1000)), world.Apply(world.Sealed("anna", hidden, 0)));
    }

    [Fact]
    public void A_session_spends_its_limit_on_deposits_and_bonuses()
    {
        world.Do(world.Delegation("anna", "phone"));
        TaskId first = world.Post(12, 3, static terms => terms with { Deposit = new Amount(15) });
        TaskId second = world.Post(12, 3, static terms => terms with { Deposit = new Amount(6) });
        world.Do(new Vote(world.By("anna"), first, 0), World.SessionId("phone"));
        Assert.Equal(
            new Refusal.OverSpendingLimit(new Amount(5)),
            world.Apply(new Vote(world.By("anna"), second, 0), World.SessionId("phone")));
        world.Do(world.Delegation("rita", "tablet", "post"));
        Assert.Equal(
            new Refusal.OverSpendingLimit(new Amount(20)),
            world.Apply(Bonus(first, "anna", 21), World.SessionId("tablet")));
        world.Do(Bonus(first, "anna", 20), World.SessionId("tablet"));
    }

    [Fact]
    public void A_bonus_is_earned_by_a_voter_and_paid_by_the_requester()
    {
        TaskId poll = world.Post(12, 2);
        world.Vote("anna", poll, 0);
        Assert.Equal(new Refusal.NotEligible("voted"), world.Apply(Bonus(poll, "ben", 5)));
        Assert.IsType<Refusal.UnknownPoll>(world.Apply(Bonus(default, "anna", 5)));
        Assert.IsType<Refusal.NotRegistered>(world.Apply(Bonus(poll, "nobody", 5)));
        Assert.IsType<Refusal.InvalidTerm>(world.Apply(Bonus(poll, "anna", 0)));
        Assert.IsType<Refusal.InvalidTerm>(world.Apply(Bonus(poll, "rita", 1)));
        Assert.Equal(new Refusal.OverBalance(new Amount(988)), world.Apply(Bonus(poll, "anna", 989)));
        Assert.IsType<Refusal.RequesterOnly>(world.Apply(Bonus(poll, "anna", 5) with { Header = world.By("ben") }));
        world.Do(Bonus(poll, "anna", 5));
        world.Vote("ben", poll, 0);
        world.Do(Bonus(poll, "ben", 7));
        Assert.Equal((11UL, 13UL), (world.Earned("anna"), world.Earned("ben")));
        Assert.Equal(new Amount(976), world.Account("rita").Balance.Total);
    }

    [Fact]
    public void The_fund_is_hashed_and_kept_in_snapshots()
    {
        Who_disagrees_loses_the_deposit_to_those_who_agree_and_a_fifth_to_the_fund();
        using MemoryStream file = new();
        ChainSpace.Rules.State.Snapshot.Write(world.State, file);
        file.Position = 0;
        Assert.Equal(world.State.Fund, ChainSpace.Rules.State.Snapshot.Read(file).Fund);
        Bytes32 before = StateHash.Of(world.State);
        world.State.Fund += new Amount(1);
        Assert.NotEqual(before, StateHash.Of(world.State));
    }

    [Theory]
    [InlineData("majority", "response", 8, 8, 0)]
    [InlineData("equal", "response", 8, 8, 8)]
    [InlineData("equal", "fixed", 8, 8, 8)]
    [InlineData("majority", "fixed", 12, 12, 0)]
    public void Pricing_says_what_is_shared_and_payout_among_whom(
        string payout, string pricing, ulong anna, ulong ben, ulong cleo)
    {
        TaskId poll = world.Post(24, 3, terms => terms with { Payout = payout, Pricing = pricing });
        world.Vote("anna", poll, 0);
        world.Vote("ben", poll, 0);
        world.Vote("cleo", poll, 1);
        Assert.Equal((anna, ben, cleo), (world.Earned("anna"), world.Earned("ben"), world.Earned("cleo")));
        Assert.Equal(new Amount(1000 - anna - ben - cleo), world.Account("rita").Balance.Total);
    }

    [Fact]
    public void A_better_record_costs_more_and_is_paid_more_by_quality()
    {
        world.Account("anna").Reputation = world.Account("anna").Reputation.SetItem("birds", new(60, 1, world.State.Now));
        world.Join("dan");
        TaskId poll = world.Post(800, 4, static terms => terms with { Payout = "quality", Pricing = "quality" });
        world.Vote("anna", poll, 0);
        world.Vote("ben", poll, 0);
        world.Vote("dan", poll, 0);
        world.Vote("cleo", poll, 1);
        Assert.True(world.Earned("anna") > world.Earned("ben"));
        Assert.Equal(0UL, world.Earned("cleo"));
        // A newcomer's .8 is worth .278 bit of the .806 that the surest can be: .345 of 200, rounded down.
        double rate = Information.Bits(0.8, 2) / Information.Bits(0.97, 2);
        Assert.Equal(0.345, rate, 0.001);
        ulong paid = world.Earned("anna") + world.Earned("ben") + world.Earned("dan");
        Assert.InRange(paid, (ulong)(400 * rate) + 150, (ulong)(400 * rate) + 200);
        Assert.Equal(new Amount(1000 - paid), world.Account("rita").Balance.Total);
    }

    /// <summary>Three who all say 1 and forecast 80 %: scores 1 + .96, so each gets 98 % of a third.</summary>
    [Fact]
    public void The_truth_serum_pays_half_the_score_of_an_equal_part()
    {
        TaskId poll = world.PostSealed(
            300, 3, static terms => terms with { Payout = "truth-serum", Format = "opinion", Minimum = 3 });
        foreach (string voter in (string[])["anna", "ben", "cleo"]) world.SealedVote(voter, poll, 101 + 80);
        world.Open(poll);
        Assert.Equal(OutcomeKind.Closed, world.Outcome(poll).Kind);
        Assert.Equal((98UL, 98UL, 98UL), (world.Earned("anna"), world.Earned("ben"), world.Earned("cleo")));
        Assert.Equal(new Amount(706), world.Account("rita").Balance.Total);
    }

    private Bonus Bonus(TaskId poll, string to, ulong amount) =>
        new(world.By("rita"), poll, World.Id(to), new Amount(amount), default);
}
