using System.Text.Json.Nodes;
using ChainSpace.Chains;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Sending;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol.Crypto;
using Microsoft.Extensions.Time.Testing;

namespace ChainSpace.Tests.Chains;

public sealed class SenderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("outbox-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_intent_is_sent_mined_and_final()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        using Sender sender = Open(chain, wallet);
        (Intent intent, Address payee) = Payment("a");

        Assert.IsType<IntentState.Waiting>(sender.Submit(intent));
        await sender.StepAsync(default);
        Assert.Equal(new Nonce(0), Assert.IsType<IntentState.Sent>(sender.StateOf("a")).Nonce);
        await chain.MineAsync();
        await sender.StepAsync(default);
        Assert.Equal(new BlockNumber(1), Assert.IsType<IntentState.Mined>(sender.StateOf("a")).Block);
        await chain.MineAsync(2);
        await sender.StepAsync(default);

        Assert.True(Assert.IsType<IntentState.Final>(sender.StateOf("a")).Succeeded);
        Assert.Equal(new Wei(7), await chain.BalanceAsync(payee));
        Assert.Empty(sender.Unfinished());
    }

    [Fact]
    public async Task An_outbox_killed_before_any_write_or_sending_pays_each_intent_once()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        for (int deadly = 1; ; deadly++)
        {
            using WalletSigner wallet = await chain.WalletAsync();
            string file = Path.Combine(folder, $"{deadly}.db");
            (Intent Intent, Address Payee)[] payments = [Payment("first"), Payment("second")];
            bool hasDied = await RunUntilKilledAsync(chain, wallet, file, payments, deadly);

            using Sender revived = Open(chain, wallet, file);
            await RunToTheEndAsync(chain, revived, payments);
            foreach ((_, Address payee) in payments) Assert.Equal(new Wei(7), await chain.BalanceAsync(payee));
            Assert.Equal(new Nonce(2), await chain.AskAsync(Chain.TransactionCount(revived.Account, new BlockTag.Latest())));
            if (hasDied) continue;
            Assert.True(deadly > 10, $"Only {deadly} steps were seen.");
            return;
        }
    }

    [Fact]
    public async Task An_outbox_that_forgets_pays_twice_and_the_balance_shows_it()
    {
        // The planted bug: the file is lost. It is what the test above would see of any other way to forget.
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        (Intent, Address Payee)[] payment = [Payment("a")];
        using (Sender sender = Open(chain, wallet)) await RunToTheEndAsync(chain, sender, payment);
        using (Sender forgetful = Open(chain, wallet, Path.Combine(folder, "new.db")))
            await RunToTheEndAsync(chain, forgetful, payment);
        Assert.Equal(new Wei(14), await chain.BalanceAsync(payment[0].Payee));
    }

    /// <summary>One endpoint does this; the other is honest; two must agree.</summary>
    public static TheoryData<string> Lies =>
    [
        "no receipt", "false receipt", "absurd block", "reverted", "low count", "high count", "swallows", "dear", "no block",
        "garbles",
    ];

    [Theory, MemberData(nameof(Lies))]
    public async Task A_lie_of_one_of_two_never_leads_to_a_second_payment(string lie)
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        await chain.CallAsync(wallet, Payment("before").Intent.Call);
        using FaultyServer liar = new(chain.Url);
        bool isLying = true;
        liar.Answer = _ => isLying && lie == "garbles" ? FaultyServer.Reply.Of("[") : null;
        liar.Lie = (method, asked, truth) => isLying ? LieOf(lie, method, asked, truth) : truth;
        using Sender sender = Open(chain, wallet, endpoints: [liar.Endpoint, chain.Endpoint]);
        (Intent Intent, Address Payee)[] payments = [Payment("a"), Payment("b")];
        foreach ((Intent intent, _) in payments) sender.Submit(intent);
        for (int round = 0; round < 8; round++)
        {
            await sender.StepAsync(default);
            await chain.MineAsync();
            time.Advance(TimeSpan.FromMinutes(2));
        }

        isLying = false;
        time.Advance(TimeSpan.FromMinutes(10));
        await RunToTheEndAsync(chain, sender, payments);
        foreach ((_, Address payee) in payments) Assert.Equal(new Wei(7), await chain.BalanceAsync(payee));
        Assert.All(payments, each => Assert.True(Assert.IsType<IntentState.Final>(sender.StateOf(each.Intent.Key)).Succeeded));
    }

    private static JsonNode? LieOf(string lie, string method, JsonArray asked, JsonNode? truth) => (lie, method) switch
    {
        ("no receipt", "eth_getTransactionReceipt") => null,
        ("false receipt", "eth_getTransactionReceipt") => new JsonObject
        {
            ["transactionHash"] = asked[0]!.DeepClone(),
            ["blockNumber"] = "0x1",
            ["blockHash"] = "0x" + new string('1', 64),
            ["status"] = "0x1",
            ["gasUsed"] = "0x1",
        },
        ("absurd block", "eth_getTransactionReceipt") when truth is not null =>
            With(truth, "blockNumber", "0xffffffffffffffff"),
        ("reverted", "eth_getTransactionReceipt") when truth is not null => With(truth, "status", "0x0"),
        ("low count", "eth_getTransactionCount") => "0x0",
        ("high count", "eth_getTransactionCount") => "0x99",
        ("swallows", "eth_sendRawTransaction") => "0x" + new string('2', 64),
        ("dear", "eth_feeHistory") => With(truth!, "baseFeePerGas", "0x1"),
        ("no block", "eth_getBlockByNumber") => null,
        _ => truth,
    };

    private static JsonNode With(JsonNode truth, string member, string value)
    {
        JsonNode changed = truth.DeepClone();
        changed[member] = member == "baseFeePerGas" ? new JsonArray("0xffffffffffffffffffff") : value;
        return changed;
    }

    [Fact]
    public async Task A_transaction_taken_out_by_a_reorganisation_is_sent_again()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        await chain.MineAsync(3);
        using Sender sender = Open(chain, wallet);
        (Intent intent, Address payee) = Payment("a");
        sender.Submit(intent);
        await sender.StepAsync(default);
        await chain.MineAsync();
        await sender.StepAsync(default);
        Assert.IsType<IntentState.Mined>(sender.StateOf("a"));

        await chain.ReorganiseAsync(1);
        Assert.Equal(Wei.Zero, await chain.BalanceAsync(payee));
        await sender.StepAsync(default);
        Assert.IsType<IntentState.Sent>(sender.StateOf("a"));
        await RunToTheEndAsync(chain, sender, [(intent, payee)]);
        Assert.Equal(new Wei(7), await chain.BalanceAsync(payee));
    }

    [Fact]
    public async Task A_stuck_transaction_is_replaced_by_a_dearer_one_of_the_same_nonce()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        using Sender sender = Open(chain, wallet);
        (Intent intent, Address payee) = Payment("a");
        sender.Submit(intent);
        await sender.StepAsync(default);
        IntentState.Sent first = Assert.IsType<IntentState.Sent>(sender.StateOf("a"));

        await sender.StepAsync(default);
        Assert.Equal(first, sender.StateOf("a"));
        time.Advance(TimeSpan.FromMinutes(4));
        SenderReport report = await sender.StepAsync(default);
        IntentState.Sent second = Assert.IsType<IntentState.Sent>(sender.StateOf("a"));

        Assert.Null(report.Objection);
        Assert.Equal((first.Nonce, 2), (second.Nonce, second.Attempts));
        Assert.NotEqual(first.Newest, second.Newest);
        await RunToTheEndAsync(chain, sender, [(intent, payee)]);
        Assert.Equal(second.Newest, Assert.IsType<IntentState.Final>(sender.StateOf("a")).Transaction);
        Assert.Equal(new Wei(7), await chain.BalanceAsync(payee));
    }

    [Fact]
    public async Task A_gap_before_our_nonces_is_filled()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        using Sender sender = Open(chain, wallet);
        await SetNonceAsync(chain, sender.Account, 2);
        (Intent intent, Address payee) = Payment("a");
        sender.Submit(intent);
        await sender.StepAsync(default);
        Assert.Equal(new Nonce(2), Assert.IsType<IntentState.Sent>(sender.StateOf("a")).Nonce);

        await SetNonceAsync(chain, sender.Account, 0);
        await RunToTheEndAsync(chain, sender, [(intent, payee)]);
        Assert.Equal(new Wei(7), await chain.BalanceAsync(payee));
        Assert.Equal(new Nonce(3), await chain.AskAsync(Chain.TransactionCount(sender.Account, new BlockTag.Latest())));
    }

    [Fact]
    public async Task A_nonce_used_by_somebody_else_ends_the_intent_and_pays_nobody()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        using Sender sender = Open(chain, wallet);
        (Intent intent, Address payee) = Payment("a");
        int steps = 0;
        sender.BeforeStep = () => { if (++steps == 3) throw new KilledException(); };
        sender.Submit(intent);
        await Assert.ThrowsAsync<KilledException>(() => sender.StepAsync(default));
        Assert.IsType<IntentState.Sent>(sender.StateOf("a"));
        sender.BeforeStep = () => { };

        await chain.CallAsync(wallet, Payment("other").Intent.Call);
        await chain.MineAsync(3);
        await sender.StepAsync(default);

        Assert.Equal(new IntentState.Displaced(new Nonce(0)), sender.StateOf("a"));
        Assert.Equal(Wei.Zero, await chain.BalanceAsync(payee));
    }

    [Fact]
    public async Task Fees_above_the_ceiling_hold_an_intent_back_without_a_nonce()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        using Sender sender = Open(chain, wallet, ceiling: new Wei(1000));
        sender.Submit(Payment("a").Intent);
        SenderReport report = await sender.StepAsync(default);
        Assert.Equal(new Wei(1000), report.TooDear?.Ceiling);
        Assert.IsType<IntentState.Waiting>(sender.StateOf("a"));
    }

    [Fact]
    public async Task A_key_stands_for_one_call_for_ever()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        using Sender sender = Open(chain, wallet);
        Intent intent = Payment("a").Intent;
        sender.Submit(intent);
        Assert.IsType<IntentState.Waiting>(sender.Submit(intent));
        Assert.Throws<ArgumentException>(() => sender.Submit(Payment("a").Intent));
        Assert.Single(sender.Unfinished());
    }

    [Fact]
    public async Task An_outbox_opens_for_one_process_and_one_key()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync(), other = await chain.WalletAsync();
        string file = Path.Combine(folder, "mine.db");
        using (Open(chain, wallet, file)) Assert.Throws<IOException>(() => Open(chain, wallet, file));
        Assert.Throws<InvalidOperationException>(() => Open(chain, other, file));
        using Sender again = Open(chain, wallet, file);
        Assert.Empty(again.Unfinished());
    }

    [Fact]
    public async Task What_the_node_says_against_a_transaction_is_reported()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner poor = WalletSigner.Create();
        using Sender sender = Open(chain, poor);
        sender.Submit(Payment("a").Intent);
        SenderReport report = await sender.StepAsync(default);
        Assert.Contains("funds", Assert.IsType<RpcFault.NodeError>(report.Objection).Message, StringComparison.OrdinalIgnoreCase);
    }

    private static Task SetNonceAsync(LocalChain chain, Address account, ulong nonce) => chain.DoAsync("anvil_setNonce", writer =>
    {
        writer.WriteStringValue(account.ToString());
        writer.WriteStringValue($"0x{nonce:x}");
    });

    private static (Intent Intent, Address Payee) Payment(string key)
    {
        using WalletSigner payee = WalletSigner.Create();
        Address address = Address.Of(payee.Account);
        return (new Intent(key, new ChainCall(address, new Wei(7), ReadOnlyMemory<byte>.Empty), new Gas(21_000)), address);
    }

    private static async Task RunToTheEndAsync(LocalChain chain, Sender sender, (Intent Intent, Address Payee)[] payments)
    {
        foreach ((Intent intent, _) in payments) sender.Submit(intent);
        for (int round = 0; round < 12 && sender.Unfinished().Count > 0; round++)
        {
            await sender.StepAsync(default);
            await chain.MineAsync();
        }

        Assert.Empty(sender.Unfinished());
    }

    private async Task<bool> RunUntilKilledAsync(
        LocalChain chain, WalletSigner wallet, string file, (Intent Intent, Address Payee)[] payments, int deadly)
    {
        using Sender sender = Open(chain, wallet, file);
        int steps = 0;
        sender.BeforeStep = () => { if (++steps == deadly) throw new KilledException(); };
        try
        {
            await RunToTheEndAsync(chain, sender, payments);
            return false;
        }
        catch (KilledException)
        {
            return true;
        }
    }

    private Sender Open(
        LocalChain chain, WalletSigner wallet, string? file = null, Wei? ceiling = null, RpcEndpoint[]? endpoints = null)
    {
        RpcPool pool = new(LocalChain.Id, endpoints ?? [chain.Endpoint], endpoints?.Length ?? 1, time, new Random(1));
        SenderOptions options = new()
        {
            FeeCeiling = ceiling ?? Wei.FromGwei(500),
            Finality = new FinalityRule.Confirmations(2),
        };
        return Sender.Open(file ?? Path.Combine(folder, "outbox.db"), wallet, pool, options, time);
    }

    private sealed class KilledException : Exception;
}
