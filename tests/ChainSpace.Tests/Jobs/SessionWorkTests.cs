using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Jobs;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Jobs;

/// <summary>Keys of agents that may hire or work for accounts. A job is 1,000 units; its bond and its jury 120 each.</summary>
public sealed class SessionWorkTests
{
    private readonly Workshop shop = new();

    [Fact]
    public void A_session_that_may_work_claims_hands_in_and_leaves()
    {
        Let("anna", "work", 240);
        TaskId job = shop.Post(), other = shop.Post();
        Do("anna", new ClaimJob(shop.World.By("anna"), job));
        Do("anna", new SubmitWork(shop.World.By("anna"), job, World.Hash("work")));
        Do("anna", new CounterOffer(shop.World.By("anna"), job, World.Id("anna"), 90));
        Do("anna", new ClaimJob(shop.World.By("anna"), other));
        Do("anna", new LeaveJob(shop.World.By("anna"), other));
        Assert.Equal(Phase.Review, shop.Of("anna", job).Phase);
        Assert.Equal(Phase.Done, shop.Of("anna", other).Phase);
    }

    [Fact]
    public void A_session_that_may_hire_posts_accepts_and_declines()
    {
        Let("rita", "hire", 2_120);
        PostJob terms = shop.Terms();
        Do("rita", terms with { Winners = 2 });
        TaskId job = new(TypedData.Digest(shop.World.State.Domain!, terms with { Winners = 2 }).Value);
        shop.Deliver("anna", job);
        shop.Deliver("ben", job);
        Do("rita", new DeclineWork(shop.World.By("rita"), job, World.Id("ben"), "wrong"));
        Do("rita", new AcceptWork(shop.World.By("rita"), job, World.Id("anna")));
        Assert.Equal(new Amount(1_000), shop.Of("anna", job).Paid);
        Assert.Equal(Phase.Declined, shop.Of("ben", job).Phase);
        Assert.Equal(Amount.Zero, LeftOf("rita"));
    }

    [Fact]
    public void Neither_may_do_what_the_other_may()
    {
        Let("anna", "work", 5_000);
        Let("rita", "hire", 5_000);
        TaskId job = shop.Post();
        Assert.Equal(new Refusal.OutOfScope("hire"), Said("anna", shop.Terms("anna")));
        Assert.Equal(new Refusal.OutOfScope("work"), Said("rita", new ClaimJob(shop.World.By("rita"), job)));
        shop.Deliver("anna", job);
        Assert.Equal(new Refusal.OutOfScope("hire"),
            Said("anna", new CounterOffer(shop.World.By("anna"), job, World.Id("ben"), 90)));
        Assert.Equal(new Refusal.OutOfScope("work"),
            Said("rita", new RateJob(shop.World.By("rita"), job, World.Id("rita"), default)));
        Assert.Equal(new Refusal.OutOfScope("none"),
            Said("anna", new ReportCheck(shop.World.By("anna"), job, World.Id("anna"), 1)));
    }

    [Fact]
    public void What_a_session_locks_for_jobs_counts_against_its_limit()
    {
        Let("anna", "work", 239);
        Let("rita", "hire", 1_119);
        TaskId first = shop.Post(), second = shop.Post();
        Do("anna", new ClaimJob(shop.World.By("anna"), first));
        Assert.Equal(new Refusal.OverSpendingLimit(new Amount(119)),
            Said("anna", new ClaimJob(shop.World.By("anna"), second)));
        Assert.Equal(new Refusal.OverSpendingLimit(new Amount(1_119)), Said("rita", shop.Terms() with { Winners = 2 }));
        Do("rita", shop.Terms());
        shop.Submit("anna", first);
        Assert.Equal(new Refusal.OverSpendingLimit(new Amount(119)),
            Said("rita", new DeclineWork(shop.World.By("rita"), first, World.Id("anna"), "wrong")));
    }

    [Fact]
    public void Another_commitment_in_a_contest_costs_a_session_nothing_more()
    {
        Let("anna", "work", 120);
        TaskId contest = shop.Post(static terms => terms with { Mode = "contest", Revisions = 0 });
        Do("anna", shop.Commit("anna", contest, "first"));
        Do("anna", shop.Commit("anna", contest, "better"));
        Assert.Equal(Amount.Zero, LeftOf("anna"));
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(101u)]
    public void Terms_beyond_all_limits_are_over_every_limit(uint winners)
    {
        Let("rita", "hire", 1_000_000);
        PostJob endless = shop.Terms() with { Reward = new Amount(UInt128.MaxValue), Winners = winners };
        Assert.IsType<Refusal.OverSpendingLimit>(Said("rita", endless));
        Assert.IsType<Refusal.InvalidTerm>(Said("rita", shop.Terms() with { Winners = winners }));
    }

    private void Let(string who, string scopes, ulong limit) => shop.World.Do(
        shop.World.Delegation(who, KeyOf(who), scopes) with { MaximumSpend = new Amount(limit) });

    private void Do(string who, Message message) => Assert.Null(Said(who, message));

    private Refusal? Said(string who, Message message) => shop.World.Apply(message, World.SessionId(KeyOf(who)));

    private Amount LeftOf(string who) => shop.World.Account(who).Sessions.Values.Single().SpendLeft;

    private static string KeyOf(string who) => who + "'s agent";
}
