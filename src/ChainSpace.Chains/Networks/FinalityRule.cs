using System.Globalization;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Chains.Networks;

/// <summary>When a network's block counts as final: what money may be credited for.</summary>
public abstract record FinalityRule
{
    private FinalityRule()
    {
    }

    /// <summary>So many further blocks stand on it. Zero: at once, for a chain nobody but us makes.</summary>
    public sealed record Confirmations(ulong Blocks) : FinalityRule
    {
        public override string ToString() => Blocks.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The network's own <c>safe</c> tag.</summary>
    public sealed record Safe : FinalityRule
    {
        public override string ToString() => "safe";
    }

    /// <summary>The network's own <c>finalized</c> tag.</summary>
    public sealed record Finalized : FinalityRule
    {
        public override string ToString() => "finalized";
    }

    internal BlockTag Tag => this switch
    {
        Confirmations => new BlockTag.Latest(),
        Safe => new BlockTag.Safe(),
        Finalized => new BlockTag.Finalized(),
    };

    internal ulong Depth => this is Confirmations confirmations ? confirmations.Blocks : 0;
}

/// <summary>The newest final block of a network.</summary>
public static class FinalHead
{
    /// <summary>
    /// The highest block that as many endpoints as must agree hold final, and agree on: so one honest endpoint at least
    /// holds it final, and a liar can neither invent a later one nor, where enough others are well, hold us back.
    /// </summary>
    public static async Task<Answer<BlockHeader>> AskAsync(
        RpcPool pool, FinalityRule rule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(rule);
        RpcCall<BlockNumber> newest = Chain.Block(rule.Tag).Then<BlockNumber>(header => header.Number.Minus(rule.Depth));
        Answer<BlockNumber> final = await NewestAsync(pool, newest, cancellationToken).ConfigureAwait(false);
        if (!final.IsGood) return final.Fault;
        return await pool.AskSurelyAsync(Numbered(final.Value), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The header at a height; an endpoint that answers with another height is malformed.</summary>
    internal static RpcCall<BlockHeader> Numbered(BlockNumber number) =>
        Chain.Block(new BlockTag.At(number)).Then<BlockHeader>(header =>
            header.Number == number ? header : new RpcFault.Malformed("A block has another number than the one asked for."));

    private static async Task<Answer<BlockNumber>> NewestAsync(
        RpcPool pool, RpcCall<BlockNumber> newest, CancellationToken cancellationToken)
    {
        if (pool.Agreement == 1) return await pool.AskAsync(newest, cancellationToken).ConfigureAwait(false);
        Answer<BlockNumber>[] all = [.. await pool.AskEveryoneAsync(newest, cancellationToken).ConfigureAwait(false)];
        BlockNumber[] heights = [.. all.Where(each => each.IsGood).Select(each => each.Value).OrderDescending()];
        if (heights.Length < pool.Agreement)
            return new RpcFault.Disagreement(pool.Agreement, heights.Length, all.FirstOrDefault(each => !each.IsGood).Fault);
        return heights[pool.Agreement - 1];
    }
}
