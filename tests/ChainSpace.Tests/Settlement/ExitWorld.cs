using System.Globalization;
using System.Text.Json.Nodes;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Client.Keys;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Tests.Commands;
using PayoutTree = ChainSpace.Protocol.Settlement.PayoutTree;

namespace ChainSpace.Tests.Settlement;

/// <summary>
/// A world of money, an operator who may turn, and somebody elsewhere on a machine of its own with the wallet wim, who knows
/// the space's id and the chain and needs nobody's consent.
/// </summary>
internal sealed class ExitWorld : IAsyncDisposable
{
    /// <summary>Seconds; much more than a test takes, for the chain's clock goes on with the machine's.</summary>
    public const uint Window = 900;

    private readonly WalletSigner wim = WalletSigner.Create();
    private ExitWorld(MoneyWorld money) => Money = money;

    public MoneyWorld Money { get; }

    public Machine Machine { get; } = new();

    /// <summary>Where the watcher takes the node to be.</summary>
    public Uri NodeUrl { get; set; } = null!;

    public Address Wim => Address.Of(wim.Account);

    public VaultCalls Calls => new(Money.Vault);

    /// <summary>Begins with money of some people inside, and everybody's keys on the machine.</summary>
    public static async Task<ExitWorld> BeginAsync(uint window = Window)
    {
        ExitWorld world = new(await MoneyWorld.BeginAsync(new StoryPlan { Window = window }));
        string keys = Directory.CreateDirectory(Path.Combine(world.Machine.Home, ".config", "chainspace", "keys")).FullName;
        KeyFile.Create(Path.Combine(keys, "wim.json"), world.wim, passphrase: null);
        foreach (MoneyPerson each in world.Money.People)
            KeyFile.Create(Path.Combine(keys, each.Name + ".json"), each.Key, passphrase: null);
        await world.Money.Chain.GiveCoinsAsync(world.Wim);
        world.NodeUrl = world.Money.Node!.Http.BaseAddress!;
        return world;
    }

    public MoneyPerson Person(string name) => Money.People.Single(each => each.Name == name);

    public Task PayInAsync(string name, int amount) => PayInAsync(Person(name).Account, amount);

    public async Task PayInAsync(AccountId account, int amount)
    {
        Assert.True(await Money.Chain.CallAsync(Calls.DepositTokens(account, amount)));
        await Money.Chain.Chain.MineAsync((int)MoneyChain.Depth);
    }

    /// <summary>Runs a verb while blocks are made, as on any chain.</summary>
    public async Task<Said> RunAsync(params string[] arguments)
    {
        Task<Said> said = Machine.RunAsync(arguments);
        while (await Task.WhenAny(said, Task.Delay(100)) != said) await Money.Chain.Chain.MineAsync();
        return await said;
    }

    public string[] WatchArguments(Uri? rpc, params string[] more) =>
    [
        "watch", "--url", NodeUrl.ToString(), "--space", Money.Space.Id, "--key", "wim",
        "--rpc", (rpc ?? Money.Chain.Chain.Url).ToString(), .. more,
    ];

    public Task<Said> WatchAsync(params string[] more) => RunAsync(WatchArguments(null, ["--once", .. more]));

    public Task<Said> LeaveAsync(string name, params string[] more) => RunAsync(
    [
        "leave", "--vault", Money.Vault.ToString(), "--rpc", Money.Chain.Chain.Url.ToString(),
        "--key", name, "--payer", "wim", .. more,
    ]);

    public async Task StartAgainAsync()
    {
        await Money.StartAsync();
        NodeUrl = Money.Node!.Http.BaseAddress!;
    }

    public Task<GoodRoot> GoodAsync() => AskAsync(new VaultViews(Money.Vault).Good());

    public Task<Proposal> ProposalAsync() => AskAsync(new VaultViews(Money.Vault).Proposal());

    public Task<T> AskAsync<T>(RpcCall<T> call)
        where T : notnull => Money.Chain.Chain.AskAsync(call);

    /// <summary>Makes blocks until a proposal of this size or a larger one waits; smaller ones have their windows pass.</summary>
    public Task ProposedAsync(ulong size) => Money.UntilAsync($"proposal of size {size}", async () =>
    {
        await Money.Chain.Chain.MineAsync();
        Proposal proposal = await ProposalAsync();
        if (proposal.Size >= size && proposal.Challenger == Address.Zero) return true;
        if (proposal.Size > 0) await Money.Chain.PassAsync(TimeSpan.FromSeconds(Window / 2));
        await Task.Delay(200);
        return false;
    });

    /// <summary>Makes blocks, and lets windows pass, until a root of this size or a larger one is good.</summary>
    public Task GoodAsync(ulong size) => Money.UntilAsync($"good root of size {size}", async () =>
    {
        await Money.Chain.PassAsync(TimeSpan.FromSeconds(Window / 4));
        await Task.Delay(200);
        return (await GoodAsync()).Size >= size;
    });

    public async Task<ulong> JournalSizeAsync() => (ulong)(await StoryJournal.ReadAsync(Money.Folder)).Size;

    /// <summary>The operator's own key anchors these payouts for what the journal is now, and proposes them.</summary>
    public async Task<ulong> ProposeAsync(PayoutTree payouts)
    {
        StoryJournal journal = await StoryJournal.ReadAsync(Money.Folder);
        ulong size = (ulong)journal.Size;
        VaultHead before = await AskAsync(new VaultViews(Money.Vault).Head());
        using WalletSigner stolen = Money.OpenWallet();
        Receipt.Mined anchored = await Money.Chain.Chain.CallAsync(
            stolen, Calls.Anchor(size, journal.RootAt(size), payouts.Root));
        Assert.True(anchored.Succeeded);
        BlockHeader block = await AskAsync(ChainSpace.Chains.Rpc.Chain.Block(new BlockTag.At(anchored.Block)));
        VaultAnchor anchor = new(before.Commitment, size, block.Seconds, journal.RootAt(size), payouts.Root);
        Assert.True(await Money.Chain.CallAsync(Calls.Propose(anchor)));
        return size;
    }

    /// <summary>The operator reports a deposit that never was, with the key that speaks for the space.</summary>
    public async Task<ulong> InventDepositAsync(AccountId account, Amount total)
    {
        using P256Signer own = OperatorOf(Money.Folder);
        using SpaceSession session = new(Money.Client(), Money.Space, own, TimeProvider.System);
        return (ulong)(await InventDepositAsync(session, account, total)).Index.Value + 1;
    }

    public static async Task<Sent.Accepted> InventDepositAsync(SpaceSession session, AccountId account, Amount total) =>
        Assert.IsType<Sent.Accepted>(await session.SendAsync(session.Sign(header =>
            new ReportDeposit(header, account, total) { Height = 1, Transaction = account.Value }), default));

    public static P256Signer OperatorOf(string folder)
    {
        JsonNode keys = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "keys.json")))!;
        return P256Signer.FromPrivateKey(Convert.FromBase64String(keys["operator"]!.GetValue<string>()));
    }

    /// <summary>How many challenges there were, by the vault's events.</summary>
    public async Task<int> ChallengesAsync()
    {
        Bytes32 topic = Keccak256.Hash("Challenged(uint256,address,uint256)"u8);
        LogList logs = await AskAsync(ChainSpace.Chains.Rpc.Chain.Logs(
            new LogFilter(Money.Vault, topic, new BlockNumber(0), await Money.Chain.HeadAsync())));
        return logs.Entries.Length;
    }

    public async Task<ulong> TransactionsOfWimAsync() =>
        (await AskAsync(ChainSpace.Chains.Rpc.Chain.TransactionCount(Wim, new BlockTag.Latest()))).Value;

    public async Task<string> MoneyOfAsync(Address wallet) =>
        (await AskAsync(Money.Chain.BalanceOf(wallet))).ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await Machine.DisposeAsync();
        await Money.DisposeAsync();
        wim.Dispose();
    }
}
