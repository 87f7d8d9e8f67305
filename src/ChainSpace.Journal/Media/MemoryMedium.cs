using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Journal.Media;

/// <summary>
/// A disk of memory that outlives the stores opened on it: open the same medium again to play a restart, or from two
/// stores to play two writers. Disposing of it does nothing.
/// </summary>
public sealed class MemoryMedium : IJournalMedium
{
    private readonly Lock access = new();
    private readonly List<byte[]> entries = [];
    private readonly Dictionary<(int Level, long Index), StoredTile> tiles = [];
    private readonly SortedList<long, SavedCheckpoint> checkpoints = [];
    private JournalHead head = new(0, MerkleHash.EmptyRoot, 0);

    public JournalHead TakeOver()
    {
        lock (access) return head = head with { Epoch = head.Epoch + 1 };
    }

    public void Commit(JournalBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (access)
        {
            if (head.Size != batch.BaseSize || head.Epoch != batch.Head.Epoch)
                throw new JournalFencedException($"The journal is at {head}, not at size {batch.BaseSize}.");

            entries.AddRange(batch.Entries.Select(entry => entry.ToArray()));
            foreach (StoredTile tile in batch.Tiles) tiles.Add((tile.Level, tile.Index), tile);
            head = batch.Head;
        }
    }

    public void SaveCheckpoint(long epoch, SavedCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        lock (access)
        {
            if (head.Epoch != epoch) throw new JournalFencedException($"The journal is at {head}, not at epoch {epoch}.");
            checkpoints[checkpoint.Size] = checkpoint;
        }
    }

    public JournalExtent ReadExtent()
    {
        lock (access) return new JournalExtent(head, null, null);
    }

    public void ReadEntries(long from, int count, EntryVisitor visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        byte[][] found;
        lock (access) found = [.. entries.Skip((int)Math.Min(from, int.MaxValue)).Take(count)];
        for (int place = 0; place < found.Length; place++) visit(from + place, found[place]);
    }

    public StoredTile? ReadTile(int level, long index)
    {
        lock (access) return tiles.GetValueOrDefault((level, index));
    }

    public IReadOnlyList<byte[]> ReadTileRoots(int level, long from, int count)
    {
        List<byte[]> roots = [];
        lock (access)
            for (long index = from; index < from + count && tiles.TryGetValue((level, index), out StoredTile? tile); index++)
                roots.Add(tile.Root);
        return roots;
    }

    public SavedCheckpoint? CheckpointAtOrAfter(long size)
    {
        lock (access) return checkpoints.Values.FirstOrDefault(checkpoint => checkpoint.Size >= size);
    }

    public SavedCheckpoint? LatestCheckpoint()
    {
        lock (access) return checkpoints.Values.LastOrDefault();
    }

    public void Dispose()
    {
    }
}
