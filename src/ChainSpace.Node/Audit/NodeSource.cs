using System.Collections.Immutable;
using ChainSpace.Client;
using ChainSpace.Journal;
using ChainSpace.Journal.Check;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Node.Audit;

/// <summary>
/// The journal of a space as its node shows it to everyone: the newest checkpoint, bundles, tiles (C2SP tlog-tiles).
/// </summary>
/// <param name="client">Speaks to the node.</param>
/// <param name="space">The space by id or name.</param>
public sealed class NodeSource(ChainSpaceClient client, string space) : IJournalSource
{
    /// <summary>Bytes of a full bundle: 256 entries of 65,535 bytes, each after two of length. Nothing else is as long.</summary>
    public const long LongestAnswer = 256 * 65_537;

    // Set when opened; the journal ends here, whatever the node adds meanwhile.
    private SavedCheckpoint? latest;

    public async Task<long> OpenAsync(CancellationToken cancellationToken)
    {
        byte[] note = await FetchAsync("checkpoint", client.CheckpointAsync(space, cancellationToken));
        if (!SignedNote.TryRead(note, out SignedNote? signed) || !Checkpoint.TryParse(signed.Text, out Checkpoint? checkpoint))
            throw new UnreadableJournalException($"What the node sends as the checkpoint of '{space}' is none.");
        latest = new SavedCheckpoint(checkpoint.Size, note);
        return checkpoint.Size;
    }

    public async Task<EntryBatch> ReadAsync(long from, int count, CancellationToken cancellationToken)
    {
        if (from % Tile.FullWidth != 0) throw new ArgumentException("Bundles begin at multiples of 256.", nameof(from));
        EntryBatch batch = new(from, count);
        List<Task<(byte[] Bundle, byte[] Tile)>> parts = [];
        for (int at = 0; at < count; at += Tile.FullWidth)
            parts.Add(FetchAsync((from + at) / Tile.FullWidth, cancellationToken));

        foreach ((byte[] bundle, byte[] tile) in await Task.WhenAll(parts))
            if (!Add(batch, bundle, tile, count)) break;
        return batch;
    }

    public SavedCheckpoint? CheckpointAtOrAfter(long size) => latest?.Size >= size ? latest : null;

    /// <summary>None: tiles of entries come with the entries, and those above them are not asked for.</summary>
    public JournalCheck? BeginTreeCheck(NoteVerifier verifier) => null;

    public JournalFault? CheckTree(NoteVerifier? verifier) => null;

    public void Dispose()
    {
    }

    private async Task<(byte[] Bundle, byte[] Tile)> FetchAsync(long index, CancellationToken cancellationToken)
    {
        int width = (int)Math.Min(Tile.FullWidth, latest!.Size - index * Tile.FullWidth);
        EntryBundle bundle = new(index, width);
        Tile tile = new(0, index, width);
        Task<byte[]> entries = FetchAsync(bundle.Path, client.BundleAsync(space, bundle, cancellationToken));
        Task<byte[]> hashes = FetchAsync(tile.Path, client.TileAsync(space, tile, cancellationToken));
        return (await entries, await hashes);
    }

    // False where the bundle is short, so that a gap is found where it is.
    private static bool Add(EntryBatch batch, byte[] bundle, byte[] tile, int count)
    {
        int wanted = Math.Min(Tile.FullWidth, count - batch.Count);
        if (!EntryBundle.TryRead(bundle, out ImmutableArray<ReadOnlyMemory<byte>> entries)) return false;
        foreach (ReadOnlyMemory<byte> entry in entries[..Math.Min(wanted, entries.Length)]) batch.Add(entry.Span);
        for (int place = 0; place < Math.Min(wanted, tile.Length / Bytes32.Size); place++)
            batch.Hashes.Add(Bytes32.Read(tile.AsSpan(place * Bytes32.Size, Bytes32.Size)));
        return entries.Length >= wanted;
    }

    private async Task<byte[]> FetchAsync(string what, Task<byte[]?> answer)
    {
        try
        {
            return await answer ?? throw new UnreadableJournalException($"The node has no {what} of '{space}'.");
        }
        catch (HttpRequestException exception)
        {
            throw new UnreadableJournalException(
                $"The node does not give the {what} of '{space}': {exception.Message}", exception);
        }
    }
}
