using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Client;
using ChainSpace.Client.Http;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Tests.Settlement;

/// <summary>A node with a space of money on a chain, the people in it, and what they were told.</summary>
internal sealed class MoneyWorld : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly string data = Directory.CreateTempSubdirectory("money-").FullName;
    private readonly List<Sent.Accepted> told = [];
    private SpaceView? space;

    private MoneyWorld(MoneyChain chain, StoryPlan plan)
    {
        (Chain, Plan) = (chain, plan);
        People =
        [
            new("anna", WalletSigner.Create()), new("ben", WalletSigner.Create()), new("cleo", WalletSigner.Create()),
            new("dora", P256Signer.Create()), new("emil", P256Signer.Create()),
            new("the node", OpenWallet()) { HasOtherCoins = true },
        ];
    }

    public StoryPlan Plan { get; }

    public MoneyChain Chain { get; }

    public StoryNode? Node { get; private set; }

    public Address Vault { get; private set; }

    public SpaceView Space => space!;

    /// <summary>The node's wallet among them, for it earns what is paid for early anchors.</summary>
    public IReadOnlyList<MoneyPerson> People { get; }

    /// <summary>What happened, a line each.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Folder of the network in the node's data.</summary>
    public string NetworkFolder => Path.Combine(data, "networks", StoryTerms.Space);

    /// <summary>Folder of the space in the node's data.</summary>
    public string Folder => Path.Combine(data, "spaces", StoryTerms.Space);

    /// <summary>Who objects to frauds; null where nobody is awake.</summary>
    public MoneyWatch? Watch { get; private set; }

    /// <summary>Payout roots that no journal says.</summary>
    public HashSet<Bytes32> Frauds { get; } = [];

    private StoryTerms Terms =>
        new(data, [.. Chain.Proxies.Select(static each => each.Url)], Chain.Token?.Address.ToString(), Plan);

    /// <summary>A world whose vault stands in a final block.</summary>
    public static async Task<MoneyWorld> BeginAsync(StoryPlan? plan = null)
    {
        plan ??= new StoryPlan();
        MoneyWorld world = new(await MoneyChain.StartAsync(plan), plan);
        if (plan.Liar is { } liar) world.Chain.Proxies[liar].Lie = new MoneyLies(world.People[0].Account, new Random(liar)).Tell;
        using (WalletSigner wallet = world.OpenWallet()) await world.Chain.GiveCoinsAsync(Address.Of(wallet.Account));
        await world.StartAsync();
        await world.UntilAsync("a vault", async () =>
        {
            await world.Chain.Chain.MineAsync();
            using HttpResponseMessage answer = await world.Node!.Http.GetAsync($"v1/spaces/{StoryTerms.Space}/vault");
            return answer.IsSuccessStatusCode;
        });
        ChainSpaceClient client = world.Client();
        world.space = await client.SpaceAsync(StoryTerms.Space, default);
        world.Vault = Address.Parse((await client.VaultAsync(StoryTerms.Space, default))!.Vault);
        await world.Chain.Bank.ApproveAsync(world.Vault);
        await world.Chain.Chain.MineAsync((int)MoneyChain.Depth);
        if (plan.HasThief) world.Watch = await MoneyWatch.BeginAsync(world);
        return world;
    }

    /// <summary>The node's wallet, which sends anchors.</summary>
    public WalletSigner OpenWallet() => NodeWallet.Open(data);

    public async Task StartAsync() => Node = await StoryNode.StartAsync(Terms);

    public async Task KillAsync()
    {
        if (Node is null) return;
        await Node.KillAsync();
        await Node.DisposeAsync();
        Node = null;
    }

    /// <summary>Kills the node at one of its writes; false where too few came meanwhile.</summary>
    public async Task<bool> KillAtAsync(StoryNode.Write write, Func<Task> meanwhile)
    {
        bool isHit = await Node!.KillAtAsync(write, meanwhile);
        await KillAsync();
        return isHit;
    }

    public ChainSpaceClient Client() => new(Node!.Http, new RetryPolicy { Tries = 2 });

    /// <summary>A block, and time enough for a proposal that nobody objects to.</summary>
    public Task PassAsync() => Chain.PassAsync(TimeSpan.FromSeconds(Plan.Window + 1));

    public async Task<ulong> GoodSizeAsync() => (await Chain.Chain.AskAsync(new VaultViews(Vault).Good())).Size;

    /// <summary>One message of one person; what was acknowledged is remembered.</summary>
    public async Task<Sent> SayAsync(MoneyPerson person, Func<SpaceSession, Task<Sent>> say)
    {
        if (Node is null) return new Sent.Refused(0, "nobody_listens", "The node is dead.");
        using SpaceSession session = new(Client(), space!, person.Key, TimeProvider.System);
        Sent sent = await say(session);
        if (sent is Sent.Accepted accepted) told.Add(accepted);
        return sent;
    }

    /// <summary>The payout tree that the node gives away; null where it gives none.</summary>
    public async Task<PayoutTree?> ServedAsync()
    {
        if (Node is not { IsAlive: true }) return null;
        using HttpResponseMessage answer = await Node.Http.GetAsync($"v1/spaces/{StoryTerms.Space}/payouts");
        if (!answer.IsSuccessStatusCode) return null;
        return PayoutFiles.Read(await answer.Content.ReadAsByteArrayAsync());
    }

    public async Task<MoneyFacts> FactsAsync() => new()
    {
        Served = (await ServedAsync())?.Root,
        Vault = await Chain.Chain.AskAsync(Chain.BalanceOf(Vault)),
        Coins = Plan.IsCoin ? null : await Chain.Chain.AskAsync(MoneyChain.CoinsOf(Vault)),
        Bonds = Watch is null ? 0 : await Watch.BondsAsync(),
        Accounts = await Chain.AccountsAsync(Vault, People),
        Good = await Chain.Chain.AskAsync(new VaultViews(Vault).Good()),
        Anchors = await Chain.AnchorsAsync(Vault),
        Journal = await StoryJournal.ReadAsync(Folder),
        Told = told,
        Frauds = Frauds,
    };

    /// <summary>Checks the laws; where nothing fails at the moment, after the node has had its time.</summary>
    public async Task<IReadOnlyList<string>> BrokenAsync(bool isCalm, TimeSpan? patience = null)
    {
        DateTime late = DateTime.UtcNow + (patience ?? _patience);
        MoneyFacts facts = await FactsAsync();
        while (isCalm && !facts.IsCaughtUp && Node is { IsAlive: true } && DateTime.UtcNow < late)
        {
            await Task.Delay(50);
            facts = await FactsAsync();
        }

        IEnumerable<string> dead = Node is { IsAlive: false } ? [$"The node has died. It said: {Node.LastWords}"] : [];
        return [.. dead, .. MoneyLaws.Broken(facts), .. isCalm ? MoneyLaws.Credited(facts) : []];
    }

    /// <summary>Waits, asking now and then.</summary>
    public async Task UntilAsync(string what, Func<Task<bool>> isSo)
    {
        DateTime late = DateTime.UtcNow + _patience;
        while (!await isSo())
        {
            Assert.True(Node is null or { IsAlive: true }, $"The node has died. It said: {Node?.LastWords}");
            Assert.True(DateTime.UtcNow < late, $"There was no {what}. {await SumUpAsync()} The node said: {Node?.LastWords}");
            await Task.Delay(50);
        }
    }

    // For whoever has to find out why something did not come.
    private async Task<string> SumUpAsync()
    {
        if (Vault == Address.Zero) return "There is no vault yet.";
        MoneyFacts facts = await FactsAsync();
        Proposal proposal = await Chain.Chain.AskAsync(new VaultViews(Vault).Proposal());
        string anchors = string.Join(", ", facts.Anchors.Select(static each => each.Size));
        return $"Entries: {facts.Journal.Size}; anchors: {anchors}; {proposal}; {facts.Good}; caught up: {facts.IsCaughtUp}.";
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Watch?.Dispose();
        foreach (MoneyPerson person in People) person.Dispose();
        await Chain.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
