using System.Globalization;
using System.Text.Json.Nodes;
using ChainSpace.Chains.Contracts;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Settlement;

/// <summary>What a liar or a thief once could do to a node for good, and cannot any more.</summary>
public sealed class MoneyHarmTests
{
    private static readonly StoryPlan _slow = new() { HasThief = true, Window = 60 };

    [Fact]
    public async Task A_good_root_that_an_endpoint_makes_up_stops_nothing_that_waits()
    {
        await using MoneyWorld world = await ProposedAsync(_slow);
        int told = 0;
        world.Chain.Proxy.Lie = (method, asked, truth) =>
            MoneyLies.IsAboutGood(method, asked) ? MoneyLies.Good(1_000 * Interlocked.Increment(ref told)) : truth;
        await world.UntilAsync("fourth look", () => Task.FromResult(Volatile.Read(ref told) > 3));
        world.Chain.Proxy.Lie = static (_, _, truth) => truth;
        await AssertGoodAsync(world);
    }

    [Fact]
    public async Task One_liar_of_three_makes_no_promotion_early()
    {
        await using MoneyWorld world = await ProposedAsync(_slow with { Liar = 0, Agreement = 2 });
        ulong before = await world.GoodSizeAsync();
        int sent = 0;
        world.Chain.Proxies[0].Answer = question =>
        {
            if (question.Contains("eth_sendRawTransaction", StringComparison.Ordinal)) Interlocked.Increment(ref sent);
            return null;
        };
        world.Chain.Proxies[0].Lie = static (method, _, truth) =>
            method == "eth_getBlockByNumber" && truth is not null ? Later(truth, 100_000) : truth;
        for (int blocks = 0; blocks < 12; blocks++)
        {
            await world.Chain.Chain.MineAsync();
            await Task.Delay(100);
        }

        Assert.Equal(0, Volatile.Read(ref sent));
        Assert.Equal(before, await world.GoodSizeAsync());
        world.Chain.Proxies[0].Lie = static (_, _, truth) => truth;
        await AssertGoodAsync(world);
    }

    [Fact]
    public async Task The_node_does_not_promote_a_fraud_at_a_size_that_it_knows()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync(_slow);
        MoneyActs acts = new(world, new Random(1));
        await acts.BeginAsync();
        Assert.Empty(await world.BrokenAsync(isCalm: true));
        await acts.RegisterAllAsync();
        MoneyThief thief = new(world, new MoneyPerson("thief", WalletSigner.Create()));
        ulong size = 0;
        await world.UntilAsync("tree of the node that is not anchored yet", async () =>
        {
            size = Directory.EnumerateFiles(Path.Combine(world.Folder, "payouts"), "*.json")
                .Select(static path => ulong.Parse(Path.GetFileNameWithoutExtension(path), null)).DefaultIfEmpty().Max();
            return size > (await thief.HeadAsync()).Size;
        });
        Assert.True(await thief.AnchorAsync(size, (await StoryJournal.ReadAsync(world.Folder)).RootAt(1)));
        Assert.True(await thief.ProposeAsync());
        await world.Chain.PassAsync(TimeSpan.FromSeconds(61));
        for (int blocks = 0; blocks < 12; blocks++)
        {
            await world.Chain.Chain.MineAsync();
            await Task.Delay(100);
        }

        Assert.True(await world.GoodSizeAsync() < size);
        await world.UntilAsync("complaint", () => Task.FromResult(
            world.Node!.LastWords.Contains($"proposal of size {size} is not what this journal says", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_quiet_space_is_anchored_once_when_its_exit_comes_near()
    {
        await using MoneyWorld world = await ProposedAsync(_slow);
        await AssertGoodAsync(world);
        await world.UntilAsync("rest", async () =>
        {
            await world.PassAsync();
            await Task.Delay(100);
            return await world.GoodSizeAsync() == (await world.Chain.AnchorsAsync(world.Vault))[^1].Size;
        });
        int before = (await world.Chain.AnchorsAsync(world.Vault)).Count;
        await world.Chain.PassAsync(TimeSpan.FromSeconds(1_300));
        await world.UntilAsync("anchor before the exit", async () =>
        {
            await world.Chain.Chain.MineAsync();
            return (await world.Chain.AnchorsAsync(world.Vault)).Count > before;
        });
        for (int blocks = 0; blocks < 30; blocks++)
        {
            await world.Chain.Chain.MineAsync();
            await Task.Delay(100);
        }

        Assert.Equal(before + 1, (await world.Chain.AnchorsAsync(world.Vault)).Count);
    }

    private static async Task<MoneyWorld> ProposedAsync(StoryPlan plan)
    {
        MoneyWorld world = await MoneyWorld.BeginAsync(plan);
        foreach (var proxy in world.Chain.Proxies) proxy.Lie = static (_, _, truth) => truth;
        await new MoneyActs(world, new Random(1)).BeginAsync();
        await world.UntilAsync("proposal", async () =>
        {
            await world.Chain.Chain.MineAsync();
            return (await world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Proposal())).Size > 0;
        });
        return world;
    }

    private static Task AssertGoodAsync(MoneyWorld world) => world.UntilAsync("good root", async () =>
    {
        await world.PassAsync();
        return await world.GoodSizeAsync() > 0;
    });

    private static JsonNode Later(JsonNode block, long seconds)
    {
        JsonNode copy = block.DeepClone();
        string time = copy["timestamp"]!.GetValue<string>()[2..];
        copy["timestamp"] = $"0x{long.Parse(time, NumberStyles.HexNumber, CultureInfo.InvariantCulture) + seconds:x}";
        return copy;
    }
}
