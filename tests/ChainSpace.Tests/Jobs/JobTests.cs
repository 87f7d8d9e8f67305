using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Jobs;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Jobs;

public sealed class JobTests
{
    private readonly Workshop shop = new();

    private World World => shop.World;

    [Fact]
    public void Posting_locks_the_reward_of_every_winner()
    {
        shop.Post(terms => terms with { Winners = 3 });
        Assert.Equal((7_000ul, 3_000ul), (shop.Free("rita"), shop.Locked("rita")));
    }

    [Fact]
    public void A_claim_locks_the_bond_and_the_only_place()
    {
        TaskId job = shop.Post();
        shop.Claim("anna", job);
        Assert.Equal((Phase.Working, 120ul), (shop.Of("anna", job).Phase, shop.Locked("anna")));
        Assert.IsType<Refusal.JobFull>(World.Apply(new ClaimJob(World.By("ben"), job)));
    }

    [Fact]
    public void Accepted_work_is_paid_once_and_ends_the_job()
    {
        TaskId job = shop.Post();
        shop.Deliver("anna", job);
        shop.Accept("anna", job);
        Assert.Equal((11_000ul, 0ul), (shop.Free("anna"), shop.Locked("anna")));
        Assert.Equal((9_000ul, 0ul), (shop.Free("rita"), shop.Locked("rita")));
        Assert.IsType<Refusal.JobClosed>(World.Apply(new AcceptWork(World.By("rita"), job, World.Id("anna"))));
        Assert.True(World.Account("anna").EvidenceIn("work/writing").Mean > 0.6);
    }

    [Fact]
    public void Silence_pays_the_worker()
    {
        TaskId job = shop.Post();
        shop.Deliver("anna", job);
        World.Tick(World.Day);
        Assert.Equal(11_000ul, shop.Free("anna"));
        Assert.Equal(1u, World.State.Jobs.RecordOf(World.Id("rita")).Silent);
    }

    [Fact]
    public void A_lapsed_lease_frees_the_place_and_the_bond_goes_to_the_requester()
    {
        TaskId job = shop.Post();
        shop.Claim("anna", job);
        World.Tick(World.Hour);
        Assert.Equal((9_880ul, 9_120ul), (shop.Free("anna"), shop.Free("rita")));
        Assert.IsType<Refusal.WrongPhase>(World.Apply(new ClaimJob(World.By("anna"), job)));
        shop.Claim("ben", job);
    }

    [Fact]
    public void A_job_nobody_delivers_is_refunded_at_its_deadline_and_leaves_the_state_later()
    {
        TaskId job = shop.Post();
        World.Tick(7 * World.Day);
        Assert.Equal((10_000ul, 0ul), (shop.Free("rita"), shop.Locked("rita")));
        World.Tick(7 * World.Day);
        Assert.Null(World.State.Jobs.Find(job));
    }

    [Fact]
    public void Work_that_is_sent_back_has_another_lease_as_often_as_the_terms_say()
    {
        TaskId job = shop.Post();
        shop.Deliver("anna", job);
        World.Do(new RequestRevision(World.By("rita"), job, World.Id("anna")));
        Assert.Equal(Phase.Working, shop.Of("anna", job).Phase);
        shop.Submit("anna", job, "better");
        RequestRevision again = new(World.By("rita"), job, World.Id("anna"));
        Assert.Equal(new Refusal.NoRevisionLeft(1), World.Apply(again));
    }

    [Fact]
    public void Milestones_are_paid_one_after_the_other()
    {
        TaskId job = shop.Post(terms => terms with { Milestones = "33,67", Reward = new Amount(1_001) });
        shop.Deliver("anna", job);
        shop.Accept("anna", job);
        Assert.Equal((330ul, Phase.Working), ((ulong)shop.Of("anna", job).Paid.Units, shop.Of("anna", job).Phase));
        shop.Submit("anna", job);
        shop.Accept("anna", job);
        Assert.Equal((1_001ul, 0ul), ((ulong)shop.Of("anna", job).Paid.Units, shop.Locked("rita")));
    }

    [Fact]
    public void A_milestone_not_delivered_is_refunded_and_what_was_paid_stays_paid()
    {
        TaskId job = shop.Post(terms => terms with { Milestones = "40,60" });
        shop.Deliver("anna", job);
        shop.Accept("anna", job);
        World.Tick(World.Hour);
        Assert.NotNull(shop.Job(job).Ended);
        Assert.Equal((10_280ul, 9_720ul), (shop.Free("anna"), shop.Free("rita")));
    }

    [Fact]
    public void The_reserve_follows_in_its_order_where_a_lease_lapses()
    {
        TaskId job = shop.Post(terms => terms with { Mode = "apply" });
        foreach (string name in (string[])["anna", "ben", "cleo"]) World.Do(new ApplyForJob(World.By(name), job));
        World.Do(new AssignJob(World.By("rita"), job, World.Id("anna")) { Reserve = [World.Id("cleo"), World.Id("ben")] });
        World.Tick(World.Hour);
        Assert.Equal((Phase.Working, Phase.Reserved), (shop.Of("cleo", job).Phase, shop.Of("ben", job).Phase));
        shop.Submit("cleo", job);
        shop.Accept("cleo", job);
        Assert.Equal(10_000ul, shop.Free("ben"));
    }

    [Fact]
    public void An_applicant_may_step_back_and_has_the_bond_again()
    {
        TaskId job = shop.Post(terms => terms with { Mode = "apply" });
        World.Do(new ApplyForJob(World.By("anna"), job));
        World.Do(new LeaveJob(World.By("anna"), job));
        Assert.Equal((10_000ul, -1), (shop.Free("anna"), shop.Job(job).PlaceOf(World.Id("anna"))));
    }

    [Fact]
    public void A_direct_offer_is_taken_by_whom_it_was_made_to_only()
    {
        TaskId job = shop.Post(terms => terms with { Mode = "direct", To = World.Id("anna") });
        Assert.IsType<Refusal.NotInJob>(World.Apply(new ClaimJob(World.By("ben"), job)));
        shop.Deliver("anna", job);
        shop.Accept("anna", job);
        Assert.Equal(11_000ul, shop.Free("anna"));
    }

    [Fact]
    public void A_direct_offer_that_is_turned_down_is_refunded()
    {
        TaskId job = shop.Post(terms => terms with { Mode = "direct", To = World.Id("anna") });
        World.Do(new LeaveJob(World.By("anna"), job));
        Assert.Equal((10_000ul, 0ul), (shop.Free("rita"), shop.Locked("rita")));
    }

    [Fact]
    public void A_job_can_be_taken_back_only_while_nobody_is_at_work()
    {
        TaskId job = shop.Post();
        shop.Claim("anna", job);
        Assert.IsType<Refusal.WrongPhase>(World.Apply(new CancelJob(World.By("rita"), job)));
        TaskId other = shop.Post();
        World.Do(new CancelJob(World.By("rita"), other));
        Assert.NotNull(shop.Job(other).Ended);
        Assert.Equal(1_000ul, shop.Locked("rita"));
    }

    [Fact]
    public void A_failed_check_gives_back_the_lease_that_was_left_and_a_silent_one_passes()
    {
        TaskId job = shop.Post(terms => terms with { Checker = World.Id("cleo") });
        shop.Claim("anna", job);
        World.Now += 20 * World.Minute;
        shop.Submit("anna", job);
        World.Now += World.Hour;
        Assert.IsType<Refusal.OperatorOnly>(World.Apply(new ReportCheck(World.By("ben"), job, World.Id("anna"), 1)));
        World.Do(new ReportCheck(World.By("cleo"), job, World.Id("anna"), 0));
        Assert.Equal(new Moment(World.Now + 40 * World.Minute), shop.Of("anna", job).Due);
        shop.Submit("anna", job);
        World.Tick(World.Day);
        Assert.Equal(Phase.Review, shop.Of("anna", job).Phase);
        World.Tick(World.Day);
        Assert.Equal(11_000ul, shop.Free("anna"));
    }

    [Fact]
    public void The_last_try_that_fails_ends_the_lease()
    {
        TaskId job = shop.Post(terms => terms with { Checker = World.Id("cleo"), Tries = 2, Milestones = "40,60" });
        shop.Claim("anna", job);
        Check(job, 0);
        Check(job, 1);
        shop.Accept("anna", job);
        Check(job, 0);
        Assert.Equal((Phase.Working, 1u), (shop.Of("anna", job).Phase, shop.Of("anna", job).Failed));
        Check(job, 0);
        Assert.Equal(Phase.Done, shop.Of("anna", job).Phase);
        Assert.Equal((10_280ul, 9_720ul), (shop.Free("anna"), shop.Free("rita") + shop.Locked("rita")));

        TaskId endless = shop.Post(terms => terms with { Checker = World.Id("cleo") });
        shop.Claim("ben", endless);
        for (int tries = 0; tries < 30; tries++)
        {
            shop.Submit("ben", endless);
            World.Do(new ReportCheck(World.By("cleo"), endless, World.Id("ben"), 0));
        }

        Assert.Equal(Phase.Working, shop.Of("ben", endless).Phase);
    }

    private void Check(TaskId job, uint passed)
    {
        shop.Submit("anna", job);
        World.Do(new ReportCheck(World.By("cleo"), job, World.Id("anna"), passed));
    }

    [Fact]
    public void Both_sides_settle_for_the_percent_both_have_said()
    {
        TaskId job = shop.Post();
        shop.Deliver("anna", job);
        World.Do(new CounterOffer(World.By("rita"), job, World.Id("anna"), 50));
        World.Do(new CounterOffer(World.By("anna"), job, World.Id("anna"), 70));
        Assert.Equal(Phase.Review, shop.Of("anna", job).Phase);
        World.Do(new CounterOffer(World.By("rita"), job, World.Id("anna"), 70));
        Assert.Equal(10_700ul, shop.Free("anna"));
    }

    [Fact]
    public void Ratings_stay_sealed_until_both_have_rated()
    {
        TaskId job = shop.Post();
        shop.Deliver("anna", job);
        shop.Accept("anna", job);
        World.Do(Rating("rita", job, 5));
        Assert.IsType<Refusal.WrongPhase>(World.Apply(Opened("rita", job, 5)));
        World.Do(Rating("anna", job, 2));
        Assert.IsType<Refusal.WrongCommitment>(World.Apply(Opened("anna", job, 1)));
        World.Do(Opened("rita", job, 5));
        World.Do(Opened("anna", job, 2));
        Assert.Equal(5u, World.State.Jobs.RecordOf(World.Id("anna")).RatingSum);
        Assert.Equal(2u, World.State.Jobs.RecordOf(World.Id("rita")).RatingSum);
        Assert.IsType<Refusal.WrongPhase>(World.Apply(Opened("anna", job, 2)));
    }

    private RateJob Rating(string by, TaskId job, uint score) => new(World.By(by), job, World.Id("anna"), World.State.Domain!
        .RatingCommitment(job, (World.Id("anna"), World.Id(by)), new Opening(score, World.Hash(by))));

    private OpenRating Opened(string by, TaskId job, uint score) =>
        new(World.By(by), job, World.Id("anna"), score) { Salt = World.Hash(by) };
}
