using ChainSpace.Chains.Contracts;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Tests.Chains;

namespace ChainSpace.Tests.Settlement;

/// <summary>
/// An endpoint says that a root is good which is not. The node drops its copies of trees older than a good root, so what
/// it was told must not cost anybody anything for good.
/// </summary>
public sealed class MoneyMisstatementTests
{
    [Fact]
    public async Task A_misstated_good_root_hides_payouts_from_those_who_ask_the_node_and_only_while_it_is_told()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        MoneyActs acts = new(world, new Random(1));
        await acts.BeginAsync();
        Assert.Empty(await world.BrokenAsync(isCalm: true));
        await acts.RegisterAllAsync();
        await acts.WithdrawAllAsync();
        (GoodRoot good, PayoutTree payouts) = await ClaimableAsync(world);
        await world.UntilAsync("payouts", async () => (await world.ServedAsync())?.Root == good.PayoutRoot);

        // Larger each time, as if each made the one before old; the true trees stay all the same.
        MisstateFrom(world.Chain.Proxy, out Func<int> looks);
        await world.UntilAsync("third look", () => Task.FromResult(looks() > 2));
        Assert.Null(await world.ServedAsync());
        Assert.True(File.Exists(Path.Combine(world.Folder, "payouts", $"{good.Size}.json")));

        // Whoever has the journal claims all the same.
        MoneyPerson rich = world.People.First(each => payouts.Find(each.Account)?.Claimable > Amount.Zero);
        Assert.True(await world.Chain.CallAsync(rich.Claim(world.Vault, payouts)));

        world.Chain.Proxy.Lie = static (_, _, truth) => truth;
        await world.UntilAsync("the same payouts", async () => (await world.ServedAsync())?.Root == good.PayoutRoot);
        await acts.DepositAsync();
        await world.Chain.Chain.MineAsync((int)MoneyChain.Depth);
        Assert.Empty(await world.BrokenAsync(isCalm: true));
        await acts.WithdrawAllAsync();
        await GoodAsync(world, above: good.Size);
        Assert.Empty(await world.BrokenAsync(isCalm: true));
    }

    [Fact]
    public async Task A_misstated_good_root_hides_nothing_where_two_endpoints_must_agree()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync(new StoryPlan { Liar = 0, Agreement = 2 });
        MoneyActs acts = new(world, new Random(1));
        await acts.BeginAsync();
        Assert.Empty(await world.BrokenAsync(isCalm: true));
        await acts.RegisterAllAsync();
        await acts.WithdrawAllAsync();
        MisstateFrom(world.Chain.Proxy, out Func<int> looks);
        GoodRoot good = await GoodAsync(world, above: 0);
        await world.UntilAsync("payouts", async () => (await world.ServedAsync())?.Root == good.PayoutRoot);
        int seen = looks();
        await world.UntilAsync("third look", () => Task.FromResult(looks() > seen + 2));
        good = await world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Good());
        await world.UntilAsync("payouts", async () => (await world.ServedAsync())?.Root == good.PayoutRoot);
        Assert.Empty(await world.BrokenAsync(isCalm: true));
    }

    private static void MisstateFrom(FaultyServer proxy, out Func<int> looks)
    {
        int told = 0;
        proxy.Lie = (method, asked, truth) =>
            MoneyLies.IsAboutGood(method, asked) ? MoneyLies.Good(1_000 * Interlocked.Increment(ref told)) : truth;
        looks = () => Volatile.Read(ref told);
    }

    // As the journal has it, of the good root that covers a withdrawal and everything else, so that nothing is under way.
    private static async Task<(GoodRoot Good, PayoutTree Payouts)> ClaimableAsync(MoneyWorld world)
    {
        for (ulong size = 0; ;)
        {
            GoodRoot good = await GoodAsync(world, size);
            StoryJournal journal = await StoryJournal.ReadAsync(world.Folder);
            PayoutTree payouts = journal.PayoutsAt(size = good.Size);
            bool isNewest = (await world.Chain.AnchorsAsync(world.Vault))[^1].Size == good.Size;
            bool isAll = isNewest && journal.Size <= (int)good.Size + 1;
            if (isAll && payouts.Leaves.Any(static each => each.Leaf.Claimable > Amount.Zero)) return (good, payouts);
        }
    }

    private static async Task<GoodRoot> GoodAsync(MoneyWorld world, ulong above)
    {
        GoodRoot? good = null;
        await world.UntilAsync("good root", async () =>
        {
            await world.Chain.Chain.MineAsync();
            good = await world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Good());
            return good.Size > above;
        });
        return good!;
    }
}
