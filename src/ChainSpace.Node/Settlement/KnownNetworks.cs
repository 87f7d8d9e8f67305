using ChainSpace.Chains;
using ChainSpace.Chains.Local;
using ChainSpace.Chains.Networks;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// The chains that a node can start on this machine: three that differ as real ones do, so that the trade-off can be tried.
/// Their coins and their money are worth nothing.
/// </summary>
public static class KnownNetworks
{
    private const uint LocalWindow = 5;
    private const uint LocalExit = 60 * 60;

    public static IReadOnlyList<NetworkSetup> Local { get; } =
    [
        Chain("local-l1", 31337, TimeSpan.FromSeconds(12), 20_000_000_000, new FinalityRule.Confirmations(4)),
        Chain("local-l2", 31338, TimeSpan.FromSeconds(2), 20_000_000, new FinalityRule.Confirmations(2)),
        Chain("local-own", 31339, TimeSpan.FromSeconds(1), 1_000_000, new FinalityRule.Confirmations(0)),
    ];

    private static NetworkSetup Chain(string name, ulong id, TimeSpan block, ulong baseFee, FinalityRule finality) => new()
    {
        Name = name,
        ChainId = new ChainId(id),
        Finality = finality,
        FeeCeiling = Wei.FromGwei(500),
        Beat = block / 2,
        Coin = "ETH",
        Window = LocalWindow,
        ExitAfter = LocalExit,
        Policy = new AnchorPolicy { LongestWait = TimeSpan.FromMinutes(1), ShortestPause = 2 * block, ValueAtRisk = 1 },
        Local = new AnvilOptions { Chain = new ChainId(id), BlockTime = block, BaseFee = new Wei(baseFee) },
    };
}
