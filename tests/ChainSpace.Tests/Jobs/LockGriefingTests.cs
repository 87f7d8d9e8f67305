using System.Globalization;
using System.Numerics;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Jobs;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Jobs;

/// <summary>
/// One submitter in five takes a job only to hold it. How much later valid work comes, and who pays for that, through the rules
/// as they are: so many griefers before the first who works are played, and weighed by how likely they are. The next submitter
/// comes two hours after a place is free; work takes ten hours, of a lease that the requester chooses.
/// </summary>
public sealed class LockGriefingTests(ITestOutputHelper output)
{
    private const double Griefers = 0.2, Goal = 1.3, Skill = 0.8;
    private const int MostGriefers = 7;
    private const uint Pay = 0, Refund = 1;
    private const long Gap = 2 * World.Hour, Work = 10 * World.Hour, Decision = 4 * World.Hour, Check = World.Minute;
    private const long Jury = World.Day;

    // Whoever has voted in a case may not take the job, so jurors are none of those who come for it.
    private static readonly string[] Crowd = [.. Enumerable.Range(0, 40).Select(static number => $"s{number}")];
    private static readonly string[] Takers = [.. Enumerable.Range(0, MostGriefers + 1).Select(static number => $"t{number}")];

    /// <summary>What a griefer does with the place.</summary>
    private enum Grief
    {
        /// <summary>Nothing; the lease lapses.</summary>
        Hold,

        /// <summary>Garbage in the last second of the lease, declined, and fought for before a jury.</summary>
        Fight,

        /// <summary>The same, conceded as soon as it is declined.</summary>
        Concede,

        /// <summary>Garbage that the checker sends back, and then nothing.</summary>
        Fail,

        /// <summary>Garbage as soon as the checker has sent back the last, a hundred times.</summary>
        Stall,
    }

    [Fact]
    public void Griefers_pay_the_bond_for_every_lock_and_a_lease_little_longer_than_the_work_bounds_the_delay()
    {
        foreach (uint bond in (uint[])[500, 1_200])
        {
            foreach (double lease in (double[])[1.2, 1.5, 2, 4])
            {
                Played held = Mean(Grief.Hold, lease, bond, winners: 1);
                Say(Grief.Hold, (lease, bond, 1), held);
                Assert.Equal(-(bond / 10.0), held.Griefer, 9);
                Assert.Equal(bond / 10.0, held.Requester, 9);
                // Each griefer costs a gap and a lease, and there are 1/4 of them on average before the first who works.
                double expected = 1 + Griefers / (1 - Griefers) * (Gap + lease * Work) / (Gap + Work);
                Assert.InRange(held.Delay, expected - 0.001, expected + 0.001);
                Assert.Equal(lease <= 1.2, held.Delay <= Goal);
            }
        }
    }

    [Fact]
    public void A_second_place_bounds_the_delay_at_any_lease()
    {
        foreach (double lease in (double[])[1.2, 2, 4])
        {
            Played held = Mean(Grief.Hold, lease, 500, winners: 2);
            Say(Grief.Hold, (lease, 500, 2), held);
            Assert.InRange(held.Delay, 1, Goal);
        }
    }

    [Fact]
    public void A_check_makes_garbage_cost_what_holding_costs()
    {
        Played held = Mean(Grief.Hold, 1.2, 500, winners: 1), failed = Mean(Grief.Fail, 1.2, 500, winners: 1);
        Say(Grief.Fail, (1.2, 500, 1), failed);
        Assert.Equal((held.Griefer, held.Requester), (failed.Griefer, failed.Requester));
        Assert.InRange(failed.Delay, held.Delay, Goal);
        Say(Grief.Stall, (1.2, 500, 1), Mean(Grief.Stall, 1.2, 500, winners: 1));
    }

    [Fact]
    public void Without_a_check_garbage_holds_a_job_until_the_requester_or_a_jury_has_decided()
    {
        foreach (uint bond in (uint[])[500, 1_200, 1_500, 2_500])
        {
            Played fought = Mean(Grief.Fight, 1.2, bond, winners: 1), conceded = Mean(Grief.Concede, 1.2, bond, winners: 1);
            Say(Grief.Fight, (1.2, bond, 1), fought);
            Say(Grief.Concede, (1.2, bond, 1), conceded);
            Assert.True(fought.Delay > conceded.Delay && conceded.Delay > Goal);

            // Above the jury's fee every lock is a loss for its griefer, and giving in the smaller one.
            Assert.Equal(bond > 1_200, conceded.Griefer < 0);
            if (bond >= 1_500) Assert.True(fought.Griefer < conceded.Griefer);
        }

        // A jury errs now and then, and a bond below the jury's fee leaves a part of it to the requester.
        Assert.True(Mean(Grief.Fight, 1.2, 500, 1).Requester < Mean(Grief.Fight, 1.2, 1_200, 1).Requester);
    }

    private void Say(Grief grief, (double Lease, uint Bond, uint Winners) terms, Played played) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{grief,-8} lease {terms.Lease,3:0.0} x work, bond {terms.Bond / 100.0,2:0} %, places {terms.Winners}: valid work after "
        + $"{played.Delay:0.00} x the time without griefers; a lock of {played.Hours,5:0.0} h brings in % of the reward "
        + $"its griefer {played.Griefer / 10:+0.0;-0.0;0}, the requester {played.Requester / 10:+0.0;-0.0;0}"));

    // Both sides' money is of one lock, the reward apart that an honest worker is paid.
    private static Played Mean(Grief grief, double lease, uint bond, uint winners)
    {
        Func<PostJob, PostJob> terms = message => message with
        {
            Bond = bond,
            Checker = grief is Grief.Fail or Grief.Stall ? World.Id("olga") : default,
            Lease = (ulong)(lease * Work),
            Review = 10 * (ulong)World.Day,
            Deadline = new Moment(message.Deadline.Milliseconds + 200 * World.Day),
            Winners = winners,
        };
        double time = 0, weight = 0;
        for (int griefers = 0; griefers <= MostGriefers; griefers++)
        {
            double likely = Math.Pow(Griefers, griefers);
            time += likely * FirstValid(grief, griefers, terms);
            weight += likely;
        }

        (double hours, double griefer, double requester) = Lock(grief, terms);
        return new Played(time / weight / (Gap + Work), hours, griefer, requester);
    }

    // From the post to the first valid work.
    private static double FirstValid(Grief grief, int griefers, Func<PostJob, PostJob> terms)
    {
        Workshop shop = Peopled();
        TaskId job = shop.Post(terms);
        long posted = shop.World.Now;
        for (int number = 0; number <= griefers; number++)
        {
            while (!shop.Job(job).HasRoom) Wait(shop.World, shop.Job(job).Due!.Value);
            shop.World.Tick(Gap);
            shop.Claim(Takers[number], job);
            if (number < griefers) Play(shop, (grief, Takers[number], job), [Refund, Refund, Refund]);
        }

        shop.World.Tick(Work);
        shop.Submit(Takers[griefers], job);
        return shop.World.Now - posted;
    }

    // How long one griefer keeps the place, and what that brings whom; over the eight ways a jury can vote.
    private static (double Hours, double Griefer, double Requester) Lock(Grief grief, Func<PostJob, PostJob> terms)
    {
        double hours = 0, griefer = 0, requester = 0;
        for (uint votes = 0; votes < 8; votes++)
        {
            Workshop shop = Peopled();
            TaskId job = shop.Post(terms);
            long begun = shop.World.Now;
            shop.Claim(Takers[0], job);
            uint[] said = [.. Enumerable.Range(0, 3).Select(juror => (votes >> juror & 1) == 0 ? Refund : Pay)];
            Play(shop, (grief, Takers[0], job), said);
            while (shop.Of(Takers[0], job).Phase != Phase.Done) Wait(shop.World, shop.Job(job).Due!.Value);
            int mistaken = BitOperations.PopCount(votes);
            double likely = Math.Pow(Skill, 3 - mistaken) * Math.Pow(1 - Skill, mistaken);
            hours += likely * (shop.World.Now - begun) / World.Hour;
            griefer += likely * (shop.Free(Takers[0]) - 10_000.0);
            requester += likely * (shop.Free("rita") + shop.Locked("rita") - 10_000.0);
        }

        return (hours, griefer, requester);
    }

    private static void Play(Workshop shop, (Grief Grief, string Who, TaskId Job) act, uint[] jury)
    {
        (Grief grief, string who, TaskId job) = act;
        World world = shop.World;
        if (grief == Grief.Hold) return;
        if (grief is Grief.Fail or Grief.Stall)
        {
            for (int tries = grief == Grief.Fail ? 1 : 100; tries > 0; tries--)
            {
                shop.Submit(who, job, $"garbage {tries}");
                world.Tick(Check);
                world.Do(new ReportCheck(world.By("olga"), job, world.Account(who).Id, 0));
            }

            return;
        }

        Wait(world, new Moment(shop.Of(who, job).Due!.Value.Milliseconds - 1_000));
        shop.Submit(who, job, "garbage");
        world.Tick(Decision);
        TaskId hearing = shop.Decline(who, job);
        if (grief == Grief.Concede)
        {
            world.Do(new LeaveJob(world.By(who), job));
            return;
        }

        world.Block();
        string[] seated = [.. Crowd.Where(name => shop.Seats(hearing).Contains(World.Id(name)))];
        world.Tick(Jury);
        for (int juror = 0; juror < jury.Length; juror++) world.SealedVote(seated[juror], hearing, jury[juror]);
        world.Open(hearing);
    }

    private static void Wait(World world, Moment until) => world.Tick(Math.Max(0, until.Milliseconds - world.Now));

    private static Workshop Peopled()
    {
        Workshop shop = new();
        shop.World.Join([.. Crowd, .. Takers]);
        return shop;
    }

    private sealed record Played(double Delay, double Hours, double Griefer, double Requester);
}
