using System.Text.Json;

namespace ChainSpace.Chains.Rpc;

/// <summary>What one endpoint knows of a transaction.</summary>
public abstract record Receipt
{
    private Receipt()
    {
    }

    /// <summary>No block of the endpoint's chain has it.</summary>
    public sealed record Missing : Receipt;

    /// <summary>A block has it, though that block may still be replaced.</summary>
    /// <param name="Succeeded">False if it ran and was reverted; its nonce and gas are spent all the same.</param>
    /// <param name="Created">The contract it created, if any.</param>
    public sealed record Mined(
        TransactionHash Transaction, BlockNumber Block, BlockHash BlockHash, bool Succeeded, Gas GasUsed, Address? Created)
        : Receipt;

    internal static Answer<Receipt> Read(JsonElement result, TransactionHash transaction)
    {
        if (result.ValueKind == JsonValueKind.Null) return new Missing();
        if (!Wire.TryWord(result, "transactionHash"u8, out Bytes32 hash) || hash != transaction.Value)
            return Chain.Malformed("receipt transactionHash");
        if (!Wire.TryBlock(result, "blockNumber"u8, out BlockNumber block)) return Chain.Malformed("receipt blockNumber");
        if (!Wire.TryWord(result, "blockHash"u8, out Bytes32 blockHash)) return Chain.Malformed("receipt blockHash");
        if (!Wire.TryQuantity(result, "status"u8, out ulong status) || status > 1) return Chain.Malformed("receipt status");
        if (!Wire.TryQuantity(result, "gasUsed"u8, out ulong gas)) return Chain.Malformed("receipt gasUsed");
        Address? created = Wire.TryAddress(result, "contractAddress"u8, out Address address) ? address : null;
        return new Mined(
            transaction, block, new BlockHash(blockHash), status == 1, new Gas(gas), created);
    }
}
