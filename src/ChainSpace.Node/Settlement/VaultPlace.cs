using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Client.Reading;

namespace ChainSpace.Node.Settlement;

/// <summary>Where a vault stands and how to get there.</summary>
/// <param name="Rpc">An endpoint of its chain.</param>
/// <param name="Asset">The ERC-20 that is the space's money; zero: the chain's coin.</param>
internal sealed record VaultPlace(ChainId Chain, Uri Rpc, Address Vault, Address Asset)
{
    /// <summary>What a node says of it.</summary>
    public static VaultPlace Of(VaultView view) => new(
        new ChainId(ulong.Parse(view.ChainId, NumberStyles.None, CultureInfo.InvariantCulture)),
        new Uri(view.Rpc), Address.Parse(view.Vault), Address.Parse(view.Asset));
}
