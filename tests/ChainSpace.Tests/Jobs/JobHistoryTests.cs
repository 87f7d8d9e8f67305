using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Jobs;
using ChainSpace.Rules.State;
using ChainSpace.Tests.Rules;
using CsCheck;

namespace ChainSpace.Tests.Jobs;

public sealed class JobHistoryTests
{
    private const int Length = 150;

    /// <summary>A bug done behind the rules' back, and the law that must notice.</summary>
    private static readonly Dictionary<string, Action<World>> Bugs = new()
    {
        // Paid twice: the second time out of what other jobs have locked.
        ["escrow"] = static world =>
        {
            if (Find(world, static each => each.Paid > Amount.Zero) is not { } found) return;
            Account rita = world.Account("rita"), worker = world.State.FindAccount(found.Worker)!;
            if (rita.Balance.Escrowed < found.Paid) return;
            world.State.SetBalance(rita, rita.Balance.Release(found.Paid));
            world.State.SetBalance(worker, worker.Balance.Earn(found.Paid));
        },
        // Refunded though work was handed in.
        ["left"] = static world =>
        {
            if (world.State.Jobs.All.FirstOrDefault(static job => job.Assignments.Any(IsInReview)) is not { } job) return;
            Account rita = world.Account("rita");
            world.State.SetBalance(rita, rita.Balance.Refund(job.Left));
            world.State.Jobs.Put(job with { Left = Amount.Zero });
        },
        ["progress"] = static world =>
        {
            if (world.State.Jobs.All.FirstOrDefault(static job => job.Assignments.Any(IsInReview)) is { } job)
                world.State.Jobs.Put(job with { Due = null });
        },
    };

    public static TheoryData<string> Laws => [.. Bugs.Keys];

    [Fact]
    public void Whatever_people_do_money_is_conserved_and_nobody_is_paid_twice() => Act.Any.Array[Length].Sample(
        static acts =>
        {
            JobHistory history = new();
            foreach (Act act in acts) history.Step(act);
        },
        iter: History.Iterations);

    [Fact]
    public void A_snapshot_gives_back_the_same_jobs() => Act.Any.Array[Length].Sample(
        static acts =>
        {
            JobHistory history = new();
            foreach (Act act in acts) history.Step(act);
            using MemoryStream file = new();
            ChainSpace.Rules.State.Snapshot.Write(history.World.State, file);
            file.Position = 0;
            return StateHash.Of(ChainSpace.Rules.State.Snapshot.Read(file)) == StateHash.Of(history.World.State);
        },
        iter: 100);

    [Theory]
    [MemberData(nameof(Laws))]
    public void A_planted_bug_is_noticed(string law)
    {
        Random dice = new(7);
        string? broken = null;
        for (int run = 0; run < 50 && broken is null; run++)
        {
            JobHistory history = new();
            try
            {
                for (int step = 0; step < Length; step++)
                    history.Step(new Act(dice.Next(100), dice.Next(8), dice.Next(6), dice.Next(1000)), Bugs[law]);
            }
            catch (InvalidOperationException exception)
            {
                broken = exception.Message;
            }
        }

        Assert.Equal($"{law} does not hold", broken);
    }

    [Fact]
    public void The_histories_reach_every_phase_and_every_way_to_settle()
    {
        HashSet<string> seen = [];
        Random dice = new(1);
        for (int run = 0; run < 300; run++)
        {
            JobHistory history = new();
            for (int step = 0; step < Length; step++)
                history.Step(new Act(dice.Next(100), dice.Next(8), dice.Next(6), dice.Next(1000)));
            seen.UnionWith(history.Seen);
        }

        string[] ways = ["accepted", "agreed", "conceded", "fund", "silence", "verdict"];
        Assert.Empty(Enum.GetNames<Phase>().Concat(ways).Except(seen));
    }

    private static bool IsInReview(Assignment each) => each.Phase == Phase.Review;

    private static Assignment? Find(World world, Func<Assignment, bool> isWanted) =>
        world.State.Jobs.All.SelectMany(static job => job.Assignments).FirstOrDefault(isWanted);
}
