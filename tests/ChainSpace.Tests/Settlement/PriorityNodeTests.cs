using System.Numerics;
using ChainSpace.Chains.Contracts;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;

namespace ChainSpace.Tests.Settlement;

/// <summary>Early anchors of a real node on a real chain: the money reaches the wallet that sent them, or comes back.</summary>
public sealed class PriorityNodeTests
{
    [Fact]
    public async Task The_wallet_of_the_node_fetches_from_the_vault_what_its_anchor_earned()
    {
        await using MoneyWorld world = await RichAsync();
        (MoneyPerson anna, MoneyPerson node) = (world.People[0], world.People[^1]);
        await ExpediteAsync(world, 40, TimeSpan.FromHours(1));
        await world.UntilAsync("payment", async () =>
        {
            await world.Chain.Chain.MineAsync();
            return (await BalanceAsync(world, node)).Earned == new Amount(40);
        });
        Assert.Equal(
            new Balance(new Amount(60), default, default) { Received = new Amount(100) }, await BalanceAsync(world, anna));

        Sent sent = await world.SayAsync(node, static session => session.WithdrawAsync(new Amount(40), default));
        ulong covered = (ulong)Assert.IsType<Sent.Accepted>(sent).Index.Value + 1;
        GoodRoot good = default!;
        await world.UntilAsync("good root", async () =>
        {
            await world.Chain.Chain.MineAsync();
            good = await world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Good());
            return good.Size >= covered;
        });
        Assert.True(await world.Chain.CallAsync(
            node.Claim(world.Vault, (await StoryJournal.ReadAsync(world.Folder)).PayoutsAt(good.Size))));
        Assert.Equal(new BigInteger(40), await world.Chain.Chain.AskAsync(world.Chain.BalanceOf(node.Payee)));
        Assert.Empty(await world.BrokenAsync(isCalm: true));
    }

    // No block, so no anchor; the node lets the moment pass by itself.
    [Fact]
    public async Task While_the_chain_stands_still_the_money_comes_back()
    {
        await using MoneyWorld world = await RichAsync();
        await ExpediteAsync(world, 40, TimeSpan.FromSeconds(5));
        await world.UntilAsync(
            "money back", async () => (await BalanceAsync(world, world.People[0])).Available == new Amount(100));
        Assert.Equal(default, await BalanceAsync(world, world.People[^1]));
    }

    /// <summary>A world in which anna has a hundred.</summary>
    private static async Task<MoneyWorld> RichAsync()
    {
        MoneyWorld world = await MoneyWorld.BeginAsync();
        Assert.True(await world.Chain.CallAsync(new VaultCalls(world.Vault).DepositTokens(world.People[0].Account, 100)));
        await world.Chain.Chain.MineAsync((int)MoneyChain.Depth);
        await world.UntilAsync(
            "credit", async () => (await BalanceAsync(world, world.People[0])).Available == new Amount(100));
        return world;
    }

    private static async Task ExpediteAsync(MoneyWorld world, ulong amount, TimeSpan within)
    {
        Moment before = new((DateTimeOffset.UtcNow + within).ToUnixTimeMilliseconds());
        Sent sent = await world.SayAsync(
            world.People[0], session => session.ExpediteAsync(new Amount(amount), before, default));
        Assert.IsType<Sent.Accepted>(sent);
    }

    private static async Task<Balance> BalanceAsync(MoneyWorld world, MoneyPerson person) =>
        (await StoryJournal.ReadAsync(world.Folder)).BalanceOf(person.Account);
}
