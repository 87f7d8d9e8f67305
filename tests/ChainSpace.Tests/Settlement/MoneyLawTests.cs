using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChainSpace.Chains.Contracts;
using ChainSpace.Protocol;

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
        AssertEnds("6 where 11 is final.", await world.BrokenAsync(isCalm: true, _short));
    }

    [Fact]
    public async Task A_deposit_credited_before_it_is_final_is_seen()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync(new StoryPlan { Confirmations = 0 });
        Assert.True(await world.Chain.CallAsync(new VaultCalls(world.Vault).DepositTokens(world.People[0].Account, 5)));
        await world.UntilAsync("credit", async () => (await StoryJournal.ReadAsync(world.Folder)).State.Supply == new Amount(5));
        AssertEnds("credited 5, and 0 is final.", await world.BrokenAsync(isCalm: false));

        await world.Chain.ReorganiseAsync(2, isForgetting: true);
        await world.Chain.Chain.MineAsync((int)MoneyChain.Depth);
        AssertEnds("5 where 0 is final.", await world.BrokenAsync(isCalm: true, _short));
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
        foreach (string file in Directory.EnumerateFiles(copy))
            File.Copy(file, Path.Combine(world.Folder, Path.GetFileName(file)));
        Directory.Delete(copy, recursive: true);
        AssertEnds("is not there.", await world.BrokenAsync(isCalm: false));
    }

    // The operator's key is all a thief needs, but for the window in which everybody can see the root.
    [Fact]
    public async Task A_thief_with_the_key_of_the_operator_is_seen_before_and_after()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        await new MoneyActs(world, new Random(1)).BeginAsync();
        Assert.Empty(await world.BrokenAsync(isCalm: true));
        await world.UntilAsync("rest in which the last anchor is good and its report all that is new", async () =>
        {
            await world.Chain.Chain.MineAsync();
            ulong anchored = (await world.Chain.Chain.AskAsync(new VaultViews(world.Vault).Head())).Size;
            bool isGood = anchored > 0 && await world.GoodSizeAsync() == anchored;
            return isGood && (ulong)(await StoryJournal.ReadAsync(world.Folder)).Size == anchored + 1;
        });
        await world.KillAsync();
        await world.Chain.Chain.MineAsync(2);

        BigInteger all = await world.Chain.Chain.AskAsync(world.Chain.BalanceOf(world.Vault));
        StoryJournal journal = await StoryJournal.ReadAsync(world.Folder);
        using MoneyThief thief = new(world, world.People[0]);
        Assert.True(await thief.AnchorAsync((ulong)journal.Size, journal.RootAt(1)));
        world.Frauds.Clear();
        AssertEnds("has the payouts of another size.", await world.BrokenAsync(isCalm: false));

        Assert.True(await thief.ProposeAsync());
        await world.Chain.PassAsync(TimeSpan.FromSeconds(world.Plan.Window + 1));
        Assert.True(await thief.PromoteAsync());
        world.Frauds.Add((await world.FactsAsync()).Good.PayoutRoot);
        AssertEnds($"The fraud of size {journal.Size} is good.", await world.BrokenAsync(isCalm: false));
        Assert.True(await thief.ClaimAsync());
        AssertEnds($"has claimed {all} of 0 withdrawn.", await world.BrokenAsync(isCalm: false));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_bond_that_is_not_in_the_vault_is_missed(bool isCoin)
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync(
            new StoryPlan { IsCoin = isCoin, HasThief = true, Window = StoryPlan.LongWindow });
        await new MoneyActs(world, new Random(1)).BeginAsync();
        await world.KillAsync();
        using MoneyCrime crime = new(world, new Random(1));
        Assert.EndsWith("proposed True", await crime.CommitAsync());
        Assert.NotNull(await world.Watch!.LookAsync());
        Assert.Empty(await world.BrokenAsync(isCalm: false));
        await world.Chain.SetCoinsAsync(world.Vault, "0x5");
        AssertStarts("The vault holds 5 ", await world.BrokenAsync(isCalm: false));
    }

    [Fact]
    public async Task A_deposit_that_an_endpoint_invents_is_seen_where_it_is_believed()
    {
        await using MoneyWorld world = await MoneyWorld.BeginAsync();
        MoneyLies lies = new(world.People[0].Account, new Random(1));
        world.Chain.Proxy.Lie = (method, asked, truth) =>
            method == "eth_getLogs" ? lies.Tell(method, asked, truth) : truth;
        await world.Chain.Chain.MineAsync();
        await world.UntilAsync("credit", async () => (await StoryJournal.ReadAsync(world.Folder)).State.Supply > Amount.Zero);
        AssertEnds(", and 0 is final.", await world.BrokenAsync(isCalm: false));
    }

    private static void AssertStarts(string expected, IReadOnlyList<string> broken) =>
        Assert.Contains(broken, law => law.StartsWith(expected, StringComparison.Ordinal));

    private static void AssertEnds(string expected, IReadOnlyList<string> broken) =>
        Assert.Contains(broken, law => law.EndsWith(expected, StringComparison.Ordinal));

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
