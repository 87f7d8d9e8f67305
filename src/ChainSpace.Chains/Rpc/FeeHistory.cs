using System.Collections.Immutable;
using System.Text.Json;

namespace ChainSpace.Chains.Rpc;

/// <summary>Fees of the newest blocks, oldest first.</summary>
/// <param name="BaseFees">One for each block, then one more: the base fee of the block to come. In wei per gas.</param>
/// <param name="Priorities">For each block the priority fees at the percentiles asked for; empty where nobody was.</param>
public sealed record FeeHistory(ImmutableArray<Wei> BaseFees, ImmutableArray<ImmutableArray<Wei>> Priorities)
{
    /// <summary>The base fee of the block to come.</summary>
    public Wei NextBaseFee => BaseFees[^1];

    internal static Answer<FeeHistory> Read(JsonElement result, int blocks, int percentiles)
    {
        if (TryReadRow(result, "baseFeePerGas"u8) is not { Length: > 0 } baseFees || baseFees.Length > blocks + 1)
            return Chain.Malformed("eth_feeHistory");
        ImmutableArray<ImmutableArray<Wei>>.Builder priorities = ImmutableArray.CreateBuilder<ImmutableArray<Wei>>();
        if (!result.TryGetProperty("reward"u8, out JsonElement rewards) || rewards.ValueKind == JsonValueKind.Null)
            return new FeeHistory(baseFees, []);
        if (rewards.ValueKind != JsonValueKind.Array || rewards.GetArrayLength() > blocks)
            return Chain.Malformed("eth_feeHistory");
        foreach (JsonElement each in rewards.EnumerateArray())
        {
            if (TryReadRow(each) is not { } row || row.Length != percentiles) return Chain.Malformed("eth_feeHistory");
            priorities.Add(row);
        }

        return new FeeHistory(baseFees, priorities.ToImmutable());
    }

    private static ImmutableArray<Wei>? TryReadRow(JsonElement parent, ReadOnlySpan<byte> member) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(member, out JsonElement row) ? TryReadRow(row) : null;

    private static ImmutableArray<Wei>? TryReadRow(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Array) return null;
        ImmutableArray<Wei>.Builder fees = ImmutableArray.CreateBuilder<Wei>(row.GetArrayLength());
        foreach (JsonElement each in row.EnumerateArray())
        {
            if (!Wire.TryQuantity(each, out UInt128 units)) return null;
            fees.Add(new Wei(units));
        }

        return fees.MoveToImmutable();
    }
}
