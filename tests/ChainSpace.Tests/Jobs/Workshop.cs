using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Jobs;
using ChainSpace.Rules.Polls;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Jobs;

/// <summary>
/// Jobs by rita in a space where everybody begins with 10,000 units; what a test says in passing must be accepted.
/// </summary>
internal sealed class Workshop
{
    public static readonly string[] Jurors = ["j1", "j2", "j3", "j4", "j5"];

    public Workshop()
    {
        World.Join(Jurors);
    }

    public World World { get; } = World.Founded(10_000);

    /// <summary>An open job: 1,000 units, one winner, a bond of 12 %, an hour's lease, a day's review, a week.</summary>
    public PostJob Terms(string requester = "rita") => new(World.By(requester))
    {
        Bond = 1_200,
        Category = "writing",
        Content = World.Hash("job"),
        Deadline = new Moment(World.Now + 7 * World.Day),
        Jury = 0,
        Lease = (ulong)World.Hour,
        Mode = "open",
        Review = (ulong)World.Day,
        Revisions = 1,
        Reward = new Amount(1_000),
        Winners = 1,
        Workers = "open",
    };

    public TaskId Post(Func<PostJob, PostJob>? terms = null)
    {
        PostJob message = (terms ?? (static same => same))(Terms());
        World.Do(message);
        return new TaskId(TypedData.Digest(World.State.Domain!, message).Value);
    }

    public Job Job(TaskId id) => World.State.Jobs.Find(id)!;

    public Assignment Of(string worker, TaskId job) => Job(job).Assignments[Job(job).PlaceOf(World.Id(worker))];

    public ulong Free(string name) => (ulong)World.Account(name).Balance.Available.Units;

    public ulong Locked(string name) => (ulong)World.Account(name).Balance.Escrowed.Units;

    public void Claim(string worker, TaskId job) => World.Do(new ClaimJob(World.By(worker), job));

    public void Submit(string worker, TaskId job, string work = "work") =>
        World.Do(new SubmitWork(World.By(worker), job, World.Hash(work)));

    /// <summary>Claims and hands in.</summary>
    public void Deliver(string worker, TaskId job)
    {
        Claim(worker, job);
        Submit(worker, job);
    }

    public void Accept(string worker, TaskId job) => World.Do(new AcceptWork(World.By("rita"), job, World.Id(worker)));

    public TaskId Decline(string worker, TaskId job)
    {
        World.Do(new DeclineWork(World.By("rita"), job, World.Id(worker), "wrong"));
        return Of(worker, job).Case;
    }

    /// <summary>The block draws the jury, whose first three vote.</summary>
    public void Decide(TaskId poll, params uint[] votes)
    {
        World.Block();
        string[] seated = [.. Jurors.Where(name => Seats(poll).Contains(World.Id(name)))];
        for (int i = 0; i < votes.Length; i++) World.SealedVote(seated[i], poll, votes[i]);
        if (World.Poll(poll).Stage is Stage.Voting) World.Tick(3 * World.Day);
        World.Open(poll);
    }

    public IEnumerable<AccountId> Seats(TaskId poll) => ((Stage.Voting)World.Poll(poll).Stage).Seats;

    public CommitWork Commit(string worker, TaskId job, string work) => new(
        World.By(worker), job, World.State.Domain!.WorkCommitment(job, World.Id(worker), World.Hash(work)));
}
