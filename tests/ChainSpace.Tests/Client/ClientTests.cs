using System.Text;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using Microsoft.Extensions.Time.Testing;

namespace ChainSpace.Tests.Client;

public sealed class ClientTests : IDisposable
{
    private const string Taken = ScriptedNode.Taken;

    private static readonly Sent _accepted = new Sent.Accepted(
        new MessageId(Bytes32.Read(SmallJournal.Fill(9))), new EntryIndex(12), new Moment(1_793_404_800_000));

    private readonly SmallJournal _journal = new();
    private readonly P256Signer _alice = P256Signer.FromPrivateKey(SmallJournal.Fill(4));

    [Fact]
    public async Task A_message_goes_out_as_one_canonical_line()
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Json(Taken));
        Envelope message = Ballot(1);
        Assert.Equal(_accepted, await node.Client().SendAsync("my space", message, default));
        ScriptedNode.Request request = Assert.Single(node.Requests);
        Assert.Equal("/v1/spaces/my%20space/messages", request.Path);
        Assert.Equal("application/json", request.ContentType);
        Assert.Equal(Encoding.UTF8.GetString(message.ToBytes()), request.Body);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task The_same_bytes_go_again_where_the_node_is_busy(int status)
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(
            ScriptedNode.Busy(status, "0"), ScriptedNode.Busy(status), ScriptedNode.Json(Taken));
        Assert.Equal(_accepted, await node.Client().SendAsync("demo", Ballot(1), default));
        Assert.Equal(3, node.Requests.Count);
        Assert.Single(node.Requests.Select(request => request.Body).Distinct());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"id\":\"0x09")]
    public async Task The_same_bytes_go_again_where_the_connection_is_cut(string part)
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Cut(part), ScriptedNode.Json(Taken));
        Assert.Equal(_accepted, await node.Client().SendAsync("demo", Ballot(1), default));
        Assert.Equal(2, node.Requests.Count);
        Assert.Single(node.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task Nobody_returns_before_the_moment_the_node_named()
    {
        FakeTimeProvider time = new();
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Busy(429, "7"), ScriptedNode.Json(Taken));
        Task<Sent> sending = node.Client(time).SendAsync("demo", Ballot(1), default);
        while (node.Requests.Count == 0) await Task.Delay(5);
        await Task.Delay(100);
        time.Advance(TimeSpan.FromSeconds(6.9));
        await Task.Delay(50);
        Assert.Single(node.Requests);

        // A quarter more at most, so that not all come back at once.
        while (!sending.IsCompleted && time.GetUtcNow() < time.Start.AddSeconds(30))
        {
            time.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Delay(20);
        }

        Assert.Equal(_accepted, await sending);
        Assert.Equal(2, node.Requests.Count);
    }

    [Fact]
    public async Task Tries_are_bounded_and_the_refusal_is_a_value()
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Busy(503));
        Sent sent = await node.Client(tries: 3).SendAsync("demo", Ballot(1), default);
        Assert.Equal(new Sent.Refused(503, "busy", "Later."), sent);
        Assert.Equal(3, node.Requests.Count);
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_left_to_the_caller()
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Busy(429, "3600"));
        Assert.IsType<Sent.Refused>(await node.Client().SendAsync("demo", Ballot(1), default));
        Assert.Single(node.Requests);
    }

    [Fact]
    public async Task A_lost_connection_throws_in_the_end()
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Cut());
        await Assert.ThrowsAsync<HttpRequestException>(() => node.Client(tries: 2).SendAsync("demo", Ballot(1), default));
        Assert.Equal(2, node.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_by_the_rules_is_not_sent_again()
    {
        string problem = """{"status":409,"code":"already_voted","detail":"You voted."}""";
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Json(problem, 409));
        Sent sent = await node.Client().SendAsync("demo", Ballot(1), default);
        Assert.Equal(new Sent.Refused(409, "already_voted", "You voted."), sent);
        Assert.Single(node.Requests);
    }

    [Fact]
    public async Task A_batch_answers_in_order_and_only_the_busy_lines_go_again()
    {
        string first = $"{Taken}\n{Line(503, "busy")}\n{Line(409, "already_voted")}\n{Line(429, "busy")}\n";
        await using ScriptedNode node = await ScriptedNode.StartAsync(
            ScriptedNode.Cut(Taken + "\n"), ScriptedNode.Json(first), ScriptedNode.Json($"{Taken}\n{Taken}\n"));
        Envelope[] messages = [Ballot(0), Ballot(1), Ballot(2), Ballot(3)];
        IReadOnlyList<Sent> sent = await node.Client().SendManyAsync("demo", messages, default);
        Assert.Equal([_accepted, _accepted, new Sent.Refused(409, "already_voted", "No."), _accepted], sent);
        string[] lines = [.. messages.Select(message => Encoding.UTF8.GetString(message.ToBytes()) + "\n")];
        Assert.Equal(
            [string.Concat(lines), string.Concat(lines), lines[1] + lines[3]], node.Requests.Select(request => request.Body));
        Assert.All(node.Requests, request => Assert.Equal("application/x-ndjson", request.ContentType));
    }

    [Fact]
    public async Task A_batch_refused_as_a_whole_is_refused_line_by_line()
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Busy(503));
        IReadOnlyList<Sent> sent = await node.Client(tries: 2).SendManyAsync("demo", [Ballot(0), Ballot(1)], default);
        Assert.Equal(2, sent.Count);
        Assert.All(sent, each => Assert.Equal(new Sent.Refused(503, "busy", "Later."), each));
        Assert.Equal(2, node.Requests.Count);
    }

    [Fact]
    public async Task The_feed_goes_on_after_a_cut_without_loss_or_repetition()
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(
            ScriptedNode.Cut(Event(3) + Event(4) + "id: 5\ndata: {\"ind"),
            ScriptedNode.Busy(503, "0"),
            ScriptedNode.Json(Event(4) + ": still here\n\n" + Event(5)),
            ScriptedNode.Json("", 204));
        List<string> seen = [];
        await foreach (FeedItem item in node.Client().FeedAsync("demo", after: 2, default)) seen.Add(item.Index);
        Assert.Equal(["3", "4", "5"], seen);
        Assert.Equal(["2", "4", "4", "5"], node.Requests.Select(request => request.LastEventId));
    }

    [Fact]
    public async Task A_feed_that_brings_nothing_ends_with_an_exception()
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Cut());
        await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            await foreach (FeedItem _ in node.Client(tries: 3).FeedAsync("demo", after: null, default)) Assert.Fail();
        });
        Assert.Equal(3, node.Requests.Count);
    }

    [Fact]
    public async Task Reads_ask_what_the_interface_says_and_nothing_found_is_null()
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(
            ScriptedNode.Json("""{"data":[]}"""), ScriptedNode.Json("""{"status":404,"code":"not_checkpointed"}""", 404));
        ChainSpaceClient client = node.Client();
        PollQuery query = new("voting", "food & drink") { Cursor = "a/b", Limit = 7 };
        Assert.Empty((await client.PollsAsync("demo", query, default)).Data);
        Assert.Null(await client.ReceiptAsync("demo", 12, default));
        Assert.Null(await client.ConsistencyAsync("demo", 3, 9, default));
        Assert.Null(await client.TileAsync("demo", new Protocol.Merkle.Tile(0, 1067, 8), default));
        Assert.Equal(
            [
                "/v1/spaces/demo/polls?limit=7&cursor=a%2Fb&state=voting&category=food%20%26%20drink",
                "/v1/spaces/demo/receipts/12",
                "/v1/spaces/demo/consistency?from=3&to=9",
                "/v1/spaces/demo/tile/0/x001/067.p/8",
            ],
            node.Requests.Select(request => request.Path));
    }

    [Fact]
    public async Task A_read_that_fails_says_what_the_node_said()
    {
        await using ScriptedNode node = await ScriptedNode.StartAsync(
            ScriptedNode.Json("""{"status":400,"code":"bad_cursor","detail":"No such page."}""", 400));
        NodeRefusalException exception = await Assert.ThrowsAsync<NodeRefusalException>(
            () => node.Client().SpaceAsync("demo", default));
        Assert.Equal(new Sent.Refused(400, "bad_cursor", "No such page."), exception.Refused);
        Assert.Contains("bad_cursor", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Work_is_read_only_where_it_is_the_one_of_its_hash()
    {
        SaltedWork work = new(JobAuthor.Salt(), [.. "A page."u8]);
        byte[] bytes = [.. work.Attachment];
        SaltedWork read = SaltedWork.Read(bytes, work.Hash)!;
        Assert.Equal((work.Salt, work.Hash), (read.Salt, read.Hash));
        Assert.Equal(work.Content, read.Content);
        bytes[^1] ^= 1;
        Assert.Null(SaltedWork.Read(bytes, work.Hash));
        Assert.Null(SaltedWork.Read(bytes.AsSpan(0, 31), work.Hash));
    }

    [Fact]
    public async Task A_receipt_comes_over_the_wire_as_it_was()
    {
        long index = _journal.Add(Ballot(1));
        ReceiptDocument receipt = _journal.Receipt(index, _alice);
        string json = System.Text.Json.JsonSerializer.Serialize(receipt, ClientJson.Default.ReceiptDocument);
        await using ScriptedNode node = await ScriptedNode.StartAsync(ScriptedNode.Json(json));
        ReceiptDocument? read = await node.Client().ReceiptAsync("demo", index, default);
        Assert.NotNull(read);
        Assert.True(ChainSpace.Client.Receipts.ReceiptVerification.Verify(read, _journal.Space).IsValid);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _alice.Dispose();
    }

    private Envelope Ballot(uint choice)
    {
        TaskId poll = new(Bytes32.Read(SmallJournal.Fill(9)));
        return SmallJournal.Signed(new Vote(_journal.HeaderOf(_alice.Account), poll, choice), _alice, _journal.Domain);
    }

    private static string Line(int status, string code) => $$"""{"status":{{status}},"code":"{{code}}","detail":"No."}""";

    private static string Event(int index) =>
        $$"""
        id: {{index}}
        data: {"index":"{{index}}","moment":"1","type":"Vote","account":"0x01"}


        """.ReplaceLineEndings("\n") + "\n";
}
