using System.Collections.Immutable;
using System.Text.Json;
using ChainSpace.Chains.Transactions;

namespace ChainSpace.Chains.Rpc;

/// <summary>The questions we ask an EVM network (execution-apis, namespace <c>eth</c>).</summary>
public static class Chain
{
    /// <summary>Which network the endpoint serves.</summary>
    public static RpcCall<ChainId> Id { get; } = Ask<ChainId>("eth_chainId", _ => { }, result =>
        Wire.TryQuantity(result, out ulong id) ? new ChainId(id) : Malformed("eth_chainId"));

    /// <summary>The newest block the endpoint knows.</summary>
    public static RpcCall<BlockNumber> Head { get; } = Ask<BlockNumber>("eth_blockNumber", _ => { }, result =>
        Wire.TryBlock(result, out BlockNumber number) ? number : Malformed("eth_blockNumber"));

    /// <summary>A block's header.</summary>
    public static RpcCall<BlockHeader> Block(BlockTag tag) => Ask<BlockHeader>(
        "eth_getBlockByNumber",
        writer => { writer.WriteStringValue(tag.ToString()); writer.WriteBooleanValue(false); },
        result => result.ValueKind == JsonValueKind.Null
            ? new RpcFault.NodeError(0, $"The node has no block '{tag}'.")
            : BlockHeader.Read(result));

    /// <summary>What an account owns of the network's coin.</summary>
    public static RpcCall<Wei> Balance(Address account, BlockTag at) => Ask<Wei>(
        "eth_getBalance",
        writer => Write(writer, account, at),
        result => Wire.TryQuantity(result, out UInt128 units) ? new Wei(units) : Malformed("eth_getBalance"));

    /// <summary>How many transactions an account has sent; its next nonce.</summary>
    public static RpcCall<Nonce> TransactionCount(Address account, BlockTag at) => Ask<Nonce>(
        "eth_getTransactionCount",
        writer => Write(writer, account, at),
        result => Wire.TryQuantity(result, out ulong count) && count < Wire.CountMax
            ? new Nonce(count)
            : Malformed("eth_getTransactionCount"));

    /// <summary>The code at an address; empty for a wallet.</summary>
    public static RpcCall<ReadOnlyMemory<byte>> Code(Address account, BlockTag at) => Ask(
        "eth_getCode", writer => Write(writer, account, at), result => ReadBytes(result, "eth_getCode"));

    /// <summary>Runs a call without sending it; its result's bytes.</summary>
    public static RpcCall<ReadOnlyMemory<byte>> Run(ChainCall call, BlockTag at, Address? from = null) => Ask(
        "eth_call",
        writer => { Write(writer, call, from); writer.WriteStringValue(at.ToString()); },
        result => ReadBytes(result, "eth_call"));

    /// <summary>The gas a call would take if it were sent now.</summary>
    public static RpcCall<Gas> EstimateGas(ChainCall call, Address from) => Ask<Gas>(
        "eth_estimateGas",
        writer => Write(writer, call, from),
        result => Wire.TryQuantity(result, out ulong gas) && gas < Wire.CountMax
            ? new Gas(gas)
            : Malformed("eth_estimateGas"));

    /// <summary>Sends a signed transaction; an endpoint that answers another hash than ours is malformed.</summary>
    public static RpcCall<TransactionHash> Send(SignedTransaction signed)
    {
        ArgumentNullException.ThrowIfNull(signed);
        return Ask<TransactionHash>(
            "eth_sendRawTransaction",
            writer => writer.WriteStringValue(Hex.Encode(signed.Raw.Span)),
            result => Wire.TryWord(result, out Bytes32 hash) && hash == signed.Hash.Value
                ? signed.Hash
                : Malformed("eth_sendRawTransaction"));
    }

    /// <summary>Where a transaction stands; <see cref="Receipt.Missing"/> as long as no block has it.</summary>
    public static RpcCall<Receipt> ReceiptOf(TransactionHash transaction) => Ask(
        "eth_getTransactionReceipt",
        writer => writer.WriteStringValue(transaction.ToString()),
        result => Receipt.Read(result, transaction));

    /// <summary>Base fees and priority fees of the newest blocks.</summary>
    public static RpcCall<FeeHistory> Fees(int blocks, ImmutableArray<int> percentiles) => Ask(
        "eth_feeHistory",
        writer =>
        {
            writer.WriteStringValue(Wire.Write((ulong)blocks));
            writer.WriteStringValue("latest"u8);
            writer.WriteStartArray();
            foreach (int each in percentiles) writer.WriteNumberValue(each);
            writer.WriteEndArray();
        },
        result => FeeHistory.Read(result, blocks, percentiles.Length));

    /// <summary>The events that fit the filter, in the order of blocks; one that does not makes the answer malformed.</summary>
    public static RpcCall<LogList> Logs(LogFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Ask("eth_getLogs", filter.Write, result => LogList.Read(result, filter));
    }

    internal static RpcCall<T> Ask<T>(string method, Action<Utf8JsonWriter> parameters, Func<JsonElement, Answer<T>> read)
        where T : notnull =>
        new([new RpcRequest(method, parameters)], results => results[0].IsGood ? read(results[0].Value) : results[0].Fault!);

    internal static RpcFault Malformed(string method) => new RpcFault.Malformed($"{method}: {Wire.MalformedText}");

    private static Answer<ReadOnlyMemory<byte>> ReadBytes(JsonElement result, string method) =>
        Wire.TryBytes(result, out byte[] bytes) ? new ReadOnlyMemory<byte>(bytes) : Malformed(method);

    private static void Write(Utf8JsonWriter writer, Address account, BlockTag at)
    {
        writer.WriteStringValue(account.ToString());
        writer.WriteStringValue(at.ToString());
    }

    private static void Write(Utf8JsonWriter writer, ChainCall call, Address? from)
    {
        writer.WriteStartObject();
        if (from is { } sender) writer.WriteString("from"u8, sender.ToString());
        if (call.To is { } to) writer.WriteString("to"u8, to.ToString());
        if (call.Value > Wei.Zero) writer.WriteString("value"u8, Wire.Write(call.Value.Units));
        writer.WriteString("data"u8, Hex.Encode(call.Data.Span));
        writer.WriteEndObject();
    }
}
