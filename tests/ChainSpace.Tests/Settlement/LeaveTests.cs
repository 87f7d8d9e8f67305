using ChainSpace.Chains.Contracts;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Tests.Commands;
using PayoutTree = ChainSpace.Protocol.Settlement.PayoutTree;

namespace ChainSpace.Tests.Settlement;

/// <summary>The node is gone for good; people leave with a chain, the program, and a tree that somebody kept.</summary>
public sealed class LeaveTests
{
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(StoryTerms.ExitAfter + 1);

    [Fact]
    public async Task Everybody_leaves_an_ended_vault_with_nothing_but_the_kept_tree()
    {
        await using ExitWorld world = await ExitWorld.BeginAsync(StoryPlan.ShortWindow);
        string tree = await KeepTreeAsync(world);
        await world.PayInAsync("ben", 50);
        AssertSays(await world.LeaveAsync("anna", "--tree", tree), 1, "The space can be ended from ");
        await world.Money.Chain.PassAsync(_silence);
        AssertSays(await world.LeaveAsync("anna", "--tree", await OtherTreeAsync(world)), 1, "but the vault pays by");
        AssertSays(await world.LeaveAsync("anna"), 1, "is not settled: give the payout tree");

        AssertSays(await world.LeaveAsync("wim", "--tree", tree, "--settle-all"), 0, "Settled 3 of 3 accounts");
        AssertSays(await world.LeaveAsync("wim", "--tree", tree, "--settle-all"), 0, "Settled 0 of 3 accounts");
        string dora = world.Person("dora").Payee.ToString();
        AssertSays(await world.LeaveAsync("dora", "--to", dora), 0, $"7 units of the vault's money paid to {dora}");
        AssertSays(await world.LeaveAsync("dora", "--to", dora), 0, "Nothing is due");
        AssertSays(await world.LeaveAsync("anna", "--tree", tree), 0, "93 units");
        AssertSays(await world.LeaveAsync("cleo", "--tree", tree), 0, "30 units");
        AssertSays(await world.LeaveAsync("emil", "--tree", tree), 0, "has nothing in this vault");

        AssertSays(await world.LeaveAsync("ben", "--tree", tree), 1, "it leaves with its deposits from ");
        await world.Money.Chain.PassAsync(TimeSpan.FromDays(1));
        AssertSays(await world.LeaveAsync("ben"), 0, "50 units");
        AssertSays(await world.LeaveAsync("ben"), 0, "Nothing is due");
        (string Name, string Money)[] all = [("anna", "93"), ("ben", "50"), ("cleo", "30"), ("dora", "7")];
        foreach ((string name, string money) in all)
            Assert.Equal(money, await world.MoneyOfAsync(world.Person(name).Payee));
        Assert.Equal("0", await world.MoneyOfAsync(world.Money.Vault));
    }

    [Fact]
    public async Task A_lost_tree_is_made_again_from_a_copy_of_the_journal_and_a_root_that_waits_is_promoted_first()
    {
        await using ExitWorld world = await ExitWorld.BeginAsync();
        await EarnAsync(world);
        await world.ProposedAsync(await world.JournalSizeAsync());
        await world.Money.KillAsync();
        ulong size = (await world.ProposalAsync()).Size;
        await world.Money.Chain.PassAsync(_silence);
        AssertSays(await world.LeaveAsync("dora"), 1, $"A root of {size} entries waited to be promoted");
        Assert.Equal(size, (await world.GoodAsync()).Size);
        AssertSays(await world.LeaveAsync("dora"), 1, "The space can be ended from ");
        await world.Money.Chain.PassAsync(_silence);

        string tree = world.Machine.InHome("again.json");
        string copy = world.Money.Folder;
        AssertSays(await world.RunAsync("payouts", copy, "--size", "4711", "--out", tree), 1, "says nothing of size 4711");
        AssertSays(await world.RunAsync("payouts", copy, "--size", $"{size}", "--out", tree), 0, "3 accounts");
        AssertSays(await world.LeaveAsync("dora", "--tree", tree), 0, $"7 units of the vault's money paid to {world.Wim}");
        Assert.Equal("7", await world.MoneyOfAsync(world.Wim));
    }

    // Anna pays dora for a vote, so that one has less than it paid in, and the other has money without having paid any.
    private static async Task EarnAsync(ExitWorld world)
    {
        foreach (string name in (string[])["anna", "dora"])
            Assert.IsType<Sent.Accepted>(await world.Money.SayAsync(
                world.Person(name), static session => session.RegisterAsync("", default)));
        await world.PayInAsync("anna", 100);
        await world.PayInAsync("cleo", 30);
        await world.Money.UntilAsync("credit", async () =>
            (await StoryJournal.ReadAsync(world.Money.Folder)).State.Supply == new Amount(130));
        PollDraft draft = new()
        {
            Title = "Is it so?",
            Options = ["Yes", "No"],
            Reward = new Amount(7),
            Maximum = 1,
            Voting = "open",
            Deadline = new Moment(DateTimeOffset.UtcNow.AddHours(5).ToUnixTimeMilliseconds()),
        };
        Sent.Accepted posted = Assert.IsType<Sent.Accepted>(await world.Money.SayAsync(
            world.Person("anna"), session => session.PostPollAsync(draft, default)));
        PollView? poll = null;
        await world.Money.UntilAsync("poll", async () => (poll = await world.Money.Client().PollAsync(
            StoryTerms.Space, posted.Id.Value.ToString(), default)) is not null);
        Assert.IsType<Sent.Accepted>(await world.Money.SayAsync(
            world.Person("dora"), session => session.VoteAsync(poll!, 0, default)));
    }

    /// <summary>The file that the node serves, once it covers everything and nothing else is on its way; then no node.</summary>
    private static async Task<string> KeepTreeAsync(ExitWorld world)
    {
        await EarnAsync(world);
        ulong size = await world.JournalSizeAsync();
        await world.Money.UntilAsync("good root of everything", async () =>
        {
            await world.Money.Chain.Chain.MineAsync();
            VaultHead head = await world.AskAsync(new VaultViews(world.Money.Vault).Head());
            GoodRoot good = await world.GoodAsync();
            return good.Size >= size && good.Size == head.Size && (await world.Money.ServedAsync())?.Root == good.PayoutRoot;
        });
        string file = world.Machine.InHome("kept.json");
        await File.WriteAllBytesAsync(file, (await world.Money.Client().PayoutsAsync(StoryTerms.Space, default))!);
        await world.Money.KillAsync();
        string again = world.Machine.InHome("rebuilt.json");
        string good = $"{(await world.GoodAsync()).Size}";
        AssertSays(await world.RunAsync("payouts", world.Money.Folder, "--size", good, "--out", again), 0, "3 accounts");
        Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(again));
        return file;
    }

    private static async Task<string> OtherTreeAsync(ExitWorld world)
    {
        string file = world.Machine.InHome("other.json");
        await using FileStream stream = File.Create(file);
        ChainSpace.Node.Settlement.PayoutFiles.Write(stream, PayoutTree.Of([]));
        return file;
    }

    private static void AssertSays(Said said, int status, string part)
    {
        Assert.True(said.Status == status, $"{said}");
        Assert.Contains(part, said.Output + said.Errors, StringComparison.Ordinal);
    }
}
