using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChainSpace.Chains;
using ChainSpace.Chains.Networks;
using ChainSpace.Node;
using ChainSpace.Node.Anchoring;
using ChainSpace.Node.Settlement;
using ChainSpace.Tests.Chains;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace ChainSpace.Tests.Settlement;

/// <summary>How a story's node is set up.</summary>
/// <param name="Token">Null where the money is the coin.</param>
internal sealed record StoryTerms(string Data, IReadOnlyList<Uri> Rpc, string? Token, StoryPlan Plan)
{
    public const string Space = "story";
    public const uint ExitAfter = 60 * 60;

    public NodeOptions ToOptions() => new()
    {
        Data = Data,
        Port = 0,
        IsDemo = false,
        ChainSpaces = [new SpaceOnChain(Space, Space)],
        KnownNetworks =
        [
            new NetworkSetup
            {
                Name = Space,
                ChainId = LocalChain.Id,
                Endpoints = Rpc,
                Agreement = Plan.Agreement,
                Terms = new FinalityTerms(
                    new FinalityRule.Confirmations(Plan.Confirmations), FinalityClass.Fast,
                    TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(0.5)),
                FeeCeiling = Wei.FromGwei(500),
                Coin = "ETH",
                Window = Plan.Window,
                ExitAfter = ExitAfter,
                Asset = Token is null ? null : new AssetTerms(Address.Parse(Token), null, null),
                Policy = new AnchorPolicy
                {
                    LongestWait = TimeSpan.FromSeconds(2),
                    ShortestPause = TimeSpan.FromMilliseconds(200),
                    WithdrawnAtRisk = 0,
                    PriorityPrice = 0,
                },
            },
        ],
    };
}

/// <summary>
/// A node in a process of its own, with a window, an exit and an asset that a file of networks cannot say: the program is
/// the node's, and <see cref="StartupHook"/> of this assembly runs in it before its first word.
/// </summary>
internal sealed partial class StoryNode : IAsyncDisposable
{
    public const string Variable = "CHAINSPACE_STORY";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(40);

    private readonly Process process;
    private readonly Queue<string> lastWords = new();
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StoryNode(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(20) };

    public bool IsAlive => !process.HasExited;

    /// <summary>The last it said, for whoever wants to know why it died.</summary>
    public string LastWords
    {
        get
        {
            lock (lastWords) return string.Join('\n', lastWords);
        }
    }

    public static async Task<StoryNode> StartAsync(StoryTerms terms)
    {
        ProcessStartInfo start = new(Host, [typeof(NodeApp).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StoryNode).Assembly.Location;
        start.Environment[Variable] = JsonSerializer.Serialize(terms);
        StoryNode node = new(Process.Start(start)!);
        await Task.WhenAny(node.address.Task, node.process.WaitForExitAsync(), Task.Delay(_patience));
        Assert.True(node.address.Task.IsCompletedSuccessfully, $"The node did not come up. It said: {node.LastWords}");
        node.Http.BaseAddress = await node.address.Task;
        return node;
    }

    /// <summary>What the process of the node does: runs until it is killed, or stops by itself.</summary>
    public static async Task RunAsync(string told)
    {
        await using WebApplication app = NodeApp.Build(JsonSerializer.Deserialize<StoryTerms>(told)!.ToOptions());
        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.First());
        await app.WaitForShutdownAsync();
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>
    /// Kills it at a write of one of its files, as near as the system tells, while something goes on that makes it write;
    /// false where it did not write so often. Alive or not, it is dead afterwards.
    /// </summary>
    public async Task<bool> KillAtAsync(Write write, Func<Task> meanwhile)
    {
        int left = write.Place;
        using FileSystemWatcher watcher = new(write.Folder, write.Files);
        FileSystemEventHandler count = (_, _) =>
        {
            if (Interlocked.Decrement(ref left) == 0) process.Kill();
        };
        watcher.Created += count;
        watcher.Changed += count;
        watcher.Renamed += (sender, renamed) => count(sender, renamed);
        watcher.EnableRaisingEvents = true;
        for (int round = 0; round < 30 && Volatile.Read(ref left) > 0; round++) await meanwhile();
        await KillAsync();
        return Volatile.Read(ref left) <= 0;
    }

    /// <summary>A write of the node.</summary>
    /// <param name="Files">A pattern of names in the folder.</param>
    /// <param name="Place">Which of those that come, from 1.</param>
    internal sealed record Write(string Folder, string Files, int Place);

    public async ValueTask DisposeAsync()
    {
        if (IsAlive) await KillAsync();
        process.Dispose();
        Http.Dispose();
    }

    private static string Host =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private void Hear(string? line)
    {
        if (line is null) return;
        if (Listening().Match(line) is { Success: true } match) address.TrySetResult(new Uri(match.Value + "/"));
        lock (lastWords)
        {
            lastWords.Enqueue(line);
            if (lastWords.Count > 40) lastWords.Dequeue();
        }
    }

    [GeneratedRegex(@"^http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
