using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Client.Reading;

namespace ChainSpace.Node.Settlement;

/// <summary>Where a vault stands and how to get there.</summary>
/// <param name="Rpc">An endpoint of its chain.</param>
/// <param name="Asset">The ERC-20 that is the space's money; zero: the chain's coin.</param>
internal sealed record VaultPlace(ChainId Chain, Uri Rpc, Address Vault, Address Asset)
{
    /// <summary>What a node says of it; with another endpoint where the caller has one.</summary>
    /// <exception cref="ChainException">Nobody names an endpoint.</exception>
    public static VaultPlace Of(VaultView view, Uri? rpc = null) => new(
        new ChainId(ulong.Parse(view.ChainId, NumberStyles.None, CultureInfo.InvariantCulture)),
        EndpointOf(view.Rpc, rpc), Address.Parse(view.Vault), Address.Parse(view.Asset));

    /// <summary>The caller's endpoint, or else the one that a node tells its clients to use.</summary>
    /// <exception cref="ChainException">There is neither.</exception>
    public static Uri EndpointOf(string? told, Uri? own) => own ?? (told is null
        ? throw new ChainException("The node names no endpoint of the chain; give one with --rpc.")
        : new Uri(told));
}
