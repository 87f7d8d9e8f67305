using ChainSpace.Chains;

namespace ChainSpace.Node.Settlement;

/// <summary>A space to found on a settlement network, where it is missing.</summary>
/// <param name="Name">The space's.</param>
/// <param name="Network">The network's.</param>
public sealed record SpaceOnChain(string Name, string Network)
{
    /// <summary>
    /// Who must vouch for each payout root; none: roots become good by waiting. With witnesses nothing becomes good by
    /// waiting, so that the operator's key alone moves no money.
    /// </summary>
    public IReadOnlyList<Address> Witnesses { get; init; } = [];

    /// <summary>How many of them; 0 without witnesses.</summary>
    public byte Threshold { get; init; }
}
