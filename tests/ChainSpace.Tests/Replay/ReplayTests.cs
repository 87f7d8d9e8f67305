using System.Diagnostics;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node;
using ChainSpace.Node.Replay;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using Microsoft.AspNetCore.Builder;

namespace ChainSpace.Tests.Replay;

/// <summary>A small crowd on a real node, over real HTTP.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    // Grants pay for two of the three polls, so it takes two requesters. Task c ends in a tie.
    private const string Votes = """
        task,worker,label
        a,ann,0
        a,ann,1
        a,bob,0
        b,ann,1
        a,eve,1
        "b",bob,1
        b,eve,1
        c,ann,2
        c,bob,1
        a,bob,1
        """;

    private const string Truth = "task,label\na,0\nb,1\nc,2\n";

    private readonly string _data = Directory.CreateTempSubdirectory("replayed-node-").FullName;
    private readonly HttpClient _http = new();
    private WebApplication? _node;

    public async ValueTask InitializeAsync()
    {
        SpaceDraft draft = new("crowd") { Grant = new Amount(6) };
        SpaceHost.Create(Path.Combine(_data, "spaces", draft.Name), draft, TimeProvider.System);
        SequencerOptions quick = new() { BeatMilliseconds = 10, CheckpointMilliseconds = 20, BlockMilliseconds = 20 };
        _node = NodeApp.Build(new NodeOptions { Data = _data, Port = 0, IsDemo = false }, quick);
        await _node.StartAsync();
        _http.BaseAddress = new Uri($"http://localhost:{new Uri(_node.Urls.First()).Port}/");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _node!.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Theory]
    [InlineData("open", "majority")]
    [InlineData("sealed", "equal")]
    [InlineData("open", "lottery")]
    [InlineData("sealed", "lottery")]
    public async Task Everything_is_counted_paid_and_proved(string voting, string payout)
    {
        ReplayReport report = await RunAsync(Votes, new ReplayTerms { Voting = voting, Payout = payout, BatchSize = 3 });
        Assert.Equal((3, 10, 8), (report.Items, report.Votes, report.VotesUsed));
        Assert.Equal(1, report.Refused["already_voted"]);
        Assert.Equal(1, report.Refused["poll_closed"]);
        Assert.Equal(0, report.VotesSavedShare);
        // The tie on c counts as its lower option, which is false; it is inconclusive, and so not among the closed.
        Assert.Equal(2.0 / 3, report.AccuracyMajority);
        Assert.Equal(2.0 / 3, report.AccuracyConsensus);
        Assert.Equal(2.0 / 3, report.ClosedShare);
        Assert.Equal(1, report.AccuracyClosed);
        Assert.Equal((8, 8, true), (report.MoneyIn, report.MoneyOut, report.MoneyCheck));
        Assert.Equal(8, report.ReceiptsVerified);
        Assert.Equal("ok", report.Audit);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("sealed")]
    public async Task Votes_after_a_poll_is_sure_are_saved(string voting)
    {
        IEnumerable<string> rows = from task in "abcd"
                                   from worker in Enumerable.Range(0, 6)
                                   select $"{task},w{worker},{task % 2}";
        string votes = $"task,worker,label\n{string.Join('\n', rows)}\n";
        ReplayReport report = await RunAsync(votes, new ReplayTerms { Voting = voting, Confidence = 9_000 });
        Assert.InRange(report.VotesUsed, 8, 23);
        Assert.Equal(24 - report.VotesUsed, (long)Math.Round(24 * report.VotesSavedShare));
        Assert.Empty(report.Refused);
        Assert.Equal(1, report.ClosedShare);
        Assert.True(report.MoneyCheck);
        Assert.Equal("ok", report.Audit);
    }

    [Fact]
    public async Task Votes_enter_in_the_order_of_the_file()
    {
        int[][] choices = [.. Enumerable.Range(0, 5).Select(static _ => Enumerable.Range(0, 6).ToArray())];
        foreach (int[] one in choices) new Random(one.GetHashCode()).Shuffle(one);
        IEnumerable<string> rows = from place in Enumerable.Range(0, 6)
                                   from task in Enumerable.Range(0, 5)
                                   select $"t{task},w{place},{choices[task][place]}";
        await RunAsync($"task,worker,label\n{string.Join('\n', rows)}\n", new ReplayTerms { BatchSize = 4 });

        ChainSpaceClient client = new(_http);
        Page<PollView> polls = await client.PollsAsync("crowd", new PollQuery(), default);
        Assert.Equal(5, polls.Data.Count);
        foreach (PollView poll in polls.Data)
        {
            Page<VoteView> votes = await client.VotesAsync("crowd", poll.Id, new PageQuery(), default);
            int task = poll.Content!.Title[^1] - '0';
            Assert.Equal(choices[task], votes.Data.Select(static vote => vote.Choice!.Value));
        }
    }

    [Fact]
    public async Task A_space_that_gives_too_little_for_one_poll_is_told()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 7).Select(static worker => $"big,w{worker},1");
        string votes = $"task,worker,label\n{string.Join('\n', rows)}\n";
        ReplayException fault = await Assert.ThrowsAsync<ReplayException>(() => RunAsync(votes, new ReplayTerms()));
        Assert.Equal("Space crowd gives new accounts 6 units, but task big needs 7.", fault.Message);
    }

    [Fact]
    public async Task The_verb_starts_a_node_of_its_own_and_leaves_nothing_behind()
    {
        using CrowdFiles files = new(Votes, Truth);
        (int status, string output, string complaint) = await RunVerbAsync(files.Votes, "--truth", files.Truth, "--json");
        Assert.Equal((0, ""), (status, complaint));
        using JsonDocument report = JsonDocument.Parse(output);
        Assert.Equal(8, report.RootElement.GetProperty("votes_used").GetInt64());
        Assert.Equal("ok", report.RootElement.GetProperty("audit").GetString());
        Assert.Equal(1, report.RootElement.GetProperty("refused").GetProperty("already_voted").GetInt64());
    }

    [Theory]
    [InlineData("--confidence 0.4", "--confidence must be between 0.5001 and 0.9999.")]
    [InlineData("--space Not/Good", "--space must be 1 to 32 of a-z, 0-9 and hyphen.")]
    [InlineData("--url nowhere", "--url must be an address such as http://localhost:8080.")]
    public async Task A_wrong_wish_is_one_sentence(string wish, string sentence)
    {
        using CrowdFiles files = new(Votes, Truth);
        (int status, string output, string complaint) =
            await RunVerbAsync([files.Votes, "--truth", files.Truth, .. wish.Split(' ')]);
        Assert.Equal((1, "", sentence), (status, output, complaint.TrimEnd()));
    }

    private async Task<ReplayReport> RunAsync(string votes, ReplayTerms terms)
    {
        using CrowdFiles files = new(votes, Truth);
        ChainSpaceClient client = new(_http);
        SpaceView space = (await client.SpaceAsync("crowd", default))!;
        return await new ReplayRun(client, files.Read(), terms).RunAsync(space, TestContext.Current.CancellationToken);
    }

    private static async Task<(int Status, string Output, string Complaint)> RunVerbAsync(params string[] arguments)
    {
        string temporary = Directory.CreateTempSubdirectory("replay-verb-").FullName;
        ProcessStartInfo start = new("dotnet", [typeof(NodeApp).Assembly.Location, "replay", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TMPDIR"] = temporary },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), complaint = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Empty(Directory.EnumerateDirectories(temporary, "chainspace-replay-*"));
        Directory.Delete(temporary, recursive: true);
        return (process.ExitCode, await output, await complaint);
    }
}
