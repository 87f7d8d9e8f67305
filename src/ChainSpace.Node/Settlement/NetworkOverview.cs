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
    private static readonly GasFigures Gas = new(new Gas(29_792), new Gas(55_825), new Gas(67_204));

    public async Task<IReadOnlyList<NetworkView>> ReadAsync(CancellationToken cancellationToken)
    {
        List<NetworkView> views = [Sovereign];
        foreach (NetworkSetup setup in options.KnownNetworks)
            views.Add(await ReadAsync(setup, service.Network(setup.Name), cancellationToken));
        return views;
    }

    private static NetworkView Sovereign => new()
    {
        Name = CreateSpace.Sovereign,
        ChainId = "0",
        FinalityClass = "fast",
        SecondsToFinality = 0,
        Coin = "",
        AnchorCost = "0",
        ClaimCost = "0",
        Trust = "Play money: nothing is settled, so nobody must be trusted with more than the journal shows.",
        IsUp = true,
    };

    private static async Task<NetworkView> ReadAsync(
        NetworkSetup setup, NetworkHost? host, CancellationToken cancellationToken)
    {
        NetworkOptions known = setup.OptionsAt(host?.Rpc ?? new Uri("http://localhost"));
        NetworkView view = new()
        {
            Name = setup.Name,
            ChainId = setup.ChainId.ToString(),
            FinalityClass = setup.Terms.Class.ToString().ToLowerInvariant(),
            SecondsToFinality = (setup.Terms.BlockTime + setup.Terms.Delay).TotalSeconds,
            Coin = setup.Coin,
            Trust = setup.Local is null
                ? NetworkAdvisor.TrustIn(known)
                : "A chain on this machine: whoever runs the node makes its blocks, and its money is worth nothing.",
            IsUp = false,
        };
        if (host is null) return view;
        Answer<FeeHistory> fees = await host.Pool.AskAsync(FeeChoice.Question, cancellationToken);
        if (!fees.IsGood) return view;
        NetworkQuote quote = NetworkAdvisor.Quote(known, fees.Value, Gas, coinPrice: 1);
        return view with
        {
            AnchorCost = quote.Anchor.Units.ToString(CultureInfo.InvariantCulture),
            ClaimCost = quote.Claim.Units.ToString(CultureInfo.InvariantCulture),
            IsUp = true,
        };
    }
}
