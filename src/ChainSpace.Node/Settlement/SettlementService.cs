using System.Collections.Concurrent;
using ChainSpace.Chains;
using ChainSpace.Node.Anchoring;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// Looks after all spaces whose money lies on chains: starts the networks they use, founds those that were asked for, and
/// then carries money in and roots out, one loop for each network.
/// </summary>
public sealed partial class SettlementService(
    SpaceDirectory spaces, NodeOptions options, TimeProvider time, ILogger<SettlementService> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<string, NetworkHost> networks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SpaceId, SpaceSettlement> settlements = [];
    private readonly ConcurrentDictionary<string, NetworkAnchoring> anchorings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> complaints = new(StringComparer.Ordinal);

    /// <summary>The networks in use.</summary>
    public IReadOnlyList<NetworkHost> Networks =>
        [.. networks.OrderBy(static each => each.Key, StringComparer.Ordinal).Select(static each => each.Value)];

    /// <summary>Why a network that is wanted cannot be used now, in a sentence; null where it can.</summary>
    public string? ComplaintOf(string network) => complaints.GetValueOrDefault(network);

    /// <summary>The network of this name, where it is in use.</summary>
    public NetworkHost? Network(string name) => networks.GetValueOrDefault(name);

    /// <summary>A space's dealings with its vault; null while there are none yet, and for spaces without a chain.</summary>
    internal SpaceSettlement? Find(SpaceId space) => settlements.GetValueOrDefault(space);

    /// <summary>The networks in use that can take super-roots, and those of this node there.</summary>
    internal IEnumerable<(NetworkHost Network, SuperAnchors Supers)> Anchorings
    {
        get
        {
            foreach (NetworkHost network in Networks)
                if (anchorings.GetValueOrDefault(network.Setup.Name)?.Supers is { } supers) yield return (network, supers);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string[] wanted =
        [
            .. options.ChainSpaces.Select(static each => each.Network),
            .. spaces.All.Where(static each => each.Genesis.ChainId != 0).Select(static each => each.Genesis.Network),
            .. options.Networks,
            .. options.Published.Select(static each => each.Network),
        ];
        using WalletSigner wallet = NodeWallet.Open(options.Data);
        try
        {
            await Task.WhenAll(wanted.Distinct().Select(name => RunAsync(name, wallet, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
        finally
        {
            foreach (NetworkHost network in networks.Values) await network.DisposeAsync();
        }
    }

    private async Task RunAsync(string name, WalletSigner wallet, CancellationToken cancellationToken)
    {
        if (options.KnownNetworks.FirstOrDefault(each => each.Name == name) is not { } setup)
        {
            LogUnknown(name);
            return;
        }

        string folder = Path.Combine(options.Data, "networks", name);
        NetworkHost network = await NetworkHost.OpenAsync(setup, folder, wallet, time, cancellationToken);
        networks[name] = network;
        AssetSetup? asset = await CheckAsync(network, cancellationToken);
        await network.PrepareAsync(cancellationToken);
        foreach (SpaceOnChain space in options.ChainSpaces)
            if (space.Network == name) Found(space, network, (wallet, asset));
        NetworkAnchoring anchoring = anchorings[name] = new NetworkAnchoring(network);
        LogReady(name, setup.ChainId);
        BlockPulse pulse = new(network.Pool, setup.Terms.BlockTime, setup.LongestPause, time);
        while (true)
        {
            await StepAsync(network, anchoring, cancellationToken);
            await pulse.NextAsync(cancellationToken);
        }
    }

    // What is wrong may be well again without a new start: a token deployed late, an endpoint that was behind.
    private async Task<AssetSetup?> CheckAsync(NetworkHost network, CancellationToken cancellationToken)
    {
        string name = network.Setup.Name, said = "";
        while (true)
        {
            ContractFinding finding = await NetworkContracts.LookAsync(network.Pool, network.Setup, cancellationToken);
            if (finding is ContractFinding.Fit fit)
            {
                complaints.TryRemove(name, out _);
                return fit.Asset;
            }

            string sentence = ((ContractFinding.Unusable)finding).Sentence;
            complaints[name] = sentence;
            if (sentence != said) LogUnusable(said = sentence);
            await Task.Delay(network.Setup.Beat, time, cancellationToken);
        }
    }

    private void Found(SpaceOnChain space, NetworkHost network, (WalletSigner Wallet, AssetSetup? Asset) means)
    {
        AssetSetup? asset = means.Asset;
        bool isTestMoney = asset is null && network.Asset != Address.Zero;
        spaces.Ensure(new SpaceDraft(space.Name)
        {
            Currency = asset?.Symbol ?? (isTestMoney ? "USDX" : network.Setup.Coin),
            Decimals = asset?.Decimals ?? 18,
            Grant = Amount.Zero,
            Chain = new ChainDraft(
                network.Setup.Name,
                network.Setup.ChainId.Value,
                network.Factory.Address.Word,
                TermsOf(space, network, means.Wallet))
            {
                Witnesses = [.. space.Witnesses.Select(static each => each.Account)],
            },
        });
    }

    private static VaultTerms TermsOf(SpaceOnChain space, NetworkHost network, WalletSigner wallet)
    {
        VaultTerms terms = new()
        {
            Asset = network.Asset.Account,
            Operator = wallet.Account,
            ExitAfter = network.Setup.ExitAfter,
            Anchorage = network.Anchorage.Address.Account,
        };
        return space.Threshold == 0
            ? terms with { Window = network.Setup.Window, Bond = new Amount(network.Setup.Bond.Units) }
            : terms with
            {
                Witnesses = VaultTerms.HashOf(space.Witnesses.Select(static each => each.Account)),
                Threshold = space.Threshold,
            };
    }

    // Whatever fails here is tried again: everything it does may be done twice. Deposits come first, for people wait for
    // them; what the spaces want to send goes out behind them.
    private async Task StepAsync(NetworkHost network, NetworkAnchoring anchoring, CancellationToken cancellationToken)
    {
        List<AnchoredSpace> anchored = [];
        foreach (SpaceHost space in spaces.All)
        {
            bool isAtHome = space.Genesis.Network == network.Setup.Name;
            SpaceSettlement? settlement = isAtHome ? await AttachAsync(space, network, cancellationToken) : null;
            if (settlement is not null) await StepAsync(settlement, cancellationToken);
            if (settlement is not null || IsPublished(space, network)) anchored.Add(new AnchoredSpace(space, settlement));
        }

        await anchoring.StepAsync(anchored, cancellationToken);
        await network.StepAsync(cancellationToken);
    }

    private async Task StepAsync(SpaceSettlement settlement, CancellationToken cancellationToken)
    {
        await settlement.StepAsync(cancellationToken);
        if (settlement.Complaint is { } complaint) LogComplaint(settlement.Space.Genesis.Name, complaint);
    }

    private bool IsPublished(SpaceHost space, NetworkHost network) => options.Published.Any(each =>
        each.Network == network.Setup.Name && (each.Space == space.Genesis.Name || each.Space == space.Id.ToString()));

    private async Task<SpaceSettlement?> AttachAsync(SpaceHost space, NetworkHost network, CancellationToken cancellationToken)
    {
        if (settlements.TryGetValue(space.Id, out SpaceSettlement? known)) return known;
        Chains.Contracts.VaultTerms terms = OnChain.Terms(VaultTerms.TryRead(space.Genesis.Vault.AsSpan())!);
        // Its own, which may be another than new spaces get: the file of networks can name a factory later.
        Chains.Contracts.VaultFactory factory = new(Address.Of(new AccountId(space.Genesis.Factory)));
        if (!await network.EnsureVaultAsync(space.Id, (factory, terms), cancellationToken)) return null;
        return settlements[space.Id] = new SpaceSettlement(space, network, factory.VaultOf(space.Id, terms));
    }

    [LoggerMessage(5000, LogLevel.Warning, "There is no network '{Name}' in this node's configuration.")]
    private partial void LogUnknown(string name);

    [LoggerMessage(5003, LogLevel.Error, "{Sentence}")]
    private partial void LogUnusable(string sentence);

    [LoggerMessage(5001, LogLevel.Information, "The network {Name} is in use: chain {Chain}.")]
    private partial void LogReady(string name, ChainId chain);

    [LoggerMessage(5002, LogLevel.Warning, "Settlement of {Space}: {Complaint}")]
    private partial void LogComplaint(string space, string complaint);
}
