using System.Collections.Immutable;
using System.Text;
using ChainSpace.Client.Writing;
using ChainSpace.Node;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Bench;

/// <summary>
/// What stays on a node's disk for good: bytes of a settled vote, of a closed poll and of an ended job, by file, read off the
/// folder of a node that was stopped. Each figure is growth divided by number, so pages half full and checkpoints are in it.
/// </summary>
internal sealed class StorageGroup : IGroup
{
    private const int Voters = 1_000;
    private const int BigPolls = 50;
    private const int SmallPolls = 3_000;
    private const int SmallVoters = 2;
    private const int Jobs = 1_000;
    private const int JobsOfRequester = 10;

    private static readonly string[] Files = ["journal", "views", "content"];

    public string Name => "storage";

    public async Task<IReadOnlyList<Result>> RunAsync()
    {
        string data = Directory.CreateTempSubdirectory("chainspace-bench-").FullName;
        try
        {
            ImmutableArray<double> open = Each(BigPolls * Voters, await VotesAsync(data, (BigPolls, Voters), "open"));
            ImmutableArray<double> hidden = Each(BigPolls * Voters, await VotesAsync(data, (BigPolls, Voters), "sealed"));
            ImmutableArray<double> polls = Each(SmallPolls, await PollsAsync(data));
            ImmutableArray<double> jobs = Each(Jobs, await JobsAsync(data));
            ImmutableArray<double> alone = [.. polls.Select((bytes, file) => bytes - SmallVoters * open[file])];
            return
            [
                .. Lines("vote", open, "50 polls, 1,000 open votes each"),
                .. Lines("sealed_vote", hidden, "the same, sealed and opened by the operator"),
                .. Lines("poll", alone, "3,000 polls of two votes, which are taken off"),
                .. Lines("job", jobs, "posted, taken, 100 bytes handed in, accepted"),
            ];
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static IEnumerable<Result> Lines(string what, ImmutableArray<double> bytes, string note) =>
        bytes.Select((each, file) => new Result($"storage.{what}_{Files[file]}", each, "bytes", "", note));

    private static ImmutableArray<double> Each(int count, ImmutableArray<long> bytes) =>
        [.. bytes.Select(each => each / (double)count)];

    // People and polls are on the disk before the votes are counted.
    private static async Task<ImmutableArray<long>> VotesAsync(string data, (int Polls, int Votes) size, string voting)
    {
        Crowd crowd = null!;
        await GrowthAsync(data, async node =>
        {
            crowd = await Crowd.OpenAsync(node.Url, "bench");
            await crowd.RegisterAsync(size.Votes, areWallets: false);
            await crowd.PostAsync(size.Polls, size.Votes, voting);
        });
        return await GrowthAsync(data, node => VoteAsync(node, crowd.At(node.Url), voting));
    }

    private static async Task<ImmutableArray<long>> PollsAsync(string data)
    {
        Crowd crowd = null!;
        await GrowthAsync(data, async node =>
        {
            crowd = await Crowd.OpenAsync(node.Url, "bench");
            await crowd.RegisterAsync(SmallVoters, areWallets: false);
        });
        return await GrowthAsync(data, async node =>
        {
            Crowd same = crowd.At(node.Url);
            await same.PostAsync(SmallPolls, SmallVoters, "open");
            await VoteAsync(node, same, "open");
        });
    }

    private static async Task VoteAsync(NodeProcess node, Crowd crowd, string voting)
    {
        bool isSealed = voting == "sealed";
        Load load = new("storage", crowd.Polls.Count, isSealed, false);
        await new Sender(node.Url, crowd.Space.Id).SendAsync([.. crowd.Sign(isSealed)], load);
        // What was sealed, the operator opens within its next beats.
        if (isSealed) await Task.Delay(TimeSpan.FromSeconds(5));
    }

    private static async Task<ImmutableArray<long>> JobsAsync(string data)
    {
        List<Author> people = [];
        await GrowthAsync(data, async node =>
        {
            Crowd crowd = await Crowd.OpenAsync(node.Url, "bench");
            for (int i = 0; i <= Jobs / JobsOfRequester; i++)
                people.Add(new Author(crowd.Space, P256Signer.Create(), TimeProvider.System));
            await crowd.SendAsync([.. people.Select(static each => each.Register(""))]);
        });
        return await GrowthAsync(data, async node =>
        {
            Crowd crowd = await Crowd.OpenAsync(node.Url, "bench");
            Author[] requesters = [.. Enumerable.Range(0, Jobs).Select(i => people[1 + i / JobsOfRequester])];
            await EndJobsAsync(crowd, requesters, people[0]);
        });
    }

    private static async Task EndJobsAsync(Crowd crowd, Author[] requesters, Author worker)
    {
        Envelope[] posts = [.. requesters.Select(static (each, number) => each.Post(Draft(number)))];
        TaskId[] jobs = [.. posts.Select(post => new TaskId(worker.IdOf(post).Value))];
        ImmutableArray<byte> work = [.. Encoding.UTF8.GetBytes(new string('x', 100))];
        await crowd.SendAsync(posts);
        await crowd.SendAsync([.. jobs.Select(job => worker.Sign(header => new ClaimJob(header, job)))]);
        await crowd.SendAsync([.. jobs.Select(job => worker.Submit(job, new SaltedWork(JobAuthor.Salt(), work)))]);
        await crowd.SendAsync([.. jobs.Select((job, place) =>
            requesters[place].Sign(header => new AcceptWork(header, job, worker.Account)))]);
    }

    private static JobDraft Draft(int number) => new()
    {
        Title = $"Job {number}",
        Reward = new Amount(100),
        Bond = 0,
        Deadline = new Moment(DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds()),
    };

    // How much each kind of file grew while a node ran.
    private static async Task<ImmutableArray<long>> GrowthAsync(string data, Func<NodeProcess, Task> work)
    {
        ImmutableArray<long> before = Sizes(data);
        await using (NodeProcess node = await NodeProcess.StartAsync(data, "--no-demo", "--space", "bench"))
        {
            await work(node);
            await Task.Delay(TimeSpan.FromSeconds(1.5));
            await node.StopAsync();
        }

        return [.. Sizes(data).Zip(before, static (after, old) => after - old)];
    }

    private static ImmutableArray<long> Sizes(string data) =>
    [
        .. Files.Select(file => new DirectoryInfo(data).EnumerateFiles($"{file}.db*", SearchOption.AllDirectories)
            .Sum(static each => each.Length)),
    ];
}
