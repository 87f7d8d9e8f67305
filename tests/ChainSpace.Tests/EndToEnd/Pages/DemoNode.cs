using System.Diagnostics;
using ChainSpace.Client;
using ChainSpace.Client.Http;
using ChainSpace.Client.Reading;
using ChainSpace.Node;

namespace ChainSpace.Tests.EndToEnd.Pages;

/// <summary>A node with its demo told to the end, and a browser to look at it; nothing where the machine has none.</summary>
public sealed class DemoNode : IAsyncLifetime
{
    private const string Browser = "/usr/bin/chromium";
    private const int Polls = 13;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string data = Directory.CreateTempSubdirectory("pages-").FullName;
    private NodeProcess? node;

    public static bool TakesPictures => Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";

    public static bool HasBrowser => File.Exists(Browser);

    public Uri Address => node!.Http.BaseAddress!;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<PollView> All { get; private set; } = [];

    public ChainSpaceClient Client { get; private set; } = null!;

    /// <summary>Posted beside the demo's polls, and worked on.</summary>
    public string Batch { get; private set; } = "";

    /// <inheritdoc cref="Batch"/>
    public string Job { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (!HasBrowser) return;
        node = await NodeProcess.StartAsync(Path.Combine(data, "node"));
        Client = new ChainSpaceClient(node.Http, new RetryPolicy());
        using CancellationTokenSource stop = new(Patience);
        while (All.Count < Polls || All.Any(static poll => poll.State is "drawing" or "opening") || All[0].Votes < 3)
        {
            await Task.Delay(200, stop.Token);
            All = (await Client.PollsAsync("demo", new PollQuery(), stop.Token)).Data;
        }

        // Pictures show people who take their time.
        TimeSpan pace = TakesPictures ? TimeSpan.FromSeconds(6) : TimeSpan.Zero;
        using Market market = new(Client, (await Client.SpaceAsync("demo", stop.Token))!, pace);
        Job = (await market.PostJobAsync()).ToString();
        Batch = (await market.PostBatchAsync()).ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (node is not null) await node.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>The page after its scripts have run.</summary>
    public Task<string> DumpAsync(string path) => BrowseAsync(path, "--virtual-time-budget=8000", "--dump-dom");

    /// <summary>A page that keeps a stream open: for it virtual time, which waits for the network, would stand still.</summary>
    public Task<string> DumpStreamingAsync(string path) => BrowseAsync(path, "--timeout=4000", "--dump-dom");

    /// <summary>A picture of what a visitor sees first.</summary>
    public async Task<byte[]> PictureAsync(string path)
    {
        string file = Path.Combine(data, "picture.png");
        await BrowseAsync(
            path, "--virtual-time-budget=8000", "--window-size=1280,900", "--hide-scrollbars", $"--screenshot={file}");
        return await File.ReadAllBytesAsync(file);
    }

    private async Task<string> BrowseAsync(string path, params string[] words)
    {
        string profile = Directory.CreateDirectory(Path.Combine(data, $"profile-{Guid.NewGuid():N}")).FullName;
        ProcessStartInfo start = new(Browser,
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", $"--user-data-dir={profile}",
            .. words, new Uri(Address, path).ToString(),
        ]);
        (int code, string output, string errors) = (await Tool.RunAsync(start, Patience))!.Value;
        Assert.True(code == 0, errors);
        return output;
    }
}
