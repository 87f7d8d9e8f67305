using System.Numerics;
using ChainSpace.Chains.Contracts;
using ChainSpace.Node.Audit;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Tests.Settlement;

/// <summary>A history of acts and faults that a seed names, with the laws looked at after each, and its two ends.</summary>
internal sealed class MoneyStory : IAsyncDisposable
{
    private readonly MoneyWorld world;
    private readonly Random chance;
    private readonly MoneyActs acts;
    private readonly MoneyFaults faults;
    private readonly MoneyCrime crime;

    private MoneyStory(MoneyWorld world, int seed)
    {
        (this.world, chance) = (world, new Random(seed));
        acts = new MoneyActs(world, chance);
        faults = new MoneyFaults(world, acts, chance);
        crime = new MoneyCrime(world, chance);
    }

    public static async Task<MoneyStory> BeginAsync(int seed)
    {
        StoryPlan plan = StoryPlan.Draw(new Random(seed));
        MoneyStory story = new(await MoneyWorld.BeginAsync(plan), seed);
        story.world.Log.Add(plan.ToString());
        return story;
    }

    public string Told => string.Join('\n', world.Log);

    /// <summary>Acts, and a fault between any two of them now and then.</summary>
    public async Task GoOnAsync(int steps)
    {
        await acts.BeginAsync();
        for (int step = 0; step < steps; step++)
        {
            bool isFault = step > 3 && chance.Next(4) == 0, isCrime = world.Plan.HasThief && !isFault && chance.Next(4) == 0;
            (string name, Func<Task<string>> act) = Choose(isFault ? faults.All : isCrime ? crime.All : acts.All);
            string what = await act();
            await LookAsync($"{name}: {what}");
            await acts.MineAsync();
            if (!isFault && await faults.MendAsync(isSure: false) is { } mended) await LookAsync(mended);
        }
    }

    /// <summary>Faults stop, everybody takes everything out, and nothing is left.</summary>
    public async Task EndWellAsync()
    {
        while (await faults.MendAsync(isSure: true) is { } mended) world.Log.Add(mended);
        await world.Chain.Chain.MineAsync((int)MoneyChain.Depth + 1);
        await LookAsync("the last deposits are final");
        await acts.RegisterAllAsync();
        await acts.CloseAllAsync();
        await world.UntilAsync("end of the polls", async () =>
        {
            // A raffle waits for a block later than its entry, and what was not drawn yet is closed when it is.
            await world.Chain.Chain.MineAsync();
            StoryJournal journal = await StoryJournal.ReadAsync(world.Folder);
            return journal.State.Accounts.All(static each => each.Balance.Escrowed == default);
        });
        await acts.WithdrawAllAsync();
        await LookAsync("all is withdrawn");
        ulong size = (ulong)(await StoryJournal.ReadAsync(world.Folder)).Size;
        await world.UntilAsync($"good root of {size} entries", async () =>
        {
            await PassAsync();
            return (await GoodAsync()).Size >= size;
        });
        await acts.ClaimAllAsync((await StoryJournal.ReadAsync(world.Folder)).PayoutsAt((await GoodAsync()).Size));
        await LookAsync("all is claimed");
        await AssertEmptyAsync();
        await world.KillAsync();
        using FolderSource folder = new(world.Folder);
        Assert.Null((await Auditor.RunAsync(folder, new AuditOptions(), null, default)).Fault);
    }

    /// <summary>The node is gone for good; everybody gets what the last good root and later deposits owe.</summary>
    public async Task EndAloneAsync()
    {
        await world.KillAsync();
        for (int late = 0; late < 3; late++) world.Log.Add($"late: {await acts.DepositAsync()}");
        if (world.Plan.HasThief) await LookAsync($"last fraud: {await crime.CommitAsync()}");
        VaultCalls vault = new(world.Vault);
        await world.Chain.PassAsync(TimeSpan.FromSeconds(StoryTerms.ExitAfter + 1));
        if (!await world.Chain.CallAsync(vault.End()))
        {
            // A proposal that nobody challenged comes first; the silence begins anew with it.
            Assert.True(await world.Chain.CallAsync(vault.Promote()));
            await world.Chain.PassAsync(TimeSpan.FromSeconds(StoryTerms.ExitAfter + 1));
            Assert.True(await world.Chain.CallAsync(vault.End()));
        }

        GoodRoot good = await GoodAsync();
        PayoutTree payouts = (await StoryJournal.ReadAsync(world.Folder)).PayoutsAt(good.Size);
        Assert.Equal(good.PayoutRoot, payouts.Root);
        IReadOnlyList<AccountMoney> before = await world.Chain.AccountsAsync(world.Vault, world.People);
        await LeaveAsync(payouts, vault);
        IReadOnlyList<AccountMoney> after = await world.Chain.AccountsAsync(world.Vault, world.People);
        foreach (AccountMoney each in before)
        {
            BigInteger due = each.Deposited + (BigInteger)(payouts.Find(each.Account)?.Net ?? 0);
            Assert.Equal(due, after.Single(one => one.Account == each.Account).InHand);
        }

        await AssertEmptyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        crime.Dispose();
        await world.DisposeAsync();
    }

    // A thief may have anchored a size that the journal has not reached: then it has to grow, by whatever is said.
    private async Task PassAsync()
    {
        await world.PassAsync();
        if (!world.Plan.HasThief) return;
        VaultHead head = await world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Head());
        bool isBehind = head.Size >= (ulong)(await StoryJournal.ReadAsync(world.Folder)).Size;
        if (isBehind) await acts.RegisterAllAsync();
    }

    private async Task AssertEmptyAsync()
    {
        if (world.Watch is not null) await world.Watch.TakeBondsAsync();
        Assert.Equal(BigInteger.Zero, await world.Chain.Chain.AskAsync(world.Chain.BalanceOf(world.Vault)));
        Assert.Equal(BigInteger.Zero, await world.Chain.Chain.AskAsync(MoneyChain.CoinsOf(world.Vault)));
    }

    // Settled ones leave at once, in any order; the others once those who have spent have had their day.
    private async Task LeaveAsync(PayoutTree payouts, VaultCalls vault)
    {
        MoneyPerson[] order = [.. world.People];
        chance.Shuffle(order);
        foreach (MoneyPerson each in order)
        {
            if (payouts.Find(each.Account) is not { } leaf)
            {
                Assert.False(await world.Chain.CallAsync(each.Leave(world.Vault)));
                continue;
            }

            Assert.True(await world.Chain.CallAsync(vault.Settle(MoneyPerson.LeafOf(leaf), payouts.Prove(each.Account))));
            if (chance.Next(2) == 0) await LeaveAsync(each);
        }

        await world.Chain.PassAsync(TimeSpan.FromDays(1));
        foreach (MoneyPerson each in order) await LeaveAsync(each);
        foreach (MoneyPerson each in order) Assert.False(await world.Chain.CallAsync(each.Leave(world.Vault)));
    }

    private Task<bool> LeaveAsync(MoneyPerson person) =>
        world.Chain.CallAsync(person.Leave(world.Vault, isElsewhere: chance.Next(3) == 0));

    private async Task<GoodRoot> GoodAsync() => await world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Good());

    private (string Name, Func<Task<string>> Do) Choose(IReadOnlyList<(int Often, string Name, Func<Task<string>> Do)> from)
    {
        int place = chance.Next(from.Sum(static each => each.Often));
        foreach ((int often, string name, Func<Task<string>> act) in from)
            if ((place -= often) < 0) return (name, act);
        throw new InvalidOperationException("Chances do not add up.");
    }

    private async Task LookAsync(string what)
    {
        world.Log.Add(what);
        if (world.Watch is not null && await world.Watch.LookAsync() is { } objection) world.Log.Add(objection);
        IReadOnlyList<string> broken = await world.BrokenAsync(faults.AreOver);
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }
}
