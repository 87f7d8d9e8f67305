using System.Text.Json;

namespace ChainSpace.Chains.Rpc;

/// <summary>Which block a question is about.</summary>
public abstract record BlockTag
{
    private BlockTag()
    {
    }

    /// <summary>The newest.</summary>
    public sealed record Latest : BlockTag
    {
        public override string ToString() => "latest";
    }

    /// <summary>The newest that the network's validators would have to be dishonest to take back.</summary>
    public sealed record Safe : BlockTag
    {
        public override string ToString() => "safe";
    }

    /// <summary>The newest that cannot be taken back without destroying a third of all stake.</summary>
    public sealed record Finalized : BlockTag
    {
        public override string ToString() => "finalized";
    }

    /// <summary>The one of this height.</summary>
    public sealed record At(BlockNumber Number) : BlockTag
    {
        public override string ToString() => Wire.Write(Number.Value);
    }
}

/// <summary>What we need of a block's header. The time is the block's own, in seconds since 1970.</summary>
public sealed record BlockHeader(BlockNumber Number, BlockHash Hash, BlockHash Parent, ulong Seconds, Wei BaseFee)
{
    /// <summary>What the network's validators drew for this block (EIP-4399); zero where it draws nothing.</summary>
    public Bytes32 Randomness { get; init; }

    internal static Answer<BlockHeader> Read(JsonElement result)
    {
        if (!Wire.TryBlock(result, "number"u8, out BlockNumber number)) return Chain.Malformed("block number");
        if (!Wire.TryWord(result, "hash"u8, out Bytes32 hash)) return Chain.Malformed("block hash");
        if (!Wire.TryWord(result, "parentHash"u8, out Bytes32 parent)) return Chain.Malformed("block parentHash");
        if (!Wire.TryQuantity(result, "timestamp"u8, out ulong seconds)) return Chain.Malformed("block timestamp");
        if (!Wire.TryQuantity(result, "baseFeePerGas"u8, out UInt128 baseFee)) return Chain.Malformed("block baseFeePerGas");
        return new BlockHeader(
            number, new BlockHash(hash), new BlockHash(parent), seconds, new Wei(baseFee))
        {
            Randomness = Wire.TryWord(result, "mixHash"u8, out Bytes32 drawn) ? drawn : default,
        };
    }
}
