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
        check.Guard(() => check.Begin(medium.ReadExtent()));
        while (check.Fault is null && check.tree.Size < check.extent.Head.Size)
        {
            check.Guard(check.ReadEntries);
            progress?.Report(check.tree.Size);
        }

        return check.End();
    }

    /// <summary>
    /// Begins a check for somebody who reads the entries anyway: he passes every leaf hash up to the extent's head to
    /// <see cref="Take"/>, in order, and then asks for the report.
    /// </summary>
    public static JournalCheck Begin(IJournalMedium medium, JournalExtent extent, NoteVerifier? verifier)
    {
        ArgumentNullException.ThrowIfNull(medium);
        ArgumentNullException.ThrowIfNull(extent);
        JournalCheck check = new(medium, verifier);
        check.Guard(() => check.Begin(extent));
        return check;
    }

    /// <summary>The first thing found wrong so far.</summary>
    public JournalFault? Fault { get; private set; }

    /// <summary>The root over all entries taken so far.</summary>
    public Bytes32 Root => tree.Root();

    /// <summary>Takes the hash of the next entry.</summary>
    public void Take(Bytes32 leaf)
    {
        try
        {
            Append(leaf);
        }
        catch (Exception exception) when (exception is SqliteException or JournalCorruptException)
        {
            Fault = new JournalFault.Unreadable(exception.Message);
        }
    }

    /// <summary>What the whole check found, once all entries are read.</summary>
    public JournalReport End()
    {
        Guard(Conclude);
        return new JournalReport(extent.Head, tree.Size, tiles, checkpoints, Fault);
    }

    private void Begin(JournalExtent of)
    {
        extent = of;
        nextCheckpoint = medium.CheckpointAtOrAfter(0);
        CheckCheckpoint();
    }

    private void Conclude()
    {
        Fault ??= suspicion;
        if (Fault is null && tree.Root() != extent.Head.Root) Fault = new JournalFault.RootDiffers(agreed, tree.Size);
        Fault ??= BeyondHead();
    }

    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (Exception exception) when (exception is SqliteException or JournalCorruptException)
        {
            Fault = new JournalFault.Unreadable(exception.Message);
        }
    }

    private void ReadEntries()
    {
        long before = tree.Size;
        long wanted = Math.Min(RowsAtOnce, extent.Head.Size - before);
        medium.ReadEntries(before, (int)wanted, readEntry);
        if (Fault is null && tree.Size < before + wanted) Fault = new JournalFault.EntryMissing(tree.Size);
    }

    private void ReadEntry(long index, ReadOnlySpan<byte> bytes)
    {
        if (Fault is not null) return;
        if (index == tree.Size) Append(MerkleHash.Leaf(bytes));
        else Fault = new JournalFault.EntryMissing(tree.Size);
    }

    private void Append(Bytes32 leaf)
    {
        tree.Append(leaf, checkTile);
        if (Fault is null && nextCheckpoint?.Size == tree.Size) CheckCheckpoint();
    }

    // The whole tile must be equal. If it is not, but its stored hashes give its stored root, then it was written from
    // other leaves than those found now: for level 0 the entry is what changed.
    private void CheckTile(StoredTile computed, ExpandedTile hashes)
    {
        if (Fault is not null) return;

        tiles++;
        StoredTile? stored = medium.ReadTile(computed.Level, computed.Index);
        if (stored is null)
        {
            Fault = new JournalFault.TileMissing(computed.Tile);
        }
        else if (!stored.Hashes.AsSpan().SequenceEqual(computed.Hashes))
        {
            int position = stored.Hashes.AsSpan().CommonPrefixLength(computed.Hashes) / Bytes32.Size;
            Fault = computed.Level == 0 && AgreesWithItself(stored)
                ? new JournalFault.EntryChanged(computed.Index * Tile.FullWidth + position)
                : new JournalFault.TileChanged(computed.Tile, position);
        }
        else if (!stored.Root.AsSpan().SequenceEqual(computed.Root))
        {
            Fault = new JournalFault.TileRootChanged(computed.Tile);
        }
        else if (computed.Level == 0)
        {
            Fault = suspicion;
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
            Fault = new JournalFault.CheckpointUnreadable(saved.Size);
        }
        else if (verifier is not null && !verifier.Verifies(note))
        {
            Fault = new JournalFault.CheckpointUnsigned(saved.Size);
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
