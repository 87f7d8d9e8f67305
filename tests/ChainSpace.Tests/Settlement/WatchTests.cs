using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ChainSpace.Chains.Contracts;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Tests.Chains;
using ChainSpace.Tests.Commands;
using PayoutLeaf = ChainSpace.Protocol.Settlement.PayoutLeaf;
using PayoutTree = ChainSpace.Protocol.Settlement.PayoutTree;

namespace ChainSpace.Tests.Settlement;

/// <summary>A space with a window on a real chain, an operator who turns, and one honest person who looks.</summary>
public sealed class WatchTests
{
    private static readonly TimeSpan _twoThirds = TimeSpan.FromSeconds(ExitWorld.Window * 2 / 3 + 1);
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(ExitWorld.Window + 1);

    [Fact]
    public async Task An_honest_proposal_is_left_alone_and_becomes_good()
    {
        await using ExitWorld world = await ExitWorld.BeginAsync();
        AssertSays(await world.WatchAsync(), 0, "No proposal waits.");
        await world.PayInAsync("anna", 100);
        await world.ProposedAsync(1);
        ulong size = (await world.ProposalAsync()).Size;
        for (int again = 0; again < 2; again++) AssertSays(await world.WatchAsync(), 0, $"The proposal of size {size} is right");
        Assert.Equal(0UL, await world.TransactionsOfWimAsync());
        await world.GoodAsync(size);
    }

    [Fact]
    public async Task A_payout_root_that_the_journal_does_not_say_is_challenged_once_and_the_bond_comes_back()
    {
        await using ExitWorld world = await ExitWorld.BeginAsync();
        await world.PayInAsync("anna", 100);
        await world.ProposedAsync(1);
        await world.GoodAsync((await world.ProposalAsync()).Size);
        GoodRoot honest = await world.GoodAsync();
        await world.PayInAsync("ben", 50);
        await world.Money.KillAsync();
        await PromoteWhatWaitsAsync(world);
        honest = await world.GoodAsync();
        using WalletSigner thief = WalletSigner.Create();
        PayoutTree fraud = PayoutTree.Of([new PayoutLeaf(thief.Account, new Amount(150), 150)]);
        ulong size = await world.ProposeAsync(fraud);
        await world.StartAgainAsync();

        await KilledBeforeItsBytesAreOutAsync(world);
        await KilledBeforeABlockHasThemAsync(world);
        AssertSays(await world.WatchAsync(), 0, $"The proposal of size {size} is dead: this wallet has challenged it.");
        Assert.Equal((1, 1UL), (await world.ChallengesAsync(), await world.TransactionsOfWimAsync()));

        await world.Money.Chain.PassAsync(_window);
        Assert.False(await world.Money.Chain.CallAsync(world.Calls.Promote()));
        Assert.Equal(honest.PayoutRoot, (await world.GoodAsync()).PayoutRoot);
        PayoutLeaf leaf = fraud.Find(thief.Account)!.Value;
        Assert.False(await world.Money.Chain.CallAsync(world.Calls.Claim(MoneyPerson.LeafOf(leaf), fraud.Prove(thief.Account))));

        await world.PayInAsync("cleo", 7);
        await world.GoodAsync(size + 1);
        AssertSays(await world.WatchAsync(), 0, "Took back bonds of 0.01.");
        Assert.DoesNotContain("Took back", (await world.WatchAsync()).Output, StringComparison.Ordinal);
        Assert.Equal((1, 2UL), (await world.ChallengesAsync(), await world.TransactionsOfWimAsync()));
    }

    [Fact]
    public async Task A_deposit_that_the_operator_invents_is_challenged_and_nobody_is_paid_by_it()
    {
        await using ExitWorld world = await ExitWorld.BeginAsync();
        await world.PayInAsync("anna", 100);
        using WalletSigner thief = WalletSigner.Create();
        ulong fraud = await world.InventDepositAsync(thief.Account, new Amount(100));
        for (int round = 0; round < 2; round++)
        {
            await world.ProposedAsync(fraud);
            AssertSays(await world.WatchAsync(), 0, $"The vault has got 0 for account {thief.Account}, the journal says 100.");
            Assert.Equal(round + 1, await world.ChallengesAsync());
            await world.PayInAsync("ben", 1);
        }

        await world.Money.Chain.PassAsync(_window);
        Assert.True((await world.GoodAsync()).Size < fraud);
    }

    [Fact]
    public async Task What_a_silent_node_proposed_is_challenged_when_the_window_ends_and_nothing_could_be_checked()
    {
        await using ExitWorld world = await ExitWorld.BeginAsync();
        AssertSays(await world.WatchAsync(), 0, "No proposal waits.");
        await world.PayInAsync("anna", 100);
        await world.ProposedAsync(1);
        await world.Money.KillAsync();
        AssertSays(await world.WatchAsync(), 1, "could not be checked yet");
        await world.Money.Chain.PassAsync(_twoThirds);
        AssertSays(await world.WatchAsync("--if-silent", "wait"), 1, "is NOT CHALLENGED");
        AssertSays(await world.WatchAsync("--most", "0.009"), 1, "The bond of 0.01 is above --most 0.009.");
        Assert.Equal((0, 0UL), (await world.ChallengesAsync(), await world.TransactionsOfWimAsync()));
        AssertSays(await world.WatchAsync(), 0, "CHALLENGED");
        AssertSays(await world.WatchAsync(), 0, "this wallet has challenged it");
        Assert.Equal((1, 1UL), (await world.ChallengesAsync(), await world.TransactionsOfWimAsync()));
    }

    [Fact]
    public async Task A_node_that_shows_its_journal_too_slowly_is_not_waited_for_beyond_the_window()
    {
        await using ExitWorld world = await ExitWorld.BeginAsync();
        AssertSays(await world.WatchAsync(), 0, "No proposal waits.");
        await world.PayInAsync("anna", 100);
        await world.ProposedAsync(1);

        // It takes connections and says nothing; three tries of half a minute each would be longer than the window.
        using TcpListener mute = new(IPAddress.Loopback, 0);
        mute.Start();
        world.NodeUrl = new Uri($"http://127.0.0.1:{((IPEndPoint)mute.LocalEndpoint).Port}");
        await world.Money.Chain.PassAsync(TimeSpan.FromSeconds(ExitWorld.Window - 70));
        AssertSays(await world.WatchAsync(), 0, "The node does not show its journal in time. The window is ending.");
        Assert.Equal(1, await world.ChallengesAsync());
    }

    // What the operator had on its way before it turned.
    private static async Task PromoteWhatWaitsAsync(ExitWorld world)
    {
        await world.Money.Chain.PassAsync(_window);
        await world.Money.Chain.CallAsync(world.Calls.Promote());
    }

    // Nothing is mined meanwhile, and the chain never sees the transaction.
    private static async Task KilledBeforeItsBytesAreOutAsync(ExitWorld world)
    {
        TaskCompletionSource sending = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using FaultyServer proxy = new(world.Money.Chain.Chain.Url);
        proxy.Answer = question =>
        {
            if (!question.Contains("eth_sendRawTransaction", StringComparison.Ordinal)) return null;
            sending.TrySetResult();
            return FaultyServer.Reply.Of("", 503);
        };
        await KillAtAsync(world, proxy, sending.Task);
        Assert.Equal(0UL, await world.TransactionsOfWimAsync());
    }

    // The chain has the transaction, and no block has it yet.
    private static async Task KilledBeforeABlockHasThemAsync(ExitWorld world)
    {
        TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using FaultyServer proxy = new(world.Money.Chain.Chain.Url);
        proxy.Lie = (method, _, result) =>
        {
            if (method == "eth_sendRawTransaction") sent.TrySetResult();
            return result;
        };
        await KillAtAsync(world, proxy, sent.Task);
        AssertSays(await world.WatchAsync(), 0, "this wallet has challenged it", "CHALLENGED");
    }

    private static async Task KillAtAsync(ExitWorld world, FaultyServer proxy, Task moment)
    {
        using Process watcher = world.Machine.Start(world.WatchArguments(proxy.Url));
        try
        {
            await moment.WaitAsync(TimeSpan.FromSeconds(60));
        }
        finally
        {
            watcher.Kill();
            await watcher.WaitForExitAsync();
        }
    }

    private static void AssertSays(Said said, int status, params string[] oneOf)
    {
        Assert.True(said.Status == status, $"{said}");
        Assert.True(oneOf.Any(each => (said.Output + said.Errors).Contains(each, StringComparison.Ordinal)), $"{said}");
    }
}
