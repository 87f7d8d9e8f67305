using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Jobs;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Jobs;

/// <summary>One person stands once in a job, under whatever account, and jurors take no place that they have freed.</summary>
public sealed class JobPersonTests
{
    private readonly Workshop shop = new();

    private World World => shop.World;

    [Fact]
    public void Nobody_works_for_an_account_of_the_own_person()
    {
        AreOne("rita", "ben");
        Assert.Equal(new Refusal.NotEligible("own"), World.Apply(new ClaimJob(World.By("ben"), shop.Post())));
        PostJob direct = shop.Terms() with { Mode = "direct", To = World.Id("ben") };
        Assert.Equal(new Refusal.NotEligible("own"), World.Apply(direct));
    }

    [Fact]
    public void A_person_has_one_part_in_a_job()
    {
        AreOne("anna", "ben");
        TaskId job = shop.Post(static terms => terms with { Winners = 2 });
        shop.Claim("anna", job);
        Assert.Equal(new Refusal.NotEligible("person"), World.Apply(new ClaimJob(World.By("ben"), job)));
        shop.Claim("cleo", job);
    }

    [Fact]
    public void No_account_of_a_partys_person_sits_in_the_jury()
    {
        AreOne("anna", "j1");
        TaskId job = shop.Post();
        shop.Deliver("anna", job);
        TaskId decision = shop.Decline("anna", job);
        World.Block();
        Assert.DoesNotContain(World.Id("j1"), shop.Seats(decision));
        Assert.Contains(World.Id("j2"), shop.Seats(decision));
    }

    [Fact]
    public void Who_has_voted_in_a_case_cannot_take_the_place_it_frees()
    {
        TaskId job = shop.Post();
        shop.Deliver("anna", job);
        shop.Decide(shop.Decline("anna", job), CaseTerms.Refund, CaseTerms.Refund, CaseTerms.Pay);
        AccountId[] judges = [.. shop.Job(job).Judges];
        Assert.Equal(3, judges.Length);
        string[] names = [.. Workshop.Jurors.Where(name => judges.Contains(World.Id(name)))];
        foreach (string name in names)
            Assert.Equal(new Refusal.NotEligible("judge"), World.Apply(new ClaimJob(World.By(name), job)));
        AreOne("ben", names[0]);
        Assert.Equal(new Refusal.NotEligible("judge"), World.Apply(new ClaimJob(World.By("ben"), job)));
        shop.Claim("cleo", job);
    }

    [Fact]
    public void Nor_another_place_while_the_case_goes_on()
    {
        TaskId job = shop.Post(static terms => terms with { Winners = 2 });
        shop.Deliver("anna", job);
        TaskId decision = shop.Decline("anna", job);
        World.Block();
        string juror = Workshop.Jurors.First(name => shop.Seats(decision).Contains(World.Id(name)));
        World.SealedVote(juror, decision, CaseTerms.Pay);
        Assert.Equal(new Refusal.NotEligible("judge"), World.Apply(new ClaimJob(World.By(juror), job)));
    }

    private void AreOne(string one, string other)
    {
        foreach (string name in (string[])[one, other])
            World.Do(new Attest(World.By("olga"), World.Id(name), 1, World.Hash($"{one} and {other}")));
    }
}
