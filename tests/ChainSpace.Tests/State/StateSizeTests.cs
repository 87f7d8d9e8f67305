using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Tests.Jobs;
using ChainSpace.Tests.Rules;
using StateSnapshot = ChainSpace.Rules.State.Snapshot;

namespace ChainSpace.Tests.State;

/// <summary>What is kept for as long as something is open, and what for good; docs/figures.md has the sizes.</summary>
public sealed class StateSizeTests(ITestOutputHelper output)
{
    private const int Polls = 50;
    private const int Votes = 40;

    [Fact]
    public void An_open_poll_costs_the_state_a_bounded_number_of_bytes_and_a_settled_vote_none()
    {
        World world = World.Founded(grant: 1_000_000);
        string[] voters = [.. Enumerable.Range(0, Votes).Select(static n => $"voter {n}")];
        world.Join(voters);

        // Everybody has voted once before, so that what is kept of a person for good is there already.
        Vote(world, voters, [Posted(world)]);
        world.Tick(World.Day);
        world.Tick(8 * World.Day);
        long before = Size(world);
        TaskId[] polls = [.. Enumerable.Range(0, Polls).Select(_ => Posted(world))];
        long posted = Size(world);
        Vote(world, voters, polls);
        long voted = Size(world);
        world.Tick(World.Day);
        long ended = Size(world);
        world.Tick(8 * World.Day);
        long aged = Size(world);

        double perPoll = (posted - before) / (double)Polls, perVote = (voted - posted) / (double)(Polls * Votes);
        double perEnded = (ended - before) / (double)Polls;
        output.WriteLine(
            $"bytes: open poll {perPoll:0.0}, its vote {perVote:0.0}, ended poll {perEnded:0.0}, all aged {aged - before}");
        Assert.InRange(perPoll, 1, 1_000);
        Assert.InRange(perVote, 1, 120);
        Assert.InRange(perEnded, 1, 1_100);
        Assert.Equal(before, aged);
    }

    [Fact]
    public void Open_jobs_and_batches_cost_the_state_a_bounded_number_of_bytes_and_settled_ones_none()
    {
        Workshop shop = new();
        World world = shop.World;
        world.Do(new Credit(world.By("olga"), World.Id("rita"), new Amount(1_000_000)));
        Finish(shop, shop.Post());
        Settle(world, Batch(world));
        world.Tick(World.Day);
        world.Tick(8 * World.Day);
        world.Tick(8 * World.Day);
        long before = Size(world);

        TaskId[] jobs = [.. Enumerable.Range(0, Polls).Select(_ => shop.Post())];
        long posted = Size(world);
        foreach (TaskId job in jobs) shop.Deliver("anna", job);
        long delivered = Size(world);
        foreach (TaskId job in jobs) shop.Accept("anna", job);
        long announced = Size(world);
        TaskId[] items = [.. Enumerable.Range(0, Polls).SelectMany(_ => Batch(world))];
        long open = Size(world);
        Settle(world, items);
        world.Tick(World.Day);
        world.Tick(8 * World.Day);
        world.Tick(8 * World.Day);

        output.WriteLine(
            $"bytes: open job {Each(before, posted):0.0}, its work in review {Each(posted, delivered):0.0}, ended job "
            + $"{Each(before, announced):0.0}, batch of two items {Each(announced, open):0.0}, all aged {Size(world) - before}");
        Assert.InRange(Each(before, posted), 1, 1_000);
        Assert.InRange(Each(posted, delivered), 1, 400);
        Assert.InRange(Each(announced, open), 1, 3_500);
        Assert.Equal(before, Size(world));
    }

    private static double Each(long before, long after) => (after - before) / (double)Polls;

    private static void Finish(Workshop shop, TaskId job)
    {
        shop.Deliver("anna", job);
        shop.Accept("anna", job);
    }

    private static TaskId[] Batch(World world)
    {
        TaskId batch = world.PostBatch(isClosed: false);
        TaskId[] items = [world.PostItem(batch, maximum: 1), world.PostItem(batch, maximum: 1)];
        world.Do(new CloseBatch(world.By("rita"), batch));
        return items;
    }

    private static void Settle(World world, TaskId[] items)
    {
        foreach (TaskId item in items) world.Vote("ben", item, 0);
    }

    private static TaskId Posted(World world) => world.Post(maximum: Votes + 1, reward: 100);

    private static void Vote(World world, string[] voters, TaskId[] polls)
    {
        foreach (TaskId poll in polls) foreach (string voter in voters) world.Vote(voter, poll, 0);
    }

    private static long Size(World world)
    {
        using MemoryStream bytes = new();
        StateSnapshot.Write(world.State, bytes);
        return bytes.Length;
    }
}
