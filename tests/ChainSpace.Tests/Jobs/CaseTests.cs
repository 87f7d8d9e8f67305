using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Jobs;

public sealed class CaseTests
{
    private const uint Pay = 0, Refund = 1, Split = 2;

    private readonly Workshop shop = new();
    private readonly TaskId job;

    public CaseTests()
    {
        job = shop.Post();
        shop.Deliver("anna", job);
    }

    private World World => shop.World;

    [Fact]
    public void A_decline_opens_a_case_by_itself_and_locks_what_the_jury_costs()
    {
        TaskId poll = shop.Decline("anna", job);
        Assert.Equal(1_120ul, shop.Locked("rita"));
        Assert.True(World.Poll(poll).Terms.IsSealed);
        World.Block();
        Assert.DoesNotContain(World.Id("anna"), shop.Seats(poll));
        Assert.DoesNotContain(World.Id("rita"), shop.Seats(poll));
    }

    [Fact]
    public void A_jury_that_says_pay_pays_the_worker_and_the_requester_pays_the_jury()
    {
        shop.Decide(shop.Decline("anna", job), Pay, Pay, Refund);
        Assert.Equal((11_000ul, 8_880ul, 0ul), (shop.Free("anna"), shop.Free("rita"), shop.Locked("rita")));
        Assert.Equal(1u, World.State.Jobs.RecordOf(World.Id("rita")).Overturned);
    }

    [Fact]
    public void A_jury_that_says_refund_frees_the_reward_and_the_worker_pays_the_jury()
    {
        shop.Decide(shop.Decline("anna", job), Refund, Refund, Pay);
        Assert.Equal((9_880ul, 0ul), (shop.Free("anna"), shop.Locked("anna")));
        Assert.Equal(1_000ul, shop.Locked("rita"));
        Assert.Equal(9_000ul, shop.Free("rita"));
        Assert.True(World.Account("anna").EvidenceIn("work/writing").Mean < 0.4);
        shop.Claim("ben", job);
    }

    [Fact]
    public void A_jury_that_says_split_pays_half_and_both_pay_for_it()
    {
        shop.Decide(shop.Decline("anna", job), Split, Split, Pay);
        Assert.Equal((10_440ul, 9_440ul), (shop.Free("anna"), shop.Free("rita")));
    }

    [Fact]
    public void Where_the_jury_does_not_decide_the_worker_is_paid()
    {
        shop.Decide(shop.Decline("anna", job), Pay, Refund, Split);
        Assert.Equal(11_000ul, shop.Free("anna"));
    }

    [Fact]
    public void Where_no_juror_comes_the_worker_is_paid_and_the_fee_goes_back()
    {
        shop.Decline("anna", job);
        World.Tick(3 * World.Day);
        Assert.Equal((11_000ul, 9_000ul), (shop.Free("anna"), shop.Free("rita")));
    }

    [Fact]
    public void A_worker_who_concedes_before_the_jury_votes_pays_nothing()
    {
        shop.Decline("anna", job);
        World.Do(new LeaveJob(World.By("anna"), job));
        Assert.Equal((10_000ul, 9_000ul, 1_000ul), (shop.Free("anna"), shop.Free("rita"), shop.Locked("rita")));
    }

    [Fact]
    public void Of_a_bond_above_the_fee_who_concedes_leaves_half_of_what_is_above_to_the_fund()
    {
        TaskId other = Declined(bond: 3_000);
        World.Do(new LeaveJob(World.By("ben"), other));
        Assert.Equal((9_910ul, 0ul, new Amount(90)), (shop.Free("ben"), shop.Locked("ben"), World.State.Fund));
        Assert.Equal((8_000ul, 2_000ul), (shop.Free("rita"), shop.Locked("rita")));
    }

    [Theory]
    [InlineData(Refund, 9_700, 180)]
    [InlineData(Split, 10_350, 90)]
    [InlineData(Pay, 11_000, 0)]
    public void Of_a_bond_above_the_fee_who_loses_the_case_leaves_it_all_to_the_fund(uint verdict, int free, int fund)
    {
        TaskId other = Declined(bond: 3_000);
        shop.Decide(shop.Of("ben", other).Case, verdict, verdict, verdict);
        Assert.Equal(((ulong)free, new Amount((ulong)fund)), (shop.Free("ben"), World.State.Fund));
        Assert.Equal(0ul, shop.Locked("ben"));
    }

    [Fact]
    public void Once_a_juror_has_voted_nothing_stops_the_case()
    {
        TaskId poll = shop.Decline("anna", job);
        World.Block();
        string juror = ((string[])["j1", "j2", "j3", "j4", "j5"]).First(name => shop.Seats(poll).Contains(World.Id(name)));
        World.SealedVote(juror, poll, 0);
        Assert.IsType<Refusal.HasVotes>(World.Apply(new LeaveJob(World.By("anna"), job)));
        Assert.IsType<Refusal.HasVotes>(World.Apply(new AcceptWork(World.By("rita"), job, World.Id("anna"))));
        Assert.IsType<Refusal.HasVotes>(World.Apply(new CounterOffer(World.By("rita"), job, World.Id("anna"), 1)));
    }

    [Fact]
    public void A_requester_cannot_close_cancel_or_blank_the_case()
    {
        TaskId poll = shop.Decline("anna", job);
        Assert.IsType<Refusal.RequesterOnly>(World.Apply(new CancelPoll(World.By("rita"), poll)));
        Assert.IsType<Refusal.RequesterOnly>(World.Apply(new ClosePoll(World.By("rita"), poll)));
        Assert.IsType<Refusal.RequesterOnly>(World.Apply(new EraseContent(World.By("rita"), poll)));
    }

    [Fact]
    public void A_requester_who_thinks_better_of_it_accepts_and_the_jury_goes_home()
    {
        TaskId poll = shop.Decline("anna", job);
        shop.Accept("anna", job);
        Assert.Equal((11_000ul, 9_000ul), (shop.Free("anna"), shop.Free("rita")));
        Assert.Equal(OutcomeKind.Cancelled, World.Outcome(poll).Kind);
    }

    [Fact]
    public void Nobody_can_take_the_id_of_a_case_before_it_opens()
    {
        PostPoll forged = World.Poll(shop.Decline("anna", job)).Terms.Message with { Header = default };
        Header header = World.Poll(shop.Of("anna", job).Case).Terms.Message.Header;
        Assert.IsType<Refusal.Stale>(World.Apply(forged with { Header = header }));
    }

    [Fact]
    public void A_contest_stays_sealed_and_the_requester_picks()
    {
        TaskId contest = shop.Post(terms => terms with { Mode = "contest", Revisions = 0 });
        foreach (string name in (string[])["anna", "ben", "cleo"]) World.Do(shop.Commit(name, contest, name));
        Assert.IsType<Refusal.WrongPhase>(World.Apply(new SubmitWork(World.By("anna"), contest, World.Hash("anna"))));
        World.Tick(7 * World.Day);
        SubmitWork copy = new(World.By("anna"), contest, World.Hash("ben"));
        Assert.IsType<Refusal.WrongCommitment>(World.Apply(copy));
        foreach (string name in (string[])["anna", "ben"]) shop.Submit(name, contest, name);
        shop.Accept("ben", contest);
        Assert.NotNull(shop.Job(contest).Ended);
        Assert.Equal((11_000ul, 10_000ul), (shop.Free("ben"), shop.Free("cleo")));
    }

    [Fact]
    public void A_contest_without_a_decision_pays_the_first_who_committed_and_showed()
    {
        TaskId contest = shop.Post(terms => terms with { Mode = "contest", Revisions = 0 });
        foreach (string name in (string[])["cleo", "ben", "j1"]) World.Do(shop.Commit(name, contest, name));
        World.Tick(7 * World.Day);
        foreach (string name in (string[])["j1", "ben"]) shop.Submit(name, contest, name);
        World.Tick(World.Day);
        World.Tick(World.Day);
        Assert.Equal((11_000ul, 10_000ul, 10_000ul), (shop.Free("ben"), shop.Free("j1"), shop.Free("cleo")));
    }

    private TaskId Declined(uint bond)
    {
        TaskId other = shop.Post(terms => terms with { Bond = bond });
        shop.Deliver("ben", other);
        shop.Decline("ben", other);
        return other;
    }
}
