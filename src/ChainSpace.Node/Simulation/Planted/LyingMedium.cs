using ChainSpace.Journal;
using ChainSpace.Journal.Media;

namespace ChainSpace.Node.Simulation.Planted;

/// <summary>A disk with a planted bug: it loses a batch and says it is written, or takes one from a fenced writer.</summary>
internal sealed class LyingMedium(IJournalMedium inner, Sabotage sabotage) : IJournalMedium
{
    public void Commit(JournalBatch batch)
    {
        try
        {
            inner.Commit(sabotage == Sabotage.Unfenced ? AsIfNewest(batch) : batch);
        }
        catch (IOException) when (sabotage == Sabotage.AcknowledgeBeforeWriting)
        {
            // The planted bug: the write failed and nobody is told.
        }
    }

    public JournalHead TakeOver() => inner.TakeOver();

    public void SaveCheckpoint(long epoch, SavedCheckpoint checkpoint) => inner.SaveCheckpoint(epoch, checkpoint);

    public JournalExtent ReadExtent() => inner.ReadExtent();

    public void ReadEntries(long from, int count, EntryVisitor visit) => inner.ReadEntries(from, count, visit);

    public StoredTile? ReadTile(int level, long index) => inner.ReadTile(level, index);

    public IReadOnlyList<byte[]> ReadTileRoots(int level, long from, int count) => inner.ReadTileRoots(level, from, count);

    public SavedCheckpoint? CheckpointAtOrAfter(long size) => inner.CheckpointAtOrAfter(size);

    public SavedCheckpoint? LatestCheckpoint() => inner.LatestCheckpoint();

    public void Dispose() => inner.Dispose();

    private JournalBatch AsIfNewest(JournalBatch batch) =>
        batch with { Head = batch.Head with { Epoch = inner.ReadExtent().Head.Epoch } };
}
