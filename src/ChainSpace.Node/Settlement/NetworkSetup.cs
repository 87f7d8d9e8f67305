using ChainSpace.Chains;
using ChainSpace.Chains.Local;
using ChainSpace.Chains.Networks;

namespace ChainSpace.Node.Settlement;

/// <summary>What a node needs to know of a settlement network.</summary>
public sealed record NetworkSetup
{
    public required string Name { get; init; }

    public required ChainId ChainId { get; init; }

    /// <summary>JSON-RPC endpoints in order of preference; none for a local network.</summary>
    public IReadOnlyList<Uri> Endpoints { get; init; } = [];

    /// <summary>How many endpoints must say the same where money depends on it.</summary>
    public int Agreement { get; init; } = 1;

    public required FinalityRule Finality { get; init; }

    /// <summary>The most to pay for gas, in wei per unit.</summary>
    public required Wei FeeCeiling { get; init; }

    /// <summary>Time between two looks at the network.</summary>
    public required TimeSpan Beat { get; init; }

    public AnchorPolicy Policy { get; init; } = new();

    /// <summary>The vault factory; null: the node deploys one.</summary>
    public Address? Factory { get; init; }

    /// <summary>The money of new spaces; null: the coin of the network, or test money on a local one.</summary>
    public AssetSetup? Asset { get; init; }

    /// <summary>The network's own coin.</summary>
    public required string Coin { get; init; }

    /// <summary>Set for a chain that runs on this machine with the node.</summary>
    public AnvilOptions? Local { get; init; }

    /// <summary>Seconds that a proposed root of a new space waits for a challenge.</summary>
    public uint Window { get; init; } = 24 * 60 * 60;

    /// <summary>Seconds without a good root after which a new space may be ended.</summary>
    public uint ExitAfter { get; init; } = 7 * 24 * 60 * 60;
}

/// <summary>An ERC-20 as the money of spaces.</summary>
public sealed record AssetSetup(Address Address, string Symbol, uint Decimals);
