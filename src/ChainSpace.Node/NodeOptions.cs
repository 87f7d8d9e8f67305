using ChainSpace.Node.Settlement;

namespace ChainSpace.Node;

/// <summary>How a node is started.</summary>
public sealed record NodeOptions
{
    /// <summary>Folder of everything the node keeps.</summary>
    public required string Data { get; init; }

    /// <summary>Port on localhost; 0 takes a free one. Default 8080.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Messages of one account a second, at least 1; twenty times as many after a pause. Default 5,000.</summary>
    public int MessagesPerSecond { get; init; } = 5_000;

    /// <summary>The least that work pays an hour, as people write it, by the name of the space. Default none.</summary>
    public IReadOnlyDictionary<string, string> MinimumPay { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether to seed a demo space of play money where there is no space yet. Default true.</summary>
    public bool IsDemo { get; init; } = true;

    /// <summary>Names of spaces of play money to found where they are missing. Default none.</summary>
    public IReadOnlyList<string> Spaces { get; init; } = [];

    /// <summary>Spaces to found on a settlement network where they are missing. Default none.</summary>
    public IReadOnlyList<SpaceOnChain> ChainSpaces { get; init; } = [];

    /// <summary>Spaces to anchor on networks other than their own, reputation included. Default none.</summary>
    public IReadOnlyList<PublishedSpace> Published { get; init; } = [];

    /// <summary>Networks to have at hand though no space uses them yet. Default none.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>The settlement networks that spaces can use. Default: three chains on this machine.</summary>
    public IReadOnlyList<NetworkSetup> KnownNetworks { get; init; } = Settlement.KnownNetworks.Local;
}

/// <summary>A space whose journal and reputation are also anchored on this network.</summary>
/// <param name="Space">Name or id.</param>
/// <param name="Network">The network's name.</param>
public sealed record PublishedSpace(string Space, string Network);
