using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Fees;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Settlement;

/// <summary>What each network of a node costs now, how long it takes to be final, and whom one must trust there.</summary>
public sealed class NetworkOverview(SettlementService service, NodeOptions options)
{
    // As the contracts' tests measured it: contracts/snapshots/Gas.json.
    private static readonly GasFigures Gas = new(new Gas(29_792), new Gas(46_674 + 37_937), new Gas(55_825), new Gas(4_121_430));

    public async Task<IReadOnlyList<NetworkView>> ReadAsync(CancellationToken cancellationToken)
    {
        // All at once: one that is silent makes nobody wait longer than its own time-out.
        NetworkView[] views = await Task.WhenAll(options.KnownNetworks.Select(setup => ReadAsync(setup, cancellationToken)));
        return [Sovereign, .. views];
    }

    private static NetworkView Sovereign => new()
    {
        Name = CreateSpace.Sovereign,
        ChainId = "0",
        FinalityClass = "fast",
        SecondsToFinality = 0,
        Coin = "",
        Finality = "in the journal, at once",
        WindowSeconds = 0,
        AnchorCost = "0",
        GoodCost = "0",
        ClaimCost = "0",
        VaultCost = "0",
        Trust = "play money: nothing is settled, and the journal shows all there is",
        IsUp = true,
    };

    private async Task<NetworkView> ReadAsync(NetworkSetup setup, CancellationToken cancellationToken)
    {
        NetworkHost? host = service.Network(setup.Name);
        NetworkOptions known = setup.OptionsAt(host?.PublicRpc ?? new Uri("http://localhost"));
        NetworkView view = new()
        {
            Name = setup.Name,
            ChainId = setup.ChainId.ToString(),
            FinalityClass = setup.Terms.Class.ToString().ToLowerInvariant(),
            SecondsToFinality = (setup.Terms.BlockTime + setup.Terms.Delay).TotalSeconds,
            Finality = NetworkWords.Finality(setup.Terms),
            WindowSeconds = setup.Window,
            Coin = setup.Coin,
            Trust = setup.Local is null
                ? NetworkWords.Trust(known)
                : "whoever runs the node makes the blocks; a chain to try, whose money is worth nothing",
            Explorer = setup.Explorer,
            IsUp = false,
            Complaint = service.ComplaintOf(setup.Name),
        };
        if (host is null) return view;
        Answer<FeeHistory> fees = await host.Pool.AskAsync(FeeChoice.Question, cancellationToken);
        if (!fees.IsGood) return view;
        NetworkCosts costs = NetworkAdvisor.Cost(fees.Value, Gas);
        return view with
        {
            AnchorCost = Text(costs.Anchor),
            GoodCost = Text(costs.Good),
            ClaimCost = Text(costs.Claim),
            VaultCost = Text(costs.Vault),
            IsUp = true,
        };
    }

    private static string Text(Wei cost) => cost.Units.ToString(CultureInfo.InvariantCulture);
}
