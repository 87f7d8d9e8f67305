using System.Numerics;
using ChainSpace.Chains;
using Chain = ChainSpace.Chains.Contracts;

namespace ChainSpace.Node.Settlement;

/// <summary>The protocol's words in those of the contracts.</summary>
internal static class OnChain
{
    public static Chain.VaultTerms Terms(Protocol.Settlement.VaultTerms terms) => new(
        Address.Of(terms.Asset), Address.Of(terms.Operator), Address.Of(terms.Anchorage), terms.Witnesses,
        terms.Threshold, terms.Window, terms.ExitAfter, new Wei(terms.Bond.Units));

    public static Chain.PayoutLeaf Leaf(Protocol.Settlement.PayoutLeaf leaf) =>
        new(leaf.Account, leaf.Claimable.Units, (BigInteger)leaf.Net);
}
