using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Settlement;

/// <summary>What a vault's slot is the hash of, found from the block that changed it.</summary>
internal static class AnchorPreimage
{
    /// <summary>Null where the chain does not say.</summary>
    public static async Task<VaultAnchor?> FindAsync(
        RpcPool pool, Address vault, (ulong Size, Bytes32 Root, Bytes32 PayoutRoot) anchor, BlockNumber block,
        CancellationToken cancellationToken)
    {
        Answer<BlockHeader> header = await pool.AskAsync(Chain.Block(new BlockTag.At(block)), cancellationToken);
        VaultViews past = new(vault, new BlockTag.At(block.Minus(1)));
        Answer<VaultHead> before = await pool.AskAsync(past.Head(), cancellationToken);
        return header.IsGood && before.IsGood
            ? new VaultAnchor(before.Value.Commitment, anchor.Size, header.Value.Seconds, anchor.Root, anchor.PayoutRoot)
            : null;
    }
}
