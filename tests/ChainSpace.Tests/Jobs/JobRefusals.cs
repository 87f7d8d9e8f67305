using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Jobs;

/// <summary>What is said about a job and refused, for the rows of the refusals.</summary>
internal static class JobRefusals
{
    public static readonly IReadOnlyDictionary<string, Func<World, Message>> Rows = new Dictionary<string, Func<World, Message>>
    {
        ["UnknownJob"] = static world => new ClaimJob(world.By("anna"), default),
        ["JobClosed"] = static world =>
        {
            TaskId job = Post(world);
            world.Do(new CancelJob(world.By("rita"), job));
            return new ClaimJob(world.By("anna"), job);
        },
        ["NotInJob"] = static world => new SubmitWork(world.By("anna"), Post(world), default),
        ["WrongPhase"] = static world => new AcceptWork(world.By("rita"), Claimed(world), World.Id("anna")),
        ["JobFull"] = static world => new ClaimJob(world.By("ben"), Claimed(world)),
        ["NoRevisionLeft"] = static world =>
        {
            TaskId job = Claimed(world);
            world.Do(new SubmitWork(world.By("anna"), job, World.Hash("work")));
            return new RequestRevision(world.By("rita"), job, World.Id("anna"));
        },
        ["WrongCommitment"] = static world =>
        {
            TaskId job = Post(world, static terms => terms with { Mode = "contest" });
            world.Do(new CommitWork(world.By("anna"), job, World.Hash("sealed")));
            world.Tick(World.Day);
            return new SubmitWork(world.By("anna"), job, World.Hash("work"));
        },
    };

    private static TaskId Claimed(World world)
    {
        TaskId job = Post(world);
        world.Do(new ClaimJob(world.By("anna"), job));
        return job;
    }

    private static TaskId Post(World world, Func<PostJob, PostJob>? terms = null)
    {
        PostJob message = (terms ?? (static same => same))(new PostJob(world.By("rita"))
        {
            Bond = 0,
            Category = "birds",
            Content = default,
            Deadline = new Moment(world.Now + World.Day),
            Jury = 0,
            Lease = (ulong)World.Hour,
            Mode = "open",
            Review = (ulong)World.Hour,
            Revisions = 0,
            Reward = new Amount(100),
            Winners = 1,
            Workers = "open",
        });
        world.Do(message);
        return new TaskId(TypedData.Digest(world.State.Domain!, message).Value);
    }
}
