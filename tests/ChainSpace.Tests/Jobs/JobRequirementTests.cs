using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Jobs;

/// <summary>What a job may ask of those who take it.</summary>
public sealed class JobRequirementTests
{
    private const string Wanted = "receipts>=20,reputation>=0.9";

    [Fact]
    public void Twenty_accepted_receipts_and_a_lower_bound_of_nine_tenths_are_earned_by_twenty_eight_accepted_jobs()
    {
        Workshop shop = new();
        TaskId gate = shop.Post(terms => terms with { Workers = Wanted });
        shop.World.Do(new Credit(shop.World.By("olga"), World.Id("rita"), new Amount(1_000_000)));
        for (int accepted = 0; accepted < 28; accepted++)
        {
            string unmet = accepted < 20 ? "receipts>=20" : "reputation>=0.9";
            Assert.Equal(new Refusal.NotEligible(unmet), shop.World.Apply(new ClaimJob(shop.World.By("anna"), gate)));
            TaskId job = shop.Post();
            shop.Deliver("anna", job);
            shop.Accept("anna", job);
        }

        Assert.InRange(shop.World.Account("anna").EvidenceIn("work/writing").LowerBound, 0.9, 0.91);
        shop.Claim("anna", gate);
    }

    [Fact]
    public void A_poll_can_ask_for_a_record_from_jobs_and_a_job_for_one_from_votes_or_from_other_jobs()
    {
        Workshop shop = new();
        for (int accepted = 0; accepted < 3; accepted++)
        {
            TaskId job = shop.Post();
            shop.Deliver("anna", job);
            shop.Accept("anna", job);
            shop.World.Vote("ben", shop.World.Post(terms: static terms => terms with { Category = "writing", Maximum = 1 }), 1);
        }

        const string worked = "receipts:work/writing>=3,reputation:work/writing>=0.2";
        TaskId poll = shop.World.Post(terms: static terms => terms with { Voters = worked });
        Assert.Equal(
            new Refusal.NotEligible("receipts:work/writing>=3"), shop.World.Apply(new Vote(shop.World.By("ben"), poll, 0)));
        Assert.Null(shop.World.Apply(new Vote(shop.World.By("anna"), poll, 0)));

        TaskId votes = shop.Post(static terms => terms with { Workers = "receipts:writing>=3" });
        Assert.Equal(
            new Refusal.NotEligible("receipts:writing>=3"), shop.World.Apply(new ClaimJob(shop.World.By("anna"), votes)));
        shop.Claim("ben", votes);
        TaskId other = shop.Post(static terms => terms with { Category = "law", Workers = worked });
        shop.Claim("anna", other);
    }
}
