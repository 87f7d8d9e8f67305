using System.Text;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Http;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node;
using ChainSpace.Node.Sandbox.Suites;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Tests.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ChainSpace.Tests.Checking;

/// <summary>A node that can be stopped and started again, a requester with hidden tests, and a worker, all over HTTP.</summary>
internal sealed class Classroom : IAsyncDisposable
{
    public const string Name = "school";

    /// <summary>Stands in a hidden test and nowhere else; with its space, no hash can have it by chance.</summary>
    public const string Secret = "31337 1";

    public const string Right = "read a b; echo $((a + b))", Wrong = "read a b; echo $((a - b))";

    private const int Patience = 600;

    private readonly string data = Directory.CreateTempSubdirectory("classroom-").FullName;
    private readonly P256Signer requesterKey = P256Signer.Create(), workerKey = P256Signer.Create();
    private WebApplication? node;

    public static TestSuite Suite { get; } = new()
    {
        Title = "Sum of two numbers",
        Salt = Bench.Salt,
        Tests =
        [
            new() { Name = "zero", Input = "0 0\n", Expected = "0\n" },
            new() { Name = "small", Input = "1 2\n", Expected = "3\n" },
            new() { Name = "huge", Input = Secret + "\n", Expected = "31338\n" },
        ],
    };

    public HttpClient Http { get; private set; } = null!;

    public ChainSpaceClient Client { get; private set; } = null!;

    public SpaceView Space { get; private set; } = null!;

    public SpaceHost Host { get; private set; } = null!;

    public Author Requester { get; private set; } = null!;

    public Author Worker { get; private set; } = null!;

    public static async Task<Classroom> OpenAsync()
    {
        Classroom room = new();
        await room.StartAsync();
        await room.SayAsync(room.Requester.Register(""), room.Worker.Register(""));
        return room;
    }

    public static byte[] JsonOf(TestSuite suite) => JsonSerializer.SerializeToUtf8Bytes(suite, SuiteJson.Default.TestSuite);

    /// <summary>A program in sh, packed as the command line packs it.</summary>
    public static SaltedWork Program(string text, string file = "main.sh") => new(
        JobAuthor.Salt(), [.. SubmissionArchive.Write(Submission.Of([new(file, Encoding.UTF8.GetBytes(text))]))]);

    public async Task StartAsync()
    {
        NodeOptions options = new() { Data = data, Port = 0, IsDemo = false, Spaces = [Name] };
        node = NodeApp.Build(options, new SequencerOptions { BeatMilliseconds = 5, CheckpointMilliseconds = 20 });
        await node.StartAsync();
        Host = node.Services.GetRequiredService<SpaceDirectory>().Find(Name)!;
        Http = new HttpClient { BaseAddress = new Uri(node.Urls.First() + "/"), Timeout = TimeSpan.FromSeconds(20) };
        Client = new ChainSpaceClient(Http, new RetryPolicy());
        Space = (await Client.SpaceAsync(Name, default))!;
        Requester = new Author(Space, requesterKey, TimeProvider.System);
        Worker = new Author(Space, workerKey, TimeProvider.System);
    }

    public async Task StopAsync()
    {
        Http.Dispose();
        await node!.StopAsync();
        await node.DisposeAsync();
    }

    public JobDraft Draft() => new()
    {
        Title = "Add two numbers",
        Reward = new Amount(1_000),
        Tests = Suite.Hash,
        Checker = new AccountId(Bytes32.Parse(Space.Operator)),
        Deadline = new Moment(TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds()),
    };

    /// <summary>A job that the worker has claimed, its suite in the node's hands unless it is none.</summary>
    public async Task<TaskId> ClaimedAsync(JobDraft draft, TestSuite? suite)
    {
        TaskId job = new((await SayAsync(Requester.Post(draft)))[0].Id.Value);
        if (suite is not null) Assert.Null(await Client.PutTestsAsync(Name, job.ToString(), JsonOf(suite), default));
        await SayAsync(Worker.Sign(header => new ClaimJob(header, job)));
        return job;
    }

    public Task<IReadOnlyList<Sent.Accepted>> SubmitAsync(TaskId job, SaltedWork work) => SayAsync(Worker.Submit(job, work));

    /// <summary>The worker's part, as soon as it is in a phase, and its work checked where that is asked for.</summary>
    public async Task<AssignmentView> PartAsync(TaskId job, string phase, bool isChecked = false)
    {
        AssignmentView? part = null;
        for (int tries = 0; tries < Patience; tries++)
        {
            part = (await Client.JobAsync(Name, job.ToString(), default))?.Assignments.SingleOrDefault();
            if (part?.Phase == phase && (!isChecked || part.Check is not null)) return part;
            await Task.Delay(50);
        }

        throw new InvalidOperationException($"The part stays {part?.Phase}, and is never {phase}.");
    }

    public async Task<JobView> ShowAsync(TaskId job) => (await Client.JobAsync(Name, job.ToString(), default))!;

    /// <summary>Status and body of what can be read of the tests.</summary>
    public async Task<(int Status, string Body)> TestsAsync(TaskId job)
    {
        using HttpResponseMessage answer = await Http.GetAsync(new Uri($"v1/spaces/{Name}/jobs/{job}/tests", UriKind.Relative));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<IReadOnlyList<Sent.Accepted>> SayAsync(params Envelope[] messages) =>
        [.. (await Client.SendManyAsync(Name, messages, default)).Select(static sent => Assert.IsType<Sent.Accepted>(sent))];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        requesterKey.Dispose();
        workerKey.Dispose();
        Directory.Delete(data, recursive: true);
    }
}
