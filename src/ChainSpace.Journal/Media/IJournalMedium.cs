using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Journal.Media;

/// <summary>
/// Rows that survive. Tree, fence and fail-stop are the same code on every medium; a medium only writes batches whole or
/// not at all and reads back what it wrote. Reads may come from any thread beside one writer; after a writing method
/// threw, its rows may or may not be there.
/// </summary>
public interface IJournalMedium : IDisposable
{
    /// <summary>Raises the epoch, durably, and returns the head with it: from now on older writers fail.</summary>
    JournalHead TakeOver();

    /// <summary>Writes a batch and its head, durably, if the stored head still has the batch's base size and epoch.</summary>
    /// <exception cref="JournalFencedException">The stored head differs; nothing was written.</exception>
    void Commit(JournalBatch batch);

    /// <summary>Keeps a note under its size, in place of an earlier note of that size.</summary>
    /// <exception cref="JournalFencedException">The stored epoch differs; nothing was written.</exception>
    void SaveCheckpoint(long epoch, SavedCheckpoint checkpoint);

    /// <summary>The head together with what lies beyond it, seen at one moment.</summary>
    JournalExtent ReadExtent();

    /// <summary>Shows up to <paramref name="count"/> entries in order, starting at the first index at or after from.</summary>
    void ReadEntries(long from, int count, EntryVisitor visit);

    /// <summary>The full tile, or null if it was never written.</summary>
    StoredTile? ReadTile(int level, long index);

    /// <summary>Roots of neighbouring full tiles of a level, in order; fewer if some are missing.</summary>
    IReadOnlyList<byte[]> ReadTileRoots(int level, long from, int count);

    /// <summary>The kept checkpoint of the smallest size not below this one.</summary>
    SavedCheckpoint? CheckpointAtOrAfter(long size);

    /// <summary>The kept checkpoint of the largest size.</summary>
    SavedCheckpoint? LatestCheckpoint();
}

/// <summary>Sees an entry where it lies; the bytes are valid only during the call.</summary>
public delegate void EntryVisitor(long index, ReadOnlySpan<byte> bytes);

/// <summary>A tile of 256 hashes as raw bytes, and the root of the subtree over them.</summary>
public sealed record StoredTile(int Level, long Index, byte[] Root, byte[] Hashes)
{
    /// <summary>The coordinates by which others know it.</summary>
    public Tile Tile => new(Level, Index, Tile.FullWidth);
}

/// <summary>Everything one append changes.</summary>
public sealed record JournalBatch(
    long BaseSize, IReadOnlyList<ReadOnlyMemory<byte>> Entries, IReadOnlyList<StoredTile> Tiles, JournalHead Head);

/// <summary>The head, the first entry at or beyond its size and the first tile not wholly below it, if any.</summary>
public sealed record JournalExtent(JournalHead Head, long? EntryBeyond, Tile? TileBeyond);
