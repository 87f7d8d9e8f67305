using ChainSpace.Chains.Contracts;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;

namespace ChainSpace.Tests.Settlement;

/// <summary>What a person is told of money that is between the space and its chain, on a real node and a real chain.</summary>
public sealed class AccountMoneyTests
{
    [Fact]
    public async Task Money_is_shown_at_each_step_of_its_way_in_and_out()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        MoneyPerson anna = world.People[0];
        Assert.True(await world.Chain.CallAsync(new VaultCalls(world.Vault).DepositTokens(anna.Account, 100)));
        Assert.True(await world.Chain.CallAsync(new VaultCalls(world.Vault).DepositTokens(world.People[1].Account, 100)));
        await world.UntilAsync("credit of anna's registration", async () =>
        {
            await world.Chain.Chain.MineAsync();
            return await MoneyAsync(world, anna) is { Available: "100" };
        });

        Assert.True(await world.Chain.CallAsync(new VaultCalls(world.Vault).DepositTokens(anna.Account, 7)));
        await world.Chain.Chain.MineAsync();
        MoneyView coming = (await MoneyAsync(world, anna))!;
        PendingDepositView deposit = Assert.Single(coming.Deposits);
        Assert.Equal(("7", "100"), (deposit.Amount, coming.Available));
        await world.Chain.Chain.MineAsync((int)MoneyChain.Depth);
        await world.UntilAsync(
            "second credit", async () => await MoneyAsync(world, anna) is { Available: "107", Deposits: [] });

        Assert.IsType<Sent.Accepted>(
            await world.SayAsync(anna, static session => session.WithdrawAsync(new Amount(40), default)));
        await world.UntilAsync("withdrawal shown", async () => await MoneyAsync(world, anna) is { Available: "67" });
        MoneyView going = (await MoneyAsync(world, anna))!;
        Assert.Equal(("40", "0", "0"), (going.Waiting, going.Claimable, going.Claimed));
        await world.UntilAsync("good root", async () =>
        {
            await world.PassAsync();
            return await MoneyAsync(world, anna) is { Claimable: "40", Waiting: "0" };
        });
        GoodRoot good = await world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Good());
        Assert.True(await world.Chain.CallAsync(
            anna.Claim(world.Vault, (await StoryJournal.ReadAsync(world.Folder)).PayoutsAt(good.Size))));
        await world.Chain.Chain.MineAsync();
        await world.UntilAsync(
            "claim shown", async () => await MoneyAsync(world, anna) is { Claimed: "40", Claimable: "0", Waiting: "0" });
    }

    private static Task<MoneyView?> MoneyAsync(MoneyWorld world, MoneyPerson person) =>
        world.Client().MoneyAsync(world.Space.Id, person.Account.ToString(), default);
}
