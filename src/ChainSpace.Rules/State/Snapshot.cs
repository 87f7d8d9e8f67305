using System.Buffers;
using System.Security.Cryptography;
using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.State;

/// <summary>
/// A state as a file, so that a node starts without replaying the whole journal. Never truth: whoever has none, or a
/// damaged one, replays. Written and read through one buffer, whatever its length. Layout: spec/state.md.
/// </summary>
public static class Snapshot
{
    private const int BufferSize = 1 << 18;

    /// <summary>Name and version; a change of the layout is another version, and old snapshots are then replayed.</summary>
    private static ReadOnlySpan<byte> Start => "chainspace-snapshot/v6\n"u8;

    /// <summary>Writes the state at the stream's position; the same state always gives the same bytes.</summary>
    public static void Write(SpaceState state, Stream target)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(target);
        using SnapshotSink sink = new(target);
        sink.Write(Start);
        FieldWriter fields = new(sink);
        StateEncoding.WriteHeader(fields, state);
        fields.Number(state.Accounts.Count);
        foreach (Account account in state.Accounts) StateEncoding.WriteAccount(fields, account);
        StateEncoding.WritePriorities(fields, state.Priorities);
        CalibrationEncoding.Write(fields, state);
        AdmissionRecords.Write(fields, state.Admissions);
        fields.Number(state.Batches.Count);
        foreach (Batch batch in state.Batches)
        {
            StateEncoding.WriteBatch(fields, batch);
            StateEncoding.WriteBatchContent(fields, batch);
        }

        fields.Number(state.Polls.Count);
        foreach (Poll poll in state.Polls.OrderBy(static poll => poll.Terms.Id))
        {
            StateEncoding.WritePoll(fields, poll);
            StateEncoding.WritePollContent(fields, poll);
        }

        JobEncoding.Write(fields, state.Jobs);
        StateEncoding.WriteNonces(fields, state.Nonces);
        sink.Complete();
    }

    /// <summary>
    /// Reads a snapshot that runs from the stream's position to its end. The hash at the end is checked before anything
    /// else is believed, so the stream is read twice and must be able to seek.
    /// </summary>
    /// <exception cref="InvalidDataException">Damaged, cut short, or of another version: replay the journal.</exception>
    public static SpaceState Read(Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        long start = source.Position;
        if (!IsWhole(source)) throw new InvalidDataException("The snapshot is damaged.");
        source.Position = start;
        FieldReader fields = new(source);
        if (!fields.Take(Start.Length).SequenceEqual(Start)) throw new InvalidDataException("No snapshot of this version.");
        SpaceState state = new();
        StateDecoding.ReadHeader(fields, state);
        int accounts = fields.Number32();
        state.Reserve(accounts);
        for (int i = 0; i < accounts; i++) StateDecoding.ReadAccount(fields, state);
        StateDecoding.ReadPriorities(fields, state);
        Dictionary<TaskId, BatchPlace> places = [];
        CalibrationEncoding.Read(fields, state);
        AdmissionRecords.Read(fields, state.Admissions);
        for (int batches = fields.Number32(); batches > 0; batches--) StateDecoding.ReadBatch(fields, state, places);
        for (int polls = fields.Number32(); polls > 0; polls--) StateDecoding.ReadPoll(fields, state, places);
        JobEncoding.Read(fields, state);
        StateDecoding.ReadNonces(fields, state.Nonces);
        return state;
    }

    private static bool IsWhole(Stream source)
    {
        long rest = source.Length - source.Position - SHA256.HashSizeInBytes;
        if (rest < Start.Length) return false;
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferSize];
        while (rest > 0)
        {
            int read = source.Read(buffer, 0, (int)long.Min(rest, buffer.Length));
            if (read == 0) return false;
            digest.AppendData(buffer, 0, read);
            rest -= read;
        }

        Span<byte> trailer = stackalloc byte[SHA256.HashSizeInBytes];
        return source.ReadAtLeast(trailer, trailer.Length, throwOnEndOfStream: false) == trailer.Length
            && trailer.SequenceEqual(digest.GetHashAndReset());
    }
}
