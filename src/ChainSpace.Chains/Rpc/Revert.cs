using System.Text.Json;
using ChainSpace.Chains.Abi;

namespace ChainSpace.Chains.Rpc;

/// <summary>Tells a contract's refusal from a node's own errors.</summary>
internal static class Revert
{
    private const long GethCode = 3;

    private static readonly AbiSignature Error = AbiSignature.Parse("Error(string)");
    private static readonly AbiSignature Panic = AbiSignature.Parse("Panic(uint256)");

    /// <summary>Null where the error is not a revert. Nodes put the data in the error, or one level deeper.</summary>
    public static RevertReason? Read(long code, string message, JsonElement error)
    {
        byte[]? data = FindData(error);
        bool isRevert = code == GethCode || message.Contains("revert", StringComparison.OrdinalIgnoreCase);
        return isRevert ? Decode(data ?? []) : null;
    }

    public static RevertReason Decode(ReadOnlyMemory<byte> data)
    {
        if (data.Length < AbiSignature.SelectorSize) return new RevertReason.Silent();
        if (Error.TryDecodeCall(data, out AbiValue.Many? sentence)) return new RevertReason.Sentence(sentence.Text(0));
        if (Panic.TryDecodeCall(data, out AbiValue.Many? panic) && panic.Integer(0) <= ulong.MaxValue)
            return new RevertReason.Panic((ulong)panic.Integer(0));
        return new RevertReason.Custom(data);
    }

    private static byte[]? FindData(JsonElement error)
    {
        if (!error.TryGetProperty("data"u8, out JsonElement data)) return null;
        if (Wire.TryBytes(data, out byte[] bytes)) return bytes;
        return Wire.TryBytes(data, "data"u8, out bytes) ? bytes : null;
    }
}
