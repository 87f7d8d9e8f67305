using ChainSpace.Node.Views.Folding;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChainSpace.Node.Views;

/// <summary>
/// The query tables of one space, folded from committed entries. Disposable: whoever deletes the file and folds the
/// journal again gets the same answers. One thread folds; readers have connections of their own.
/// </summary>
public sealed class ViewStore : IDisposable
{
    private const string FileName = "views.db";

    private readonly ViewDatabase database;
    private EntryFold fold; // Owned by the thread that folds.
    private long position;

    private ViewStore(ViewDatabase database, string path, SpaceId space)
    {
        (this.database, Space, Readers) = (database, space, new ReaderPool(path));
        fold = new EntryFold(database);
        position = fold.Progress.Position;
    }

    /// <summary>Index of the next entry to fold.</summary>
    public long Position => Volatile.Read(ref position);

    /// <summary>Pulses after each fold.</summary>
    public Signal Folded { get; } = new();

    /// <summary>The space these views are of.</summary>
    public SpaceId Space { get; }

    internal ReaderPool Readers { get; }

    /// <summary>Opens the folder's views; starts anew where they are of another version, another space, or broken.</summary>
    public static ViewStore Open(string directory, SpaceId space)
    {
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, FileName);
        try
        {
            return Open(path, space, isNew: !File.Exists(path));
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT)
        {
            return Open(path, space, isNew: true);
        }
    }

    /// <summary>
    /// Folds the entries in one transaction. Entries from before <see cref="Position"/> are passed over.
    /// </summary>
    /// <exception cref="ArgumentException">An entry between is missing.</exception>
    public void Fold(IReadOnlyList<CommittedEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        try
        {
            database.InTransaction(_ => Add(entries));
        }
        catch
        {
            // What it remembers was rolled back.
            fold = new EntryFold(database);
            throw;
        }

        Show();
    }

    /// <summary>Forgets everything; the next entry to fold is the first.</summary>
    public void Drop()
    {
        Schema.Create(database, Space);
        fold = new EntryFold(database);
        Show();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Readers.Dispose();
        database.Dispose();
    }

    private static ViewStore Open(string path, SpaceId space, bool isNew)
    {
        if (isNew) Delete(path);
        ViewDatabase database = new(path, isWriter: true);
        try
        {
            if (isNew) Schema.Create(database, space);
            if (Schema.IsCurrent(database, space)) return new ViewStore(database, path, space);
        }
        catch
        {
            database.Dispose();
            throw;
        }

        database.Dispose();
        return Open(path, space, isNew: true);
    }

    private static void Delete(string path)
    {
        foreach (string file in (string[])[path, path + "-wal", path + "-shm"]) File.Delete(file);
    }

    private bool Add(IReadOnlyList<CommittedEntry> entries)
    {
        for (int place = 0; place < entries.Count; place++)
        {
            CommittedEntry entry = entries[place];
            long expected = fold.Progress.Position;
            if (entry.Index.Value < expected) continue;
            if (entry.Index.Value > expected)
                throw new ArgumentException($"Entry {expected} is missing before {entry.Index}.", nameof(entries));
            fold.Add(entry);
        }

        fold.Save();
        return true;
    }

    private void Show()
    {
        Volatile.Write(ref position, fold.Progress.Position);
        Folded.Pulse();
    }
}
