using ChainSpace.Journal.Media;
using ChainSpace.Journal.Tree;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Journal;

/// <summary>
/// A durable append-only Merkle log. One thread appends; any thread reads, and sees only what is committed. A write
/// that fails stops the store for good, because its outcome is unknown: open the journal again to go on.
/// </summary>
public sealed class JournalStore : IDisposable
{
    // Rows read at a time, so that no read transaction stays open while a caller thinks about an entry.
    private const int RowsAtOnce = 1024;

    private readonly IJournalMedium medium;
    private readonly IDisposable? folder;
    private readonly TileCache cache;

    // Guards tree and what is written; readers never take it.
    private readonly Lock writing = new();
    private readonly GrowingTree tree;
    private bool isClosed;

    // Swapped whole after each commit.
    private volatile TreeView view;
    private volatile Exception? stop;

    private JournalStore(IJournalMedium medium, JournalOptions options, IDisposable? folder)
    {
        (this.medium, this.folder) = (medium, folder);
        cache = new TileCache(medium, options.CachedTiles);

        // From here on every older writer is fenced, so what is read next cannot change any more.
        JournalHead head = medium.TakeOver();
        tree = TreeRecovery.Restore(medium, head);
        view = new TreeView(head, tree.Edge, cache);
    }

    /// <summary>Size, root and epoch of one moment.</summary>
    public JournalHead Head => Current.Head;

    /// <summary>Number of committed entries.</summary>
    public long Size => Head.Size;

    /// <summary>Root of the committed tree.</summary>
    public Bytes32 Root => Head.Root;

    internal IJournalMedium Medium => medium;

    private TreeView Current => stop is { } cause ? throw new JournalStoppedException(cause) : view;

    /// <summary>Opens the folder's journal, making it where there is none, and fences every earlier writer.</summary>
    /// <exception cref="JournalInUseException">Another process has it open.</exception>
    public static JournalStore Open(string directory, JournalOptions? options = null)
    {
        JournalLock folder = JournalLock.Take(directory);
        SqliteMedium? medium = null;
        try
        {
            medium = SqliteMedium.Open(directory, options);
            return new JournalStore(medium, options ?? new JournalOptions(), folder);
        }
        catch
        {
            medium?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Opens a journal on any medium and fences every earlier writer; closing the store closes the medium.</summary>
    public static JournalStore Open(IJournalMedium medium, JournalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(medium);
        return new JournalStore(medium, options ?? new JournalOptions(), folder: null);
    }

    /// <summary>
    /// Adds the entries behind the first <paramref name="expectedSize"/> ones, all or none, and returns the new head
    /// when it is durable.
    /// </summary>
    /// <exception cref="JournalFencedException">The journal has another size, or was opened by somebody else.</exception>
    public JournalHead Append(long expectedSize, IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        for (int place = 0; place < entries.Count; place++)
            ArgumentOutOfRangeException.ThrowIfGreaterThan(entries[place].Length, EntryBundle.EntryLimit, nameof(entries));

        return Write((expectedSize, entries), static (store, input) => store.Extend(input.expectedSize, input.entries));
    }

    /// <summary>Keeps a signed checkpoint for good; a second note of the same size, with more signatures, replaces it.</summary>
    /// <exception cref="ArgumentException">The note is no checkpoint of this journal's tree at that size.</exception>
    public void SaveCheckpoint(ReadOnlySpan<byte> note, long size)
    {
        if (!SignedNote.TryRead(note, out SignedNote? signed) || !Checkpoint.TryParse(signed.Text, out Checkpoint? checkpoint))
            throw new ArgumentException("The note is no checkpoint.", nameof(note));
        if (checkpoint.Size != size || checkpoint.Root != RootAt(size))
            throw new ArgumentException($"The checkpoint speaks of another tree than this one at size {size}.", nameof(note));

        Write(new SavedCheckpoint(size, note.ToArray()), static (store, saved) =>
        {
            store.medium.SaveCheckpoint(store.view.Head.Epoch, saved);
            return saved;
        });
    }

    /// <summary>The kept checkpoint of the largest size.</summary>
    public SavedCheckpoint? LatestCheckpoint()
    {
        _ = Current;
        return medium.LatestCheckpoint();
    }

    /// <summary>The kept checkpoint of exactly this size.</summary>
    public SavedCheckpoint? CheckpointAt(long size) =>
        CheckpointAtOrAfter(size) is { } checkpoint && checkpoint.Size == size ? checkpoint : null;

    /// <summary>The kept checkpoint of the smallest size that covers this many entries.</summary>
    public SavedCheckpoint? CheckpointAtOrAfter(long size)
    {
        _ = Current;
        return medium.CheckpointAtOrAfter(size);
    }

    /// <summary>The bytes of one committed entry.</summary>
    public ReadOnlyMemory<byte> ReadEntry(long index) => ReadEntries(index, 1).First();

    /// <summary>Committed entries in order, read as they are asked for; all must exist when the reading starts.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> ReadEntries(long from, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Size - from);
        return Stream(from, count);
    }

    /// <summary>The hashes of a tile as other readers fetch them, or null where the committed tree does not reach.</summary>
    public byte[]? ReadTile(Tile tile) => Current.Read(tile);

    /// <summary>The body of an entry bundle, or null where the committed entries do not reach so far.</summary>
    public byte[]? ReadBundle(EntryBundle bundle)
    {
        if (bundle.Index < 0 || bundle.Index > Size / Tile.FullWidth || bundle.Width is < 1 or > Tile.FullWidth) return null;
        long from = bundle.Index * Tile.FullWidth;
        return from + bundle.Width > Size ? null : EntryBundle.Write([.. Stream(from, bundle.Width)]);
    }

    /// <summary>The root of the first <paramref name="size"/> entries.</summary>
    public Bytes32 RootAt(long size) => MerkleProver.Root(Covering(size), size);

    /// <summary>That the entry at an index is in the tree of a committed size.</summary>
    public InclusionProof ProveInclusion(long index, long size) => MerkleProver.ProveInclusion(Covering(size), index, size);

    /// <summary>That the tree of a committed size begins with that of a smaller one.</summary>
    public ConsistencyProof ProveConsistency(long first, long second) =>
        MerkleProver.ProveConsistency(Covering(second), first, second);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (writing)
        {
            if (isClosed) return;
            isClosed = true;
            stop ??= new ObjectDisposedException(nameof(JournalStore));
            medium.Dispose();
            folder?.Dispose();
        }
    }

    private JournalHead Extend(long expectedSize, IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        JournalHead before = view.Head;
        if (expectedSize != before.Size)
            throw new JournalFencedException($"The journal has {before.Size} entries, not {expectedSize}.");
        if (entries.Count == 0) return before;

        // 1. Grow the tree in memory. A crash here leaves nothing: the disk does not know of it yet.
        List<StoredTile> rows = [];
        List<ExpandedTile> full = [];
        Action<StoredTile, ExpandedTile> filled = (row, tile) => { rows.Add(row); full.Add(tile); };
        for (int place = 0; place < entries.Count; place++) tree.Append(MerkleHash.Leaf(entries[place].Span), filled);
        JournalHead after = before with { Size = tree.Size, Root = tree.Root() };

        // 2. Entries, full tiles and head in one transaction, if the head is still ours. This is the only commit point.
        //    A crash before it leaves the old journal, one after it the new; a failure leaves one of the two, and this
        //    store stops rather than guess which.
        medium.Commit(new JournalBatch(before.Size, entries, rows, after));

        // 3. Show readers the new tree. A crash here leaves a durable batch that nobody was told about; the next
        //    opening shows it.
        for (int place = 0; place < rows.Count; place++) cache.Add(rows[place].Level, rows[place].Index, full[place]);
        view = new TreeView(after, tree.Edge, cache);
        return after;
    }

    private TResult Write<TInput, TResult>(TInput input, Func<JournalStore, TInput, TResult> act)
    {
        lock (writing)
        {
            _ = Current;
            try
            {
                return act(this, input);
            }
            catch (JournalFencedException exception)
            {
                stop = exception;
                throw;
            }
            catch (Exception exception)
            {
                stop = exception;
                throw new JournalStoppedException(exception);
            }
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> Stream(long from, long count)
    {
        List<ReadOnlyMemory<byte>> rows = new(RowsAtOnce);
        for (long end = from + count; from < end; from += rows.Count)
        {
            _ = Current;
            rows.Clear();
            long next = from;
            medium.ReadEntries(from, (int)Math.Min(RowsAtOnce, end - from), (index, bytes) =>
            {
                if (index != next++) throw new JournalCorruptException($"Entry {next - 1} is missing.");
                rows.Add(bytes.ToArray());
            });
            if (rows.Count == 0) throw new JournalCorruptException($"Entry {from} is missing.");
            foreach (ReadOnlyMemory<byte> row in rows) yield return row;
        }
    }

    private TreeView Covering(long size)
    {
        TreeView current = Current;
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, current.Head.Size);
        return current;
    }
}
