using System.Collections.Concurrent;

namespace ChainSpace.Journal.Media;

/// <summary>
/// The journal as one SQLite file with a write-ahead log. Does not keep other processes out; the head's epoch does, at
/// the next write. <see cref="JournalStore.Open(string, JournalOptions?)"/> adds a lock.
/// </summary>
public sealed class SqliteMedium : IJournalMedium
{
    private const string FileName = "journal.db";

    // A transaction at a time on the writer's connection.
    private readonly Lock writing = new();
    private readonly SqliteWriter? writer;
    private readonly SqliteCopier? copier;
    private readonly ConcurrentBag<SqliteReader> idle = [];
    private readonly string path;

    private SqliteMedium(string directory, JournalOptions? options)
    {
        path = Path.Combine(directory, FileName);
        if (options is null) return;

        writer = new SqliteWriter(new SqliteDatabase(path, isCreating: true));
        copier = new SqliteCopier(new SqliteDatabase(path, isCreating: false), writing, options);
    }

    /// <summary>Opens the folder's journal, making folder and file where there is none.</summary>
    public static SqliteMedium Open(string directory, JournalOptions? options = null)
    {
        Directory.CreateDirectory(directory);
        return new SqliteMedium(directory, options ?? new JournalOptions());
    }

    /// <summary>Opens a journal that exists, for reading only; another process may be writing to it.</summary>
    public static SqliteMedium OpenForReading(string directory)
    {
        if (!File.Exists(Path.Combine(directory, FileName)))
            throw new FileNotFoundException($"There is no journal in '{directory}'.");
        return new SqliteMedium(directory, options: null);
    }

    public JournalHead TakeOver() => Write(static (writer, _) => writer.TakeOver(), 0);

    public void Commit(JournalBatch batch) => Write(static (writer, batch) => writer.Commit(batch), batch);

    public void SaveCheckpoint(long epoch, SavedCheckpoint checkpoint) =>
        Write(static (writer, saved) => writer.SaveCheckpoint(saved.epoch, saved.checkpoint), (epoch, checkpoint));

    public JournalExtent ReadExtent() => Read(static (reader, _) => reader.ReadExtent(), 0);

    public void ReadEntries(long from, int count, EntryVisitor visit) => Read(
        static (reader, wanted) => reader.ReadEntries(wanted.from, wanted.count, wanted.visit), (from, count, visit));

    public StoredTile? ReadTile(int level, long index) =>
        Read(static (reader, wanted) => reader.ReadTile(wanted.level, wanted.index), (level, index));

    public IReadOnlyList<byte[]> ReadTileRoots(int level, long from, int count) => Read(
        static (reader, wanted) => reader.ReadTileRoots(wanted.level, wanted.from, wanted.count), (level, from, count));

    public SavedCheckpoint? CheckpointAtOrAfter(long size) =>
        Read(static (reader, size) => reader.CheckpointAtOrAfter(size), size);

    public SavedCheckpoint? LatestCheckpoint() => Read(static (reader, _) => reader.LatestCheckpoint(), 0);

    /// <inheritdoc/>
    public void Dispose()
    {
        copier?.Dispose();
        while (idle.TryTake(out SqliteReader? reader)) reader.Dispose();
        lock (writing) writer?.Dispose();
    }

    private TResult Write<TInput, TResult>(Func<SqliteWriter, TInput, TResult> act, TInput input)
    {
        if (writer is null || copier is null) throw new InvalidOperationException("The journal is open for reading only.");
        copier.ThrowIfFailed();
        lock (writing)
        {
            TResult result = act(writer, input);
            copier.Wrote();
            return result;
        }
    }

    // A reader that threw may be in any state; it is closed rather than lent again.
    private TResult Read<TInput, TResult>(Func<SqliteReader, TInput, TResult> act, TInput input)
    {
        if (!idle.TryTake(out SqliteReader? reader)) reader = new SqliteReader(new SqliteDatabase(path, isCreating: false));
        try
        {
            TResult result = act(reader, input);
            idle.Add(reader);
            return result;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
