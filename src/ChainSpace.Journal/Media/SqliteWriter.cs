using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Journal.Media;

// The one connection that writes.
internal sealed class SqliteWriter : IDisposable
{
    private const int Format = 1;

    private const string Tables = """
        CREATE TABLE entry(idx INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE tile(level INTEGER NOT NULL, n INTEGER NOT NULL, root BLOB NOT NULL, hashes BLOB NOT NULL,
                          PRIMARY KEY(level, n)) STRICT;
        CREATE TABLE head(id INTEGER PRIMARY KEY CHECK(id = 1), size INTEGER NOT NULL, root BLOB NOT NULL,
                          epoch INTEGER NOT NULL) STRICT;
        CREATE TABLE checkpoint(size INTEGER PRIMARY KEY, note BLOB NOT NULL) STRICT;
        """;

    private readonly SqliteDatabase database;
    private readonly SqliteStatement begin, commit, swapHead, addEntry, addTile, checkEpoch, saveCheckpoint;

    public SqliteWriter(SqliteDatabase database)
    {
        this.database = database;
        CreateOnce();
        begin = database.Prepare("BEGIN IMMEDIATE");
        commit = database.Prepare("COMMIT");
        swapHead = database.Prepare("UPDATE head SET size = ?1, root = ?2 WHERE id = 1 AND size = ?3 AND epoch = ?4");
        addEntry = database.Prepare("INSERT INTO entry(idx, bytes) VALUES(?1, ?2)");
        addTile = database.Prepare("INSERT INTO tile(level, n, root, hashes) VALUES(?1, ?2, ?3, ?4)");
        checkEpoch = database.Prepare("SELECT epoch FROM head WHERE id = 1");
        saveCheckpoint = database.Prepare("INSERT OR REPLACE INTO checkpoint(size, note) VALUES(?1, ?2)");
    }

    // One statement, so one transaction: a crash before it leaves the old epoch, after it the new one. A raised epoch
    // that nobody uses is harmless.
    public JournalHead TakeOver()
    {
        using SqliteStatement raise =
            database.Prepare("UPDATE head SET epoch = epoch + 1 WHERE id = 1 RETURNING size, root, epoch");
        if (!raise.Step()) throw new JournalCorruptException("The journal has no head.");

        JournalHead head = new(raise.Number(0), Bytes32.Read(raise.Bytes(1)), raise.Number(2));
        raise.Run();
        return head;
    }

    public bool Commit(JournalBatch batch)
    {
        // A crash anywhere before COMMIT returns from its fsync leaves the journal as it was: the write-ahead log has
        // no valid commit frame, and the next opening passes over the rest of it.
        begin.Run();
        try
        {
            // The head goes first, so that a fenced writer finds out before it writes a row.
            swapHead.Bind(1, batch.Head.Size).Bind(2, batch.Head.Root.ToArray());
            swapHead.Bind(3, batch.BaseSize).Bind(4, batch.Head.Epoch).Run();
            if (database.Changes != 1)
                throw new JournalFencedException($"The journal is not at size {batch.BaseSize} and epoch {batch.Head.Epoch}.");

            AddEntries(batch);
            AddTiles(batch);
        }
        catch
        {
            database.Run("ROLLBACK");
            throw;
        }

        // A crash after the commit frame reached the disk but before this returns leaves the batch in the journal
        // though nobody was told. The next opening reads the new head, and senders find their entries by their ids.
        commit.Run();
        return true;
    }

    public bool SaveCheckpoint(long epoch, SavedCheckpoint checkpoint)
    {
        // A crash before COMMIT loses the note, never an entry: the signer signs the same head again.
        begin.Run();
        try
        {
            checkEpoch.Step();
            long stored = checkEpoch.Number(0);
            checkEpoch.Reset();
            if (stored != epoch) throw new JournalFencedException($"The journal is at epoch {stored}, not {epoch}.");
            saveCheckpoint.Bind(1, checkpoint.Size).Bind(2, checkpoint.Note.Span).Run();
        }
        catch
        {
            database.Run("ROLLBACK");
            throw;
        }

        commit.Run();
        return true;
    }

    public void Dispose()
    {
        foreach (SqliteStatement statement in
            (SqliteStatement[])[begin, commit, swapHead, addEntry, addTile, checkEpoch, saveCheckpoint])
            statement.Dispose();
        database.Dispose();
    }

    private void AddEntries(JournalBatch batch)
    {
        long index = batch.BaseSize;
        for (int place = 0; place < batch.Entries.Count; place++)
            addEntry.Bind(1, index++).Bind(2, batch.Entries[place].Span).Run();
    }

    private void AddTiles(JournalBatch batch)
    {
        foreach (StoredTile tile in batch.Tiles)
            addTile.Bind(1, tile.Level).Bind(2, tile.Index).Bind(3, tile.Root).Bind(4, tile.Hashes).Run();
    }

    // All in one transaction: a crash on the way leaves an empty file, which the next opening fills.
    private void CreateOnce()
    {
        database.Run("PRAGMA journal_mode = WAL");
        database.Run("BEGIN IMMEDIATE");
        long format = database.ReadNumber("PRAGMA user_version");
        if (format == 0)
        {
            database.Run(Tables);
            using SqliteStatement head = database.Prepare("INSERT INTO head(id, size, root, epoch) VALUES(1, 0, ?1, 0)");
            head.Bind(1, MerkleHash.EmptyRoot.ToArray()).Run();
            database.Run($"PRAGMA user_version = {Format}");
        }

        database.Run("COMMIT");
        if (format is not (0 or Format)) throw new JournalCorruptException($"Journal format {format} is not known here.");
    }
}
