using System.Collections.Immutable;
using System.Text.Json;

namespace ChainSpace.Chains.Rpc;

/// <summary>An event of a contract, and where on the chain it stands.</summary>
/// <param name="Place">Place among all events of its block.</param>
public sealed record LogEntry(
    Address Contract, ImmutableArray<Bytes32> Topics, ReadOnlyMemory<byte> Data,
    BlockNumber Block, BlockHash BlockHash, TransactionHash Transaction, ulong Place)
{
    public bool Equals(LogEntry? other) =>
        other is not null && Contract == other.Contract && Topics.SequenceEqual(other.Topics)
        && Data.Span.SequenceEqual(other.Data.Span) && Block == other.Block && BlockHash == other.BlockHash
        && Transaction == other.Transaction && Place == other.Place;

    public override int GetHashCode() => HashCode.Combine(Block, Place);

    internal static LogEntry? TryRead(JsonElement log)
    {
        if (!Wire.TryAddress(log, "address"u8, out Address contract)) return null;
        if (!Wire.TryBytes(log, "data"u8, out byte[] data)) return null;
        if (!Wire.TryBlock(log, "blockNumber"u8, out BlockNumber block)) return null;
        if (!Wire.TryWord(log, "blockHash"u8, out Bytes32 hash)) return null;
        if (!Wire.TryWord(log, "transactionHash"u8, out Bytes32 transaction)) return null;
        if (!Wire.TryQuantity(log, "logIndex"u8, out ulong place)) return null;
        if (log.TryGetProperty("removed"u8, out JsonElement removed) && removed.ValueKind == JsonValueKind.True) return null;
        if (!log.TryGetProperty("topics"u8, out JsonElement list) || list.ValueKind != JsonValueKind.Array) return null;
        ImmutableArray<Bytes32>.Builder topics = ImmutableArray.CreateBuilder<Bytes32>(list.GetArrayLength());
        foreach (JsonElement each in list.EnumerateArray())
        {
            if (!Wire.TryWord(each, out Bytes32 topic)) return null;
            topics.Add(topic);
        }

        return new LogEntry(
            contract, topics.MoveToImmutable(), data, block, new BlockHash(hash),
            new TransactionHash(transaction), place);
    }
}

/// <summary>Events of one contract with one first topic, in blocks from the first to the last, both included.</summary>
public sealed record LogFilter(Address Contract, Bytes32 Topic, BlockNumber From, BlockNumber To)
{
    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("address"u8, Contract.ToString());
        writer.WriteString("fromBlock"u8, Wire.Write(From.Value));
        writer.WriteString("toBlock"u8, Wire.Write(To.Value));
        writer.WriteStartArray("topics"u8);
        writer.WriteStringValue(Topic.ToString());
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    internal bool Admits(LogEntry entry) =>
        entry.Contract == Contract && entry.Block >= From && entry.Block <= To
        && entry.Topics is [var first, ..] && first == Topic;
}

/// <summary>Events in the order of blocks and of places in them; equal if all their entries are.</summary>
public sealed record LogList(ImmutableArray<LogEntry> Entries)
{
    public bool Equals(LogList? other) => other is not null && Entries.SequenceEqual(other.Entries);

    public override int GetHashCode() => Entries.Length;

    internal static Answer<LogList> Read(JsonElement result, LogFilter filter)
    {
        if (result.ValueKind != JsonValueKind.Array) return Chain.Malformed("eth_getLogs");
        ImmutableArray<LogEntry>.Builder entries = ImmutableArray.CreateBuilder<LogEntry>(result.GetArrayLength());
        foreach (JsonElement each in result.EnumerateArray())
        {
            if (LogEntry.TryRead(each) is not { } entry || !filter.Admits(entry)) return Chain.Malformed("eth_getLogs");
            if (entries.Count > 0 && !Follows(entries[^1], entry)) return Chain.Malformed("eth_getLogs");
            entries.Add(entry);
        }

        return new LogList(entries.MoveToImmutable());
    }

    // One block has one hash, so two entries of one height with different hashes are of two chains.
    private static bool Follows(LogEntry before, LogEntry after) =>
        after.Block > before.Block
        || (after.Block == before.Block && after.BlockHash == before.BlockHash && after.Place > before.Place);
}
