namespace ChainSpace.Journal.Media;

/// <summary>A write a fault can strike.</summary>
public enum JournalWrite
{
    TakeOver,
    Commit,
    Checkpoint,
}

/// <summary>
/// A medium whose next writes fail as scripted, for tests and simulations: refused by a full disk, or persisted while
/// the answer got lost.
/// </summary>
public sealed class FaultyMedium(IJournalMedium inner) : IJournalMedium
{
    private readonly Dictionary<JournalWrite, Fault> script = [];

    /// <summary>How a write fails.</summary>
    public enum Fault
    {
        NotPersisted,
        PersistedButUnanswered,
        DiskFull,
    }

    /// <summary>Makes the next write of this kind fail, once.</summary>
    public void FailNext(JournalWrite write, Fault fault) => script[write] = fault;

    public JournalHead TakeOver()
    {
        JournalHead head = default;
        Run(JournalWrite.TakeOver, () => head = inner.TakeOver());
        return head;
    }

    public void Commit(JournalBatch batch) => Run(JournalWrite.Commit, () => inner.Commit(batch));

    public void SaveCheckpoint(long epoch, SavedCheckpoint checkpoint) =>
        Run(JournalWrite.Checkpoint, () => inner.SaveCheckpoint(epoch, checkpoint));

    public JournalExtent ReadExtent() => inner.ReadExtent();

    public void ReadEntries(long from, int count, EntryVisitor visit) => inner.ReadEntries(from, count, visit);

    public StoredTile? ReadTile(int level, long index) => inner.ReadTile(level, index);

    public IReadOnlyList<byte[]> ReadTileRoots(int level, long from, int count) => inner.ReadTileRoots(level, from, count);

    public SavedCheckpoint? CheckpointAtOrAfter(long size) => inner.CheckpointAtOrAfter(size);

    public SavedCheckpoint? LatestCheckpoint() => inner.LatestCheckpoint();

    public void Dispose() => inner.Dispose();

    private void Run(JournalWrite write, Action act)
    {
        if (!script.Remove(write, out Fault fault))
        {
            act();
            return;
        }

        if (fault == Fault.PersistedButUnanswered) act();
        throw new IOException(fault switch
        {
            Fault.DiskFull => $"{write}: no space left on device.",
            Fault.PersistedButUnanswered => $"{write}: the answer was lost.",
            _ => $"{write}: the write failed.",
        });
    }
}
