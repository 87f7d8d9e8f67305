using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ChainSpace.Chains;
using ChainSpace.Chains.Deposits;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using Microsoft.Extensions.Time.Testing;

namespace ChainSpace.Tests.Chains;

public sealed class DepositTests
{
    private static readonly DepositCursor _start = DepositCursor.From(new BlockNumber(0));

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_deposit_is_pending_until_it_is_final_and_then_delivered_once()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        Address till = (await Till.DeployAsync(chain, wallet)).Created!.Value;
        DepositWatcher watcher = Watcher(till, 1, chain.Endpoint);
        await chain.CallAsync(wallet, Till.Deposit(till, wallet.Account, new Wei(5)));
        await chain.CallAsync(wallet, Till.Deposit(till, wallet.Account, new Wei(6)));

        DepositNews.Read early = await ReadAsync(watcher, _start);
        Assert.Empty(early.Deposits);
        Answer<ImmutableArray<Deposit>> pending = await watcher.PendingAsync(early.Cursor, default);
        Assert.Equal([5, 11], pending.Value.Select(each => (int)each.Total.Units));

        await chain.MineAsync(3);
        DepositNews.Read late = await ReadAsync(watcher, early.Cursor);
        Assert.Equal([(5, 5), (6, 11)], late.Deposits.Select(each => ((int)each.Amount.Units, (int)each.Total.Units)));
        Assert.All(late.Deposits, each => Assert.Equal(wallet.Account, each.Account));
        Assert.Equal([2UL, 3UL], late.Deposits.Select(each => each.Block.Value));
        Assert.True(late.IsCaughtUp);
        Assert.Empty((await ReadAsync(watcher, late.Cursor)).Deposits);
        Assert.Empty((await watcher.PendingAsync(late.Cursor, default)).Value);
    }

    [Fact]
    public async Task A_deposit_reorganised_away_before_it_is_final_is_never_delivered()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        Address till = (await Till.DeployAsync(chain, wallet)).Created!.Value;
        DepositWatcher watcher = Watcher(till, 1, chain.Endpoint);
        await chain.CallAsync(wallet, Till.Deposit(till, wallet.Account, new Wei(5)));
        await chain.MineAsync();
        DepositNews.Read before = await ReadAsync(watcher, _start);

        await chain.ReorganiseAsync(2);
        await chain.DoAsync("anvil_dropAllTransactions", _ => { });
        await chain.MineAsync(5);
        DepositNews.Read after = await ReadAsync(watcher, before.Cursor);

        Assert.Empty(before.Deposits);
        Assert.Empty(after.Deposits);
        Assert.True(after.IsCaughtUp);
    }

    [Fact]
    public async Task A_final_block_that_vanishes_is_said_out_loud()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        Address till = (await Till.DeployAsync(chain, wallet)).Created!.Value;
        DepositWatcher watcher = Watcher(till, 1, chain.Endpoint);
        await chain.MineAsync(5);
        DepositNews.Read before = await ReadAsync(watcher, _start);
        await chain.ReorganiseAsync(5);
        await chain.MineAsync(2);

        DepositNews news = await watcher.NextAsync(before.Cursor, default);
        DepositNews.FinalityBroken broken = Assert.IsType<DepositNews.FinalityBroken>(news);
        Assert.Equal(before.Cursor.Next.Minus(1), broken.Block);
        Assert.Equal(before.Cursor.Last, broken.Before);
    }

    [Fact]
    public async Task Ten_thousand_deposits_in_a_burst_are_delivered_once_each_and_in_order()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        Address till = (await Till.DeployAsync(chain, wallet)).Created!.Value;
        IEnumerable<int> parts = Enumerable.Range(0, 20);
        await chain.SendManyAsync(wallet, [.. parts.Select(part => Till.DepositMany(till, (ulong)part * 500 + 1, 500))]);
        await chain.MineAsync(12);

        // An endpoint that bears 3,000 results at most, and says so in words of its own.
        using FaultyServer picky = new(chain.Url);
        picky.Refuse = (method, truth) => method == "eth_getLogs" && truth!.AsArray().Count > 3000 ? "too many, sorry" : null;
        DepositWatcher watcher = Watcher(till, 1, picky.Endpoint);
        List<Deposit> all = [];
        DepositCursor cursor = _start;
        for (bool isCaughtUp = false; !isCaughtUp;)
        {
            DepositNews.Read news = await ReadAsync(watcher, cursor);
            all.AddRange(news.Deposits);
            (cursor, isCaughtUp) = (news.Cursor, news.IsCaughtUp);
        }

        Assert.Equal(Enumerable.Range(1, 10_000), all.Select(Number));
    }

    [Fact]
    public async Task What_no_space_can_count_is_set_aside()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        Address till = (await Till.DeployAsync(chain, wallet)).Created!.Value;
        await chain.CallAsync(wallet, Till.DepositTooMuch(till, wallet.Account));
        await chain.CallAsync(wallet, Till.Deposit(till, wallet.Account, new Wei(5)));
        await chain.MineAsync(2);
        DepositNews.Read news = await ReadAsync(Watcher(till, 1, chain.Endpoint), _start);
        Assert.Single(news.Deposits);
        Assert.Single(news.Unfit);
    }

    /// <summary>One honest endpoint, one that does this; two must agree.</summary>
    public static TheoryData<string> Lies =>
        ["invents", "raises", "moves", "withholds", "final", "lags", "garbles", "limits", "dies", "other chain", "forks"];

    [Theory, MemberData(nameof(Lies))]
    public async Task A_lie_of_one_of_two_never_becomes_a_deposit(string lie)
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        Address till = (await Till.DeployAsync(chain, wallet)).Created!.Value;
        await Till.DepositAsync(chain, wallet, till, 1, 1);
        await chain.MineAsync(2);
        await Till.DepositAsync(chain, wallet, till, 2, 1);
        using FaultyServer liar = new(chain.Url);
        liar.Answer = AnswersOf(lie);
        liar.Lie = LiesOf(lie);

        // Blocks 0 to 3 are final with one deposit, the second is not; whoever says more than that lies.
        DepositNews news = await Watcher(till, 2, liar.Endpoint, chain.Endpoint).NextAsync(_start, default);
        if (news is DepositNews.Read read)
            Assert.All(read.Deposits, each => Assert.Equal((1, 1), (Number(each), (int)each.Total.Units)));
        Assert.IsNotType<DepositNews.FinalityBroken>(news);

        // With a second honest endpoint the lie does not even hold us up.
        using FaultyServer honest = new(chain.Url);
        DepositNews.Read found = await ReadAsync(Watcher(till, 2, liar.Endpoint, honest.Endpoint, chain.Endpoint), _start);
        Assert.Equal([1], found.Deposits.Select(Number));
        Assert.True(found.Cursor.Next <= new BlockNumber(4));
    }

    [Theory]
    [InlineData("invents")]
    [InlineData("raises")]
    [InlineData("moves")]
    [InlineData("final")]
    public async Task The_same_lie_is_seen_in_what_a_single_trusted_endpoint_delivers(string lie)
    {
        // The planted bug: an agreement of one. The test above would be worth nothing if it could not see it.
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        Address till = (await Till.DeployAsync(chain, wallet)).Created!.Value;
        await Till.DepositAsync(chain, wallet, till, 1, 1);
        await chain.MineAsync(2);
        await Till.DepositAsync(chain, wallet, till, 2, 1);
        using FaultyServer liar = new(chain.Url) { Answer = AnswersOf(lie), Lie = LiesOf(lie) };
        DepositNews.Read believed = await ReadAsync(Watcher(till, 1, liar.Endpoint), _start);
        Assert.NotEqual([(1, 1)], believed.Deposits.Select(each => (Number(each), (int)each.Total.Units)));
    }

    private static int Number(Deposit deposit) =>
        System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(deposit.Account.Value.ToArray().AsSpan(Bytes32.Size - 4));

    private static Func<string, FaultyServer.Reply?> AnswersOf(string lie) => lie switch
    {
        "garbles" => _ => FaultyServer.Reply.Of("[{]"),
        "limits" => _ => FaultyServer.Reply.Of("", 429) with { Headers = [("Retry-After", "30")] },
        "dies" => _ => FaultyServer.Reply.Of("{") with { IsCutOff = true },
        _ => _ => null,
    };

    private static Func<string, JsonArray, JsonNode?, JsonNode?> LiesOf(string lie) => (lie, 0) switch
    {
        ("invents", _) => OfLogs(logs => logs.Add(With(logs[0]!, "logIndex", "0x9"))),
        ("raises", _) => OfLogs(logs => logs[0]!["data"] = "0x" + new string('0', 60) + "ffff" + new string('0', 60) + "ffff"),
        ("moves", _) => OfLogs(logs => logs[0]!["topics"]![1] = "0x" + new string('7', 64)),
        ("withholds", _) => OfLogs(logs => logs.Clear()),
        ("final", _) => (method, asked, truth) => method == "eth_getBlockByNumber" && (string?)asked[0] == "latest"
            ? With(truth!, "number", "0x7")
            : truth,
        ("lags", _) => (method, asked, truth) => method == "eth_getBlockByNumber" && (string?)asked[0] != "0x0" ? null : truth,
        ("other chain", _) => (method, _, truth) => method == "eth_chainId" ? "0x1" : truth,
        ("forks", _) => (method, _, truth) => method == "eth_getBlockByNumber"
            ? With(truth!, "hash", "0x" + new string('5', 64))
            : truth,
        _ => static (_, _, truth) => truth,
    };

    private static Func<string, JsonArray, JsonNode?, JsonNode?> OfLogs(Action<JsonArray> change) => (method, _, truth) =>
    {
        if (method != "eth_getLogs" || truth!.AsArray().Count == 0) return truth;
        JsonArray logs = truth.DeepClone().AsArray();
        change(logs);
        return logs;
    };

    private static JsonNode With(JsonNode truth, string member, string value)
    {
        JsonNode changed = truth.DeepClone();
        changed[member] = value;
        return changed;
    }

    private static async Task<DepositNews.Read> ReadAsync(DepositWatcher watcher, DepositCursor cursor) =>
        Assert.IsType<DepositNews.Read>(await watcher.NextAsync(cursor, default));

    private DepositWatcher Watcher(Address till, int agreement, params RpcEndpoint[] endpoints) => new(
        new RpcPool(LocalChain.Id, endpoints, agreement, time, new Random(1)), till, new FinalityRule.Confirmations(2));
}
