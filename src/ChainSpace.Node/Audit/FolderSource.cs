using ChainSpace.Journal;
using ChainSpace.Journal.Check;
using ChainSpace.Journal.Media;
using ChainSpace.Protocol.Merkle;
using Microsoft.Data.Sqlite;

namespace ChainSpace.Node.Audit;

/// <summary>The journal in the folder of one space, read beside the node that may be writing to it.</summary>
public sealed class FolderSource : IJournalSource
{
    private readonly string directory;
    private readonly SqliteMedium medium;

    // Set when opened; the journal ends here, whatever its node adds meanwhile.
    private JournalExtent? extent;

    /// <param name="directory">Folder with a journal.db in it.</param>
    public FolderSource(string directory)
    {
        this.directory = directory;
        medium = Read(() => SqliteMedium.OpenForReading(directory));
    }

    public Task<long> OpenAsync(CancellationToken cancellationToken)
    {
        extent = Read(medium.ReadExtent);
        return Task.FromResult(extent.Head.Size);
    }

    public Task<EntryBatch> ReadAsync(long from, int count, CancellationToken cancellationToken)
    {
        EntryBatch batch = new(from, count);
        Read(() =>
        {
            medium.ReadEntries(from, count, (index, bytes) =>
            {
                if (index == from + batch.Count) batch.Add(bytes);
            });
            return batch;
        });
        return Task.FromResult(batch);
    }

    public SavedCheckpoint? CheckpointAtOrAfter(long size) => Read(() => medium.CheckpointAtOrAfter(size));

    public JournalCheck? BeginTreeCheck(NoteVerifier verifier) => JournalCheck.Begin(medium, extent!, verifier);

    /// <summary>Reads everything once more: entries, tiles of all levels, checkpoints, head.</summary>
    public JournalFault? CheckTree(NoteVerifier? verifier) => JournalCheck.Run(medium, verifier).Fault;

    public void Dispose() => medium.Dispose();

    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is SqliteException or JournalCorruptException or FileNotFoundException)
        {
            throw new UnreadableJournalException($"The journal in '{directory}' cannot be read: {exception.Message}", exception);
        }
    }
}
