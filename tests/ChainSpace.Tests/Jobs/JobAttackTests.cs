using System.Numerics;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Jobs;

/// <summary>
/// What attacks on jobs earn, through the rules as they are. Juries are not sampled: each of the eight ways three jurors can
/// vote is played, and weighed by how likely it is where each is right with p = 0.8.
/// </summary>
public sealed class JobAttackTests
{
    private const double Skill = 0.8, Reward = 1_000;

    private const uint Pay = 0, Refund = 1;

    [Fact]
    public void An_always_decliner_pays_more_than_who_accepts()
    {
        double cost = Expected(right: Pay, wrong: Refund);
        Assert.InRange(cost, Reward * 1.001, Reward * 1.2);
    }

    [Fact]
    public void An_honest_requester_loses_less_than_a_hundredth_though_one_submission_in_twenty_is_garbage_fought_for()
    {
        double cost = Expected(right: Refund, wrong: Pay);
        Assert.InRange(cost * 0.05, 0, Reward * 0.01);
    }

    [Fact]
    public void Garbage_that_is_fought_for_earns_less_than_nothing()
    {
        double earned = Expected(Refund, Pay, static shop => shop.Free("anna") - 10_000.0);
        Assert.True(earned < 0, $"earns {earned}");
    }

    [Fact]
    public void Who_locks_a_job_without_working_pays_for_every_lease_he_holds()
    {
        Workshop shop = new();
        TaskId job = shop.Post();
        long posted = shop.World.Now;
        string[] griefers = ["anna", "ben", "cleo", "j1"];
        foreach (string griefer in griefers)
        {
            shop.Claim(griefer, job);
            shop.World.Tick(World.Hour);
            Assert.NotNull(shop.World.Apply(new ClaimJob(shop.World.By(griefer), job)));
        }

        Assert.Equal(9_000ul + 4 * 120, shop.Free("rita"));
        Assert.All(griefers, griefer => Assert.Equal(9_880ul, shop.Free(griefer)));
        shop.Deliver("j2", job);
        Assert.Equal(4 * World.Hour, shop.World.Now - posted);
    }

    private static double Expected(uint right, uint wrong) =>
        Expected(right, wrong, static shop => 10_000.0 - shop.Free("rita") - shop.Locked("rita"));

    private static double Expected(uint right, uint wrong, Func<Workshop, double> measured)
    {
        double sum = 0;
        for (uint votes = 0; votes < 8; votes++)
        {
            Workshop shop = new();
            TaskId job = shop.Post();
            shop.Deliver("anna", job);
            uint[] said = [.. Enumerable.Range(0, 3).Select(juror => (votes >> juror & 1) == 0 ? right : wrong)];
            shop.Decide(shop.Decline("anna", job), said);
            int mistaken = BitOperations.PopCount(votes);
            sum += measured(shop) * Math.Pow(Skill, 3 - mistaken) * Math.Pow(1 - Skill, mistaken);
        }

        return sum;
    }
}
