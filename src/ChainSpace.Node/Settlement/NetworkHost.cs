using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Local;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Sending;
using ChainSpace.Chains.Transactions;
using ChainSpace.Node.Anchoring;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// A settlement network in use: its endpoints, the sender of the node's wallet there, and the contracts that all spaces on
/// it share. A local network's chain runs as long as this.
/// </summary>
public sealed class NetworkHost : IAsyncDisposable
{
    private static readonly Gas GasOfContract = new(6_000_000);

    private readonly AnvilProcess? local;
    private readonly HttpClient http;
    private readonly TimeProvider time;

    private NetworkHost(
        (NetworkSetup, string) place, AnvilProcess? local, HttpClient http, (RpcPool, Sender) chain, TimeProvider time)
    {
        (Setup, Folder) = place;
        (this.local, this.http, this.time) = (local, http, time);
        (Pool, Sender) = chain;
    }

    public NetworkSetup Setup { get; }

    /// <summary>Where the node keeps what it knows of the network.</summary>
    public string Folder { get; }

    public RpcPool Pool { get; }

    public Sender Sender { get; }

    public FinalityRule Finality => Setup.Finality;

    public AnchorPolicy Policy => Setup.Policy;

    /// <summary>Makes vaults; of no use before <see cref="PrepareAsync"/>.</summary>
    public VaultFactory Factory { get; private set; } = new(Address.Zero);

    /// <summary>Takes super-roots; of no use before <see cref="PrepareAsync"/>.</summary>
    public AnchorageContract Anchorage { get; private set; } = new(Address.Zero);

    /// <summary>The ERC-20 that new spaces use; zero: the network's own coin.</summary>
    public Address Asset { get; private set; }

    /// <summary>An endpoint that clients may use; null where the operator names none. His own may hold secrets.</summary>
    public Uri? PublicRpc => local?.Url ?? Setup.PublicRpc;

    /// <summary>Milliseconds of Unix time.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Time of the newest final block, in seconds, as last seen: no endpoint alone can make it later.</summary>
    public ulong ChainSeconds { get; private set; }

    /// <summary>What the last step of the sender found; null before the first.</summary>
    public SenderReport? LastReport { get; private set; }

    /// <summary>Opens a network; a local one is started first, and the wallet gets coins there.</summary>
    public static async Task<NetworkHost> OpenAsync(
        NetworkSetup setup, string folder, WalletSigner wallet, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        AnvilProcess? local = setup.Local is null ? null : await AnvilProcess.StartAsync(
            setup.Local with { StateFile = Path.Combine(folder, "chain.json") }, time, cancellationToken);
        HttpClient http = RpcEndpoint.CreateClient();
        Uri[] urls = local is null ? [.. setup.Endpoints] : [local.Url];
        RpcEndpoint[] endpoints = [.. urls.Select(url => new RpcEndpoint(url, http, new RpcLimits(), time))];
        RpcPool pool = new(setup.ChainId, endpoints, Math.Min(setup.Agreement, endpoints.Length), time, new Random());
        if (local is not null) await LocalCoins.GiveAsync(local.Url, Address.Of(wallet.Account), cancellationToken);
        Sender sender = Sender.Open(
            Path.Combine(folder, "outbox.db"), wallet, pool,
            new SenderOptions { FeeCeiling = setup.FeeCeiling, Finality = setup.Finality }, time);
        return new NetworkHost((setup, folder), local, http, (pool, sender), time);
    }

    /// <summary>Time since a moment of Unix time in milliseconds; at most a day, also where there never was one.</summary>
    public TimeSpan SinceMilliseconds(long moment) =>
        TimeSpan.FromMilliseconds(Math.Min(Now - moment, TimeSpan.MillisecondsPerDay));

    /// <summary>Makes sure that the contracts are there and, on a local network, the test money.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        // All are under way before the first is waited for, so that they share the wait.
        bool isTestMoney = Setup.Asset is null && local is not null;
        if (Setup.Factory is null) Deploy("factory", VaultFactory.Deploy());
        if (Setup.Anchorage is null) Deploy("anchorage", AnchorageContract.Deploy());
        if (isTestMoney) Deploy("token", TestMoney());
        Factory = new VaultFactory(Setup.Factory ?? await DeployedAsync("factory", cancellationToken));
        Anchorage = new AnchorageContract(Setup.Anchorage ?? await DeployedAsync("anchorage", cancellationToken));
        Asset = isTestMoney ? await DeployedAsync("token", cancellationToken) : Setup.Asset?.Address ?? Address.Zero;
    }

    /// <summary>One look at what is under way; about once per block.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        LastReport = await Sender.StepAsync(cancellationToken);
        Answer<BlockHeader> final = await FinalHead.AskAsync(Pool, Finality, cancellationToken);
        if (final.IsGood) ChainSeconds = final.Value.Seconds;
    }

    /// <summary>True once the vault's code is on the chain; asks for it to be made where it is not.</summary>
    public async Task<bool> EnsureVaultAsync(
        SpaceId space, (VaultFactory Factory, VaultTerms Terms) maker, CancellationToken cancellationToken)
    {
        Address vault = maker.Factory.VaultOf(space, maker.Terms);
        Answer<ReadOnlyMemory<byte>> code = await Pool.AskAsync(Chain.Code(vault, new BlockTag.Latest()), cancellationToken);
        if (!code.IsGood) return false;
        if (code.Value.Length > 0) return true;
        Sender.Submit(new Intent($"vault:{space}", maker.Factory.Create(space, maker.Terms), GasOfContract));
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        Sender.Dispose();
        http.Dispose();
        if (local is not null) await local.DisposeAsync();
    }

    // A contract of ours is made once for each network and node; the outbox remembers its transaction.
    private void Deploy(string name, ChainCall code) => Sender.Submit(new Intent(KeyOf(name), code, GasOfContract));

    private static string KeyOf(string name) => $"deploy:{name}";

    private async Task<Address> DeployedAsync(string name, CancellationToken cancellationToken)
    {
        string key = KeyOf(name);
        while (Sender.StateOf(key) is not IntentState.Final)
        {
            await StepAsync(cancellationToken);
            await Task.Delay(Setup.Beat, time, cancellationToken);
        }

        IntentState.Final final = (IntentState.Final)Sender.StateOf(key)!;
        while (true)
        {
            // Asked at every start, and the endpoints may be silent just then.
            Answer<Receipt> receipt = await Pool.AskAsync(Chain.ReceiptOf(final.Transaction), cancellationToken);
            if (receipt is { IsGood: true, Value: Receipt.Mined mined })
            {
                return mined is { Created: { } created, Succeeded: true }
                    ? created
                    : throw new InvalidOperationException($"The contract '{name}' was not made on {Setup.Name}.");
            }

            await Task.Delay(Setup.Beat, time, cancellationToken);
        }
    }

    private static ChainCall TestMoney() => new(
        null,
        Wei.Zero,
        (byte[])[.. ContractCode.TestToken.Span, .. AbiTuple.Parse("(string,string)").Encode("Test dollar", "USDX")]);
}
