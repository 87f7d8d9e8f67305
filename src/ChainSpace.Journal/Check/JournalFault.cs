using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Journal.Check;

/// <summary>The first contradiction a check finds, with the place of it.</summary>
public abstract record JournalFault
{
    private JournalFault()
    {
    }

    /// <summary>The index has no row though the head counts it.</summary>
    public sealed record EntryMissing(long Index) : JournalFault;

    /// <summary>The entry does not have the hash its tile, which agrees with itself, holds for it.</summary>
    public sealed record EntryChanged(long Index) : JournalFault;

    /// <summary>A row the head does not count, or one at a negative index.</summary>
    public sealed record EntryBeyondHead(long Index) : JournalFault;

    /// <summary>A full tile has no row.</summary>
    public sealed record TileMissing(Tile Tile) : JournalFault;

    /// <summary>The tile does not hold the hash of what lies below it, first at this position.</summary>
    public sealed record TileChanged(Tile Tile, int Position) : JournalFault;

    /// <summary>The root stored with the tile is not that of its hashes.</summary>
    public sealed record TileRootChanged(Tile Tile) : JournalFault;

    /// <summary>A tile that is not full yet has a row.</summary>
    public sealed record TileBeyondHead(Tile Tile) : JournalFault;

    /// <summary>
    /// The entries do not give the head's root. Everything before <paramref name="From"/> agrees with its tile or a
    /// checkpoint; one of the entries from there on, or the head itself, is not what it was.
    /// </summary>
    public sealed record RootDiffers(long From, long Size) : JournalFault;

    /// <summary>The kept note is no checkpoint, or speaks of another size than it is kept under.</summary>
    public sealed record CheckpointUnreadable(long Size) : JournalFault;

    /// <summary>The given key did not sign the checkpoint.</summary>
    public sealed record CheckpointUnsigned(long Size) : JournalFault;

    /// <summary>The checkpoint's root is not that of the entries, which agree with tiles or checkpoints before From.</summary>
    public sealed record CheckpointDiffers(long From, long Size) : JournalFault;

    /// <summary>The checkpoint promises more entries than there are: the journal was cut.</summary>
    public sealed record CheckpointBeyondHead(long Size) : JournalFault;

    /// <summary>The database cannot be read at all; the message is its own.</summary>
    public sealed record Unreadable(string Message) : JournalFault;
}
