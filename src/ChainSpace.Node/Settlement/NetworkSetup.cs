using ChainSpace.Chains;
using ChainSpace.Chains.Local;
using ChainSpace.Chains.Networks;
using ChainSpace.Node.Anchoring;

namespace ChainSpace.Node.Settlement;

/// <summary>What a node needs to know of a settlement network.</summary>
public sealed record NetworkSetup
{
    private const double ShortestBeatSeconds = 0.25, LongestBeatSeconds = 6;

    public required string Name { get; init; }

    public required ChainId ChainId { get; init; }

    /// <summary>JSON-RPC endpoints in order of preference; none for a local network.</summary>
    public IReadOnlyList<Uri> Endpoints { get; init; } = [];

    /// <summary>How many endpoints must say the same where money depends on it.</summary>
    public int Agreement { get; init; } = 1;

    /// <summary>When a block is final, and what that is worth.</summary>
    public required FinalityTerms Terms { get; init; }

    public FinalityRule Finality => Terms.Rule;

    /// <summary>The most to pay for gas, in wei per unit.</summary>
    public required Wei FeeCeiling { get; init; }

    /// <summary>Time between two looks at the network while it is got ready: half a block's, a quarter to six seconds.</summary>
    public TimeSpan Beat =>
        TimeSpan.FromSeconds(Math.Clamp(Terms.BlockTime.TotalSeconds / 2, ShortestBeatSeconds, LongestBeatSeconds));

    /// <summary>
    /// Longest time between two looks afterwards, which come with the blocks: what waits for the clock must not wait for a
    /// block that is late. Half as long again as a block takes, and no shorter than the beat.
    /// </summary>
    public TimeSpan LongestPause => 1.5 * Terms.BlockTime > Beat ? 1.5 * Terms.BlockTime : Beat;

    public AnchorPolicy Policy { get; init; } = new();

    /// <summary>The vault factory; null: the node deploys one.</summary>
    public Address? Factory { get; init; }

    /// <summary>Takes super-roots; null: the node deploys one.</summary>
    public Address? Anchorage { get; init; }

    /// <summary>The money of new spaces; null: the coin of the network, or test money on a local one.</summary>
    public AssetTerms? Asset { get; init; }

    /// <summary>The network's own coin.</summary>
    public required string Coin { get; init; }

    /// <summary>Page about a transaction, with <c>{transaction}</c> in place of its hash; null: none.</summary>
    public string? Explorer { get; init; }

    /// <summary>An endpoint that clients are told to use; null: they bring their own, or it is a local network's.</summary>
    public Uri? PublicRpc { get; init; }

    /// <summary>Set for a chain that runs on this machine with the node.</summary>
    public AnvilOptions? Local { get; init; }

    /// <summary>The same as the advisor knows networks; a local one is asked at the address it got.</summary>
    public NetworkOptions OptionsAt(Uri endpoint) => new(
        Name, ChainId, Coin, new RpcTerms(Endpoints.Count == 0 ? [endpoint] : [.. Endpoints], Agreement), Terms, FeeCeiling,
        Explorer);

    /// <summary>A network of the operator's file.</summary>
    public static NetworkSetup Of(NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        AnchorPolicy usual = new();
        return new NetworkSetup
        {
            Name = options.Name,
            ChainId = options.Chain,
            Endpoints = options.Rpc.Urls,
            Agreement = options.Rpc.Agreement,
            Terms = options.Finality,
            FeeCeiling = options.FeeCeiling,
            Coin = options.Currency,
            Explorer = options.Explorer,
            PublicRpc = options.PublicRpc,
            Factory = options.Founding.Factory,
            Asset = options.Founding.Asset,
            Window = (uint)options.Founding.Window.TotalSeconds,
            ExitAfter = (uint)options.Founding.ExitAfter.TotalSeconds,
            Bond = options.Founding.Bond,
            Policy = new AnchorPolicy
            {
                LongestWait = options.Pace.LongestWait ?? usual.LongestWait,
                ShortestPause = options.Pace.ShortestPause ?? usual.ShortestPause,
            },
        };
    }

    /// <summary>Seconds that a proposed root of a new space waits for a challenge.</summary>
    public uint Window { get; init; } = 24 * 60 * 60;

    /// <summary>Seconds without a good root after which a new space may be ended.</summary>
    public uint ExitAfter { get; init; } = 7 * 24 * 60 * 60;

    /// <summary>What the first challenge of a new space costs, in the smallest unit of the coin.</summary>
    public Wei Bond { get; init; } = new FoundingTerms().Bond;
}

/// <summary>An ERC-20 as the money of spaces, as it says itself.</summary>
public sealed record AssetSetup(Address Address, string Symbol, uint Decimals);
