using ChainSpace.Chains.Abi;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Chains.Contracts;

/// <summary>The protocol's leaves as an anchorage takes them.</summary>
internal static class AnchorageStructs
{
    public const string SuperLeafType = "(bytes32,uint256,bytes32,bytes32,bytes32)";

    public const string ScoreType = "(bytes32,bytes32,uint256,uint256,uint256)";

    public static AbiValue ToAbi(this SuperLeaf leaf) =>
        AbiValue.Of(leaf.Space.Value, leaf.Size, leaf.Root, leaf.PayoutRoot, leaf.ReputationRoot);

    public static AbiValue ToAbi(this ScoreLeaf score) => AbiValue.Of(
        score.Account.Value, score.CategoryWord, (ulong)score.Score, (ulong)score.Bound, score.Count);
}
