using ChainSpace.Journal.Media;
using ChainSpace.Journal.Tree;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using Microsoft.Data.Sqlite;

namespace ChainSpace.Journal.Check;

/// <summary>
/// Reads a journal from the first entry to the last and recomputes everything from the entries alone: tiles, roots,
/// checkpoints. Checkpoints that all agree with one list of entries are consistent with each other.
/// </summary>
public sealed class JournalCheck
{
    private const int RowsAtOnce = 4096;

    private readonly IJournalMedium medium;
    private readonly NoteVerifier? verifier;
    private readonly GrowingTree tree = new();

    // Made once, not once for every entry.
    private readonly EntryVisitor readEntry;
    private readonly Action<StoredTile, ExpandedTile> checkTile;

    private JournalExtent extent = new(default, null, null);
    private SavedCheckpoint? nextCheckpoint;
    private JournalFault? fault;

    // A checkpoint that does not fit, while the tile that will say which entry is wrong is not full yet.
    private JournalFault? suspicion;
    private long checkpoints;
    private long tiles;

    // Entries below this size agree with a tile or a checkpoint.
    private long agreed;

    private JournalCheck(IJournalMedium medium, NoteVerifier? verifier)
    {
        (this.medium, this.verifier) = (medium, verifier);
        (readEntry, checkTile) = (ReadEntry, CheckTile);
    }

    /// <summary>
    /// Checks the journal in a folder; a node may go on writing to it. Without a verifier signatures are not checked.
    /// </summary>
    public static JournalReport Run(string directory, NoteVerifier? verifier = null, IProgress<long>? progress = null)
    {
        using SqliteMedium medium = SqliteMedium.OpenForReading(directory);
        return Run(medium, verifier, progress);
    }

    /// <summary>Checks the journal of an open store, beside its writer.</summary>
    public static JournalReport Run(JournalStore store, NoteVerifier? verifier = null, IProgress<long>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Run(store.Medium, verifier, progress);
    }

    /// <summary>Checks what lies on a medium.</summary>
    public static JournalReport Run(IJournalMedium medium, NoteVerifier? verifier = null, IProgress<long>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(medium);
        JournalCheck check = new(medium, verifier);
        try
        {
            check.Read(progress);
        }
        catch (Exception exception) when (exception is SqliteException or JournalCorruptException)
        {
            check.fault = new JournalFault.Unreadable(exception.Message);
        }

        return new JournalReport(check.extent.Head, check.tree.Size, check.tiles, check.checkpoints, check.fault);
    }

    private void Read(IProgress<long>? progress)
    {
        extent = medium.ReadExtent();
        nextCheckpoint = medium.CheckpointAtOrAfter(0);
        CheckCheckpoint();
        while (fault is null && tree.Size < extent.Head.Size)
        {
            ReadEntries();
            progress?.Report(tree.Size);
        }

        fault ??= suspicion;
        if (fault is null && tree.Root() != extent.Head.Root) fault = new JournalFault.RootDiffers(agreed, tree.Size);
        fault ??= BeyondHead();
    }

    private void ReadEntries()
    {
        long before = tree.Size;
        long wanted = Math.Min(RowsAtOnce, extent.Head.Size - before);
        medium.ReadEntries(before, (int)wanted, readEntry);
        if (fault is null && tree.Size < before + wanted) fault = new JournalFault.EntryMissing(tree.Size);
    }

    private void ReadEntry(long index, ReadOnlySpan<byte> bytes)
    {
        if (fault is not null) return;
        if (index != tree.Size)
        {
            fault = new JournalFault.EntryMissing(tree.Size);
            return;
        }

        tree.Append(MerkleHash.Leaf(bytes), checkTile);
        if (fault is null && nextCheckpoint?.Size == tree.Size) CheckCheckpoint();
    }

    // The whole tile must be equal. If it is not, but its stored hashes give its stored root, then it was written from
    // other leaves than those found now: for level 0 the entry is what changed.
    private void CheckTile(StoredTile computed, ExpandedTile hashes)
    {
        if (fault is not null) return;

        tiles++;
        StoredTile? stored = medium.ReadTile(computed.Level, computed.Index);
        if (stored is null)
        {
            fault = new JournalFault.TileMissing(computed.Tile);
        }
        else if (!stored.Hashes.AsSpan().SequenceEqual(computed.Hashes))
        {
            int position = stored.Hashes.AsSpan().CommonPrefixLength(computed.Hashes) / Bytes32.Size;
            fault = computed.Level == 0 && AgreesWithItself(stored)
                ? new JournalFault.EntryChanged(computed.Index * Tile.FullWidth + position)
                : new JournalFault.TileChanged(computed.Tile, position);
        }
        else if (!stored.Root.AsSpan().SequenceEqual(computed.Root))
        {
            fault = new JournalFault.TileRootChanged(computed.Tile);
        }
        else if (computed.Level == 0)
        {
            fault = suspicion;
            agreed = tree.Size;
        }
    }

    private static bool AgreesWithItself(StoredTile tile) =>
        tile.Hashes.Length == Tile.FullWidth * Bytes32.Size
        && ExpandedTile.Read(tile.Hashes).Root.ToArray().AsSpan().SequenceEqual(tile.Root);

    // Called when the tree has grown to the size of the next checkpoint.
    private void CheckCheckpoint()
    {
        if (nextCheckpoint is not { } saved || saved.Size != tree.Size) return;

        checkpoints++;
        if (!SignedNote.TryRead(saved.Note.Span, out SignedNote? note)
            || !Checkpoint.TryParse(note.Text, out Checkpoint? checkpoint)
            || checkpoint.Size != saved.Size)
        {
            fault = new JournalFault.CheckpointUnreadable(saved.Size);
        }
        else if (verifier is not null && !verifier.Verifies(note))
        {
            fault = new JournalFault.CheckpointUnsigned(saved.Size);
        }
        else if (checkpoint.Root != tree.Root())
        {
            suspicion = new JournalFault.CheckpointDiffers(agreed, saved.Size);
            nextCheckpoint = null;
        }
        else
        {
            agreed = saved.Size;
            nextCheckpoint = medium.CheckpointAtOrAfter(saved.Size + 1);
        }
    }

    // A checkpoint saved while the check ran may speak of entries that came after the head it started with.
    private JournalFault? BeyondHead() => extent switch
    {
        { EntryBeyond: { } index } => new JournalFault.EntryBeyondHead(index),
        { TileBeyond: { } tile } => new JournalFault.TileBeyondHead(tile),
        _ when nextCheckpoint is { } ahead && ahead.Size > medium.ReadExtent().Head.Size =>
            new JournalFault.CheckpointBeyondHead(ahead.Size),
        _ => null,
    };
}
