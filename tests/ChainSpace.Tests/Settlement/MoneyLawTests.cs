using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Settlement;
using PayoutLeaf = ChainSpace.Protocol.Settlement.PayoutLeaf;

namespace ChainSpace.Tests.Settlement;

/// <summary>Each law of money sees what it is there for: a bug or a crime is planted in a world that was well.</summary>
public sealed class MoneyLawTests
{
    private static readonly TimeSpan _short = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_deposit_credited_by_its_amount_in_place_of_the_total_is_seen()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        world.Chain.Proxy.Lie = static (method, _, truth) => method == "eth_getLogs" ? WithAmountForTotal(truth!) : truth;
        VaultCalls vault = new(world.Vault);
        foreach (int amount in (int[])[5, 6])
            Assert.True(await world.Chain.CallAsync(vault.DepositTokens(world.People[0].Account, amount)));
        await world.Chain.Chain.MineAsync((int)MoneyChain.Depth);
        Assert.Contains(await world.BrokenAsync(isCalm: true, _short), static law => law.EndsWith("6 where 11 is final.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deposit_credited_before_it_is_final_is_seen()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync(confirmations: 0);
        Assert.True(await world.Chain.CallAsync(new VaultCalls(world.Vault).DepositTokens(world.People[0].Account, 5)));
        await world.UntilAsync("credit", async () => (await StoryJournal.ReadAsync(world.Folder)).State.Supply == new Amount(5));
        Assert.Contains(await world.BrokenAsync(isCalm: false), static law => law.EndsWith("credited 5, and 0 is final.", StringComparison.Ordinal));

        await world.Chain.ReorganiseAsync(2, isForgetting: true);
        await world.Chain.Chain.MineAsync((int)MoneyChain.Depth);
        Assert.Contains(await world.BrokenAsync(isCalm: true, _short), static law => law.EndsWith("5 where 0 is final.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Payouts_of_a_later_size_than_the_anchor_are_seen()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        await new MoneyActs(world, new Random(1)).BeginAsync();
        await world.UntilAsync("payout tree of somebody", async () =>
        {
            await world.Chain.Chain.MineAsync();
            return await world.ServedAsync() is { Count: > 0 };
        });
        Assert.Empty(await world.BrokenAsync(isCalm: true));
        string file = Directory.EnumerateFiles(Path.Combine(world.Folder, "payouts"), "*.json").Order().First();
        await File.WriteAllTextAsync(file, Dump(world.People[0].Account));
        Assert.Contains("The node gives a payout tree away that no anchor knows.", await world.BrokenAsync(isCalm: false));
    }

    [Fact]
    public async Task A_journal_that_forgot_what_it_acknowledged_is_seen()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        string copy = Directory.CreateTempSubdirectory("forgotten-").FullName;
        await world.KillAsync();
        foreach (string file in Directory.EnumerateFiles(world.Folder, "journal.db*"))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        await world.StartAsync();
        await new MoneyActs(world, new Random(1)).RegisterAllAsync();
        Assert.Empty(await world.BrokenAsync(isCalm: true));
        await world.KillAsync();
        foreach (string file in Directory.EnumerateFiles(world.Folder, "journal.db*")) File.Delete(file);
        foreach (string file in Directory.EnumerateFiles(copy)) File.Copy(file, Path.Combine(world.Folder, Path.GetFileName(file)));
        Directory.Delete(copy, recursive: true);
        Assert.Contains(await world.BrokenAsync(isCalm: false), static law => law.EndsWith("is not there.", StringComparison.Ordinal));
    }

    // The operator's key is all a thief needs, but for the window in which everybody can see the root.
    [Fact]
    public async Task A_thief_with_the_key_of_the_operator_is_seen_before_and_after()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        await new MoneyActs(world, new Random(1)).BeginAsync();
        Assert.Empty(await world.BrokenAsync(isCalm: true));
        await world.KillAsync();
        await world.Chain.Chain.MineAsync(2);

        MoneyPerson thief = world.People[0];
        BigInteger all = await world.Chain.Chain.AskAsync(world.Chain.Token.BalanceOf(world.Vault));
        Int128 net = (Int128)(all - (await world.FactsAsync()).Accounts[0].Deposited);
        PayoutTree loot = PayoutTree.Of([new PayoutLeaf(thief.Account, new Amount((UInt128)all), net)]);
        VaultCalls vault = new(world.Vault);
        using WalletSigner key = world.OpenWallet();
        VaultHead before = await world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Head());
        ulong size = Math.Max(before.Size + 1, 3);
        Bytes32 stale = (await StoryJournal.ReadAsync(world.Folder)).RootAt(1);
        Receipt.Mined anchored = await world.Chain.Chain.CallAsync(key, vault.Anchor(size, stale, loot.Root));
        Assert.True(anchored.Succeeded);
        IReadOnlyList<string> seen = await world.BrokenAsync(isCalm: false);
        Assert.Contains(seen, law => law.StartsWith($"The anchor of {size} has", StringComparison.Ordinal) || law.StartsWith($"An anchor of {size}", StringComparison.Ordinal));

        BlockHeader block = await world.Chain.Chain.AskAsync(Chain.Block(new BlockTag.At(anchored.Block)));
        Assert.True(await world.Chain.CallAsync(vault.Propose(new VaultAnchor(before.Commitment, size, block.Seconds, stale, loot.Root))));
        await world.Chain.PassAsync(TimeSpan.FromSeconds(StoryTerms.Window + 1));
        Assert.True(await world.Chain.CallAsync(vault.Promote()));
        Assert.True(await world.Chain.CallAsync(thief.Claim(world.Vault, loot)));
        Assert.Contains(
            await world.BrokenAsync(isCalm: false),
            law => law.StartsWith($"{thief.Account} has claimed {all} of", StringComparison.Ordinal));
    }

    private static JsonNode WithAmountForTotal(JsonNode logs)
    {
        JsonNode copy = logs.DeepClone();
        foreach (JsonNode? log in copy.AsArray())
        {
            string data = log!["data"]!.GetValue<string>();
            log["data"] = data[..66] + data[2..66];
        }

        return copy;
    }

    private static string Dump(AccountId account) => JsonSerializer.Serialize(new
    {
        values = new[] { new { value = (string[])[account.ToString(), "1", "0"] } },
    });
}
