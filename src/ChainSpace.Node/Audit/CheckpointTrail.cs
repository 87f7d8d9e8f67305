using ChainSpace.Journal;
using ChainSpace.Journal.Check;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using static ChainSpace.Node.Audit.AuditFault;

namespace ChainSpace.Node.Audit;

/// <summary>The checkpoints of a journal in order of size, each compared when the fold has come to it.</summary>
internal sealed class CheckpointTrail
{
    private readonly IJournalSource source;
    private readonly string origin;
    private readonly NoteVerifier verifier;
    private readonly Checkpoint? since;
    private SavedCheckpoint? next;
    private long agreed;

    /// <exception cref="UnreadableJournalException">The checkpoint from before is not signed by this space.</exception>
    public CheckpointTrail(IJournalSource source, NoteVerifier verifier, ReadOnlyMemory<byte>? since)
    {
        (this.source, this.verifier, origin) = (source, verifier, verifier.Name);
        next = source.CheckpointAtOrAfter(1);
        if (since is not { } note) return;
        if (!Checkpoint.TryRead(note.Span, origin, verifier, out this.since))
            throw new UnreadableJournalException("The checkpoint from before is not signed by this space.");
    }

    /// <summary>Checkpoints compared so far.</summary>
    public long Count { get; private set; }

    /// <summary>Size of the last one compared.</summary>
    public long? Latest { get; private set; }

    /// <summary>True where a checkpoint speaks of exactly so many entries.</summary>
    public bool IsAt(long size) => next?.Size == size || since?.Size == size;

    /// <summary>Compares the checkpoints of the size the fold has reached, but for their roots, which are claims.</summary>
    public AuditFault? Compare(EntryFold fold)
    {
        long size = fold.Size;
        if (since is { } kept && kept.Size == size)
        {
            fold.Claims.Add(new RootClaim(size, size, kept.Root, new HistoryChanged(size)));
            if (CompareState(kept, fold) is { } changed) return changed;
        }

        if (next is not { } saved || saved.Size != size) return null;
        if (Checked(saved) is not { } checkpoint) return new WrongCheckpoint(size);
        AuditFault otherwise = new WrongTree(new JournalFault.CheckpointDiffers(agreed, size));
        fold.Claims.Add(new RootClaim(size, size, checkpoint.Root, otherwise));
        if (CompareState(checkpoint, fold) is { } wrong) return wrong;
        (Count, Latest, agreed) = (Count + 1, size, size);
        next = source.CheckpointAtOrAfter(size + 1);
        return null;
    }

    /// <summary>What must hold before the first entry is read: the newest checkpoint is the space's own.</summary>
    public AuditFault? CheckNewest(long size) =>
        source.CheckpointAtOrAfter(size) is { } newest && Checked(newest) is null ? new WrongCheckpoint(newest.Size) : null;

    /// <summary>What must hold behind the last entry: nothing that was promised before is missing.</summary>
    public AuditFault? CheckEnd(long size) => since?.Size > size ? new HistoryChanged(since.Size) : null;

    private Checkpoint? Checked(SavedCheckpoint saved) =>
        Checkpoint.TryRead(saved.Note.Span, origin, verifier, out Checkpoint? read) && read.Size == saved.Size ? read : null;

    private static AuditFault? CompareState(Checkpoint checkpoint, EntryFold fold)
    {
        Bytes32 computed = fold.HashState();
        if (checkpoint.StateHash != computed) return new WrongState(checkpoint.Size, checkpoint.StateHash, computed);
        if (checkpoint.PayoutRoot is not { } claimed) return null;
        Bytes32 payouts = fold.Payouts().Root;
        return claimed == payouts ? null : new WrongPayouts(checkpoint.Size, claimed, payouts);
    }
}
