using ChainSpace.Chains;
using ChainSpace.Chains.Local;
using ChainSpace.Chains.Networks;
using ChainSpace.Node.Anchoring;

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
        Chain("local-l1", 31337, 20_000_000_000, Final(4, FinalityClass.Strong, 12)),
        Chain("local-l2", 31338, 20_000_000, Final(2, FinalityClass.Standard, 2)),
        Chain("local-own", 31339, 1_000_000, Final(0, FinalityClass.Fast, 1)),
    ];

    private static FinalityTerms Final(ulong blocks, FinalityClass level, double seconds) => new(
        new FinalityRule.Confirmations(blocks), level, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds * blocks));

    private static NetworkSetup Chain(string name, ulong id, ulong baseFee, FinalityTerms terms) => new()
    {
        Name = name,
        ChainId = new ChainId(id),
        Terms = terms,
        FeeCeiling = Wei.FromGwei(500),
        Coin = "ETH",
        Window = LocalWindow,
        ExitAfter = LocalExit,
        Policy = new AnchorPolicy
        {
            LongestWait = TimeSpan.FromSeconds(10) + 5 * terms.BlockTime,
            ShortestPause = 2 * terms.BlockTime,
            WithdrawnAtRisk = 0,
            PriorityPrice = 0.01,
        },
        Local = new AnvilOptions { Chain = new ChainId(id), BlockTime = terms.BlockTime, BaseFee = new Wei(baseFee) },
    };
}
