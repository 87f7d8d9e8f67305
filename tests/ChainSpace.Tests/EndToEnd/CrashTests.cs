using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Receipts;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Audit;
using ChainSpace.Node;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Tests.EndToEnd;

/// <summary>A node that is killed at any moment keeps what it has acknowledged, and enters nothing twice.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Rounds = 4;

    private readonly string data = Directory.CreateTempSubdirectory("crash-").FullName;

    [Fact(Timeout = 120_000)]
    public async Task What_was_acknowledged_survives_every_kill()
    {
        Crowd crowd = await FoundAsync();
        for (int round = 0; round < Rounds; round++)
            await CrashAsync(crowd, TestContext.Current.CancellationToken);
        Assert.Contains(crowd.Said, static said => said.Entered is not null);
        Assert.Contains(crowd.Said, static said => said.Entered is null);

        await using NodeProcess node = await NodeProcess.StartAsync(data, "--no-demo");
        await SendAllAgainAsync(node, crowd);
        await SendAllAgainAsync(node, crowd);
        await AssertEnteredAsync(node, crowd);
        await AssertReceiptsAsync(node, crowd);
        await node.KillAsync();

        using FolderSource folder = new(Path.Combine(data, "spaces", "demo"));
        AuditReport report = await Auditor.RunAsync(folder, new AuditOptions(), null, default);
        Assert.Null(report.Fault);
        Assert.True(report.Entries >= crowd.Said.Count, $"{report.Entries} entries for {crowd.Said.Count} messages.");
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private async Task<Crowd> FoundAsync()
    {
        await using NodeProcess node = await NodeProcess.StartAsync(data, "--no-demo", "--space", "demo");
        ChainSpaceClient client = new(node.Http);
        SpaceView space = (await client.SpaceAsync("demo", default))!;
        using P256Signer key = P256Signer.Create();
        using SpaceSession requester = new(client, space, key, TimeProvider.System);
        Assert.IsType<Sent.Accepted>(await requester.RegisterAsync("", default));
        List<TaskId> polls = [];
        foreach (string voting in (string[])["open", "sealed", "open"])
        {
            PollDraft draft = new()
            {
                Title = "Does it last?",
                Options = ["Yes", "No"],
                Reward = new Amount(20_000),
                Maximum = 20_000,
                Voting = voting,
                Deadline = new Moment(TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds()),
            };
            polls.Add(new TaskId(Assert.IsType<Sent.Accepted>(await requester.PostPollAsync(draft, default)).Id.Value));
        }

        return new Crowd(space, polls);
    }

    private async Task CrashAsync(Crowd crowd, CancellationToken cancellationToken)
    {
        await using NodeProcess node = await NodeProcess.StartAsync(data, "--no-demo");
        await AssertEnteredAsync(node, crowd);
        Task[] speakers = [.. Enumerable.Range(0, 4).Select(number => crowd.SpeakAsync(node.Http, isStreaming: number % 2 == 0))];
        await Task.Delay(Random.Shared.Next(200, 1_200), cancellationToken);
        await node.KillAsync();
        await Task.WhenAll(speakers).WaitAsync(cancellationToken);
    }

    // In the order in which they were sent: nobody votes before the registration is in.
    private static async Task SendAllAgainAsync(NodeProcess node, Crowd crowd)
    {
        foreach (Said[] batch in crowd.Said.Chunk(500)) await crowd.StreamAsync(node.Http, batch);
        Assert.All(crowd.Said, static said => Assert.Null(said.Refused));
        Assert.Equal(crowd.Said.Count, crowd.Said.Select(static said => said.Entered!.Value.Index).Distinct().Count());
    }

    /// <summary>Each acknowledged message is the entry it was said to be, and no message is two entries.</summary>
    private static async Task AssertEnteredAsync(NodeProcess node, Crowd crowd)
    {
        IReadOnlyList<ReadOnlyMemory<byte>> entries = await EntriesAsync(node);
        foreach (Said said in crowd.Said)
        {
            if (said.Entered is not { } entered) continue;
            Assert.InRange(entered.Index.Value, 0, entries.Count - 1);
            Assert.True(
                entries[(int)entered.Index.Value].Span.SequenceEqual(new Entry(said.Message, entered.Moment).ToBytes()),
                $"Entry {entered.Index} is not the message that was acknowledged there.");
        }

        IEnumerable<string> signatures = entries.Select(static leaf => Convert.ToHexString(Read(leaf).Signed.Signature.AsSpan()));
        Assert.Equal(entries.Count, signatures.Distinct().Count());
    }

    private static Entry Read(ReadOnlyMemory<byte> leaf) =>
        Entry.TryRead(leaf.Span, out Entry? entry, out _) ? entry : throw new InvalidDataException("A leaf that is no entry.");

    private static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> EntriesAsync(NodeProcess node)
    {
        ChainSpaceClient client = new(node.Http);
        SpaceView space = (await client.SpaceAsync("demo", default))!;
        long size = long.Parse(space.Size, System.Globalization.CultureInfo.InvariantCulture);
        List<ReadOnlyMemory<byte>> entries = [];
        while (entries.Count < size)
        {
            int width = (int)Math.Min(Tile.FullWidth, size - entries.Count);
            byte[]? body = await client.BundleAsync("demo", new EntryBundle(entries.Count / Tile.FullWidth, width), default);
            Assert.True(EntryBundle.TryRead(body, out var bundle));
            entries.AddRange(bundle);
        }

        return entries;
    }

    private static async Task AssertReceiptsAsync(NodeProcess node, Crowd crowd)
    {
        ChainSpaceClient client = new(node.Http);
        Said[] some = [.. crowd.Said.Where(static (_, place) => place % 400 == 0)];
        foreach (Said said in some)
        {
            long index = said.Entered!.Value.Index.Value;
            ReceiptDocument? receipt = null;
            for (int tries = 0; receipt is null && tries < 100; tries++)
            {
                receipt = await client.ReceiptAsync("demo", index, default);
                if (receipt is null) await Task.Delay(100, TestContext.Current.CancellationToken);
            }

            Assert.True(ReceiptVerification.Verify(receipt!, null).IsValid);
            byte[] leaf = new Entry(said.Message, said.Entered.Value.Moment).ToBytes();
            Assert.Equal(System.Text.Encoding.UTF8.GetString(leaf), receipt!.Entry);
        }
    }
}
