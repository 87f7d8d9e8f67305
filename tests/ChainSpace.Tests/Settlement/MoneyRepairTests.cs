using System.Globalization;
using System.Text.Json.Nodes;
using ChainSpace.Chains.Contracts;
using ChainSpace.Protocol;
using ChainSpace.Tests.Chains;

namespace ChainSpace.Tests.Settlement;

/// <summary>What goes wrong between a node and its chain, and is well again by itself.</summary>
public sealed class MoneyRepairTests
{
    [Fact]
    public async Task A_node_that_starts_while_its_chain_is_silent_waits_for_it()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        await world.KillAsync();
        int asked = 0;
        world.Chain.Proxy.Answer = _ =>
        {
            Interlocked.Increment(ref asked);
            return FaultyServer.Reply.Of("", 503);
        };
        await world.StartAsync();
        await world.UntilAsync("second question", () => Task.FromResult(Volatile.Read(ref asked) > 1));
        world.Chain.Proxy.Answer = static _ => null;
        await new MoneyActs(world, new Random(1)).BeginAsync();
        Assert.Empty(await world.BrokenAsync(isCalm: true));
    }

    [Fact]
    public async Task A_promotion_that_came_too_early_is_tried_again()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        await new MoneyActs(world, new Random(1)).BeginAsync();
        await world.UntilAsync("proposal", async () =>
        {
            await world.Chain.Chain.MineAsync();
            return (await ProposalAsync(world)).Size > 0;
        });

        // The node takes the window for over, as it does when the newest block is taken back by a reorganisation.
        int sent = 0;
        world.Chain.Proxy.Answer = question =>
        {
            if (question.Contains("eth_sendRawTransaction", StringComparison.Ordinal)) Interlocked.Increment(ref sent);
            return null;
        };
        world.Chain.Proxy.Lie = static (method, asked, truth) =>
            method == "eth_getBlockByNumber" ? Later(truth!, 100_000) : truth;
        await world.UntilAsync("early promotion", () => Task.FromResult(Volatile.Read(ref sent) > 0));
        await world.Chain.Chain.MineAsync();
        Assert.Equal(0UL, (await GoodAsync(world)).Size);
        world.Chain.Proxy.Lie = static (_, _, truth) => truth;
        await AssertGoodAsync(world);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_know_the_time_of_a_block_delays_a_proposal_and_no_more()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        Random coin = new(1);
        world.Chain.Proxy.Lie = (method, asked, truth) =>
        {
            if (method != "eth_getBlockByNumber" || asked[0]!.GetValue<string>() == "latest") return truth;
            lock (coin) return coin.Next(2) == 0 ? Later(truth!, 1) : truth;
        };
        await new MoneyActs(world, new Random(1)).BeginAsync();
        await AssertGoodAsync(world);
    }

    [Fact]
    public async Task A_good_root_that_is_taken_back_leaves_the_one_before_to_be_claimed_against()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        MoneyActs acts = new(world, new Random(1));
        await acts.BeginAsync();
        await AssertGoodAsync(world);
        GoodRoot first = await GoodAsync(world);
        await acts.RegisterAllAsync();
        await acts.WithdrawAllAsync();
        await world.UntilAsync("second good root", async () =>
        {
            await world.Chain.Chain.MineAsync();
            return (await GoodAsync(world)).PayoutRoot != first.PayoutRoot;
        });
        Bytes32 newest = (await GoodAsync(world)).PayoutRoot;
        await world.UntilAsync("new payouts", async () => (await world.ServedAsync())?.Root == newest);

        // Silent meanwhile, so that the promotion is not sent again before the new blocks are made.
        world.Chain.Proxy.Answer = static _ => FaultyServer.Reply.Of("", 503);
        await world.Chain.RollBackAsync(1);
        world.Chain.Proxy.Answer = static _ => null;
        GoodRoot old = await GoodAsync(world);
        Assert.NotEqual(newest, old.PayoutRoot);
        await world.UntilAsync("old payouts", async () => (await world.ServedAsync())?.Root == old.PayoutRoot);
    }

    // What the node remembers after an endpoint had it believe in a block that was never there.
    [Theory]
    [InlineData(1_000_000)]
    [InlineData(3)]
    public async Task A_made_up_final_block_costs_nobody_a_deposit_and_the_operator_is_told(long block)
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        MoneyPerson anna = world.People[0];
        string memory = Path.Combine(world.Folder, "settlement.json");
        await world.UntilAsync("memory", () => Task.FromResult(File.Exists(memory)));
        await world.KillAsync();
        JsonNode before = JsonNode.Parse(await File.ReadAllTextAsync(memory))!;
        (before["nextBlock"], before["lastBlockHash"]) = (block, "0x" + new string('1', 64));
        await File.WriteAllTextAsync(memory, before.ToJsonString());
        Assert.True(await world.Chain.CallAsync(new VaultCalls(world.Vault).DepositTokens(anna.Account, 100)));
        await world.StartAsync();
        await world.UntilAsync("credit", async () =>
        {
            await world.Chain.Chain.MineAsync();
            return (await StoryJournal.ReadAsync(world.Folder)).BalanceOf(anna.Account).Available == new Amount(100);
        });
        await world.UntilAsync("word to the operator", async () =>
            JsonNode.Parse(await File.ReadAllTextAsync(memory))!["broken"]?.GetValue<string>() is { } told
            && told.Contains($"Block {block - 1} was told as final", StringComparison.Ordinal));
        Assert.Empty(await world.BrokenAsync(isCalm: true));
    }

    private static Task<GoodRoot> GoodAsync(MoneyWorld world) => world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Good());

    private static Task<Proposal> ProposalAsync(MoneyWorld world) =>
        world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Proposal());

    private static Task AssertGoodAsync(MoneyWorld world) => world.UntilAsync("good root", async () =>
    {
        await world.Chain.Chain.MineAsync();
        return (await GoodAsync(world)).Size > 0;
    });

    private static JsonNode Later(JsonNode block, long seconds)
    {
        JsonNode copy = block.DeepClone();
        long time = long.Parse(copy["timestamp"]!.GetValue<string>()[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        copy["timestamp"] = $"0x{time + seconds:x}";
        return copy;
    }
}
