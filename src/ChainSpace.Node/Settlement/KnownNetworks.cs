using ChainSpace.Chains;
using ChainSpace.Chains.Local;
using ChainSpace.Chains.Networks;
using ChainSpace.Node.Anchoring;
using ChainSpace.Protocol.Messages;

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

    /// <summary>Those and the networks of an operator's file, or what is wrong with the file.</summary>
    public static (IReadOnlyList<NetworkSetup> Networks, IReadOnlyList<string> Complaints) With(ReadOnlyMemory<byte> file)
    {
        NetworkReading reading = NetworkFile.Read(file);
        string[] taken = [CreateSpace.Sovereign, .. Local.Select(static each => each.Name)];
        string[] complaints =
        [
            .. reading.Complaints,
            .. reading.Networks.Where(each => taken.Contains(each.Name))
                .Select(static each => $"Network '{each.Name}' has a name that this program uses itself; choose another."),
        ];
        return ([.. Local, .. reading.Networks.Select(NetworkSetup.Of)], complaints);
    }

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
