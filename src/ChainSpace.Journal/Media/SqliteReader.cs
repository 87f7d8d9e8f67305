using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Journal.Media;

// A connection that reads; lent to one thread at a time.
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteDatabase database;
    private readonly SqliteStatement entries, tile, tileRoots, extent, checkpointAfter, latestCheckpoint;

    public SqliteReader(SqliteDatabase database)
    {
        this.database = database;
        database.Run("PRAGMA query_only = ON");
        entries = database.Prepare("SELECT idx, bytes FROM entry WHERE idx >= ?1 ORDER BY idx LIMIT ?2");
        tile = database.Prepare("SELECT root, hashes FROM tile WHERE level = ?1 AND n = ?2");
        tileRoots = database.Prepare("SELECT root FROM tile WHERE level = ?1 AND n >= ?2 AND n < ?3 ORDER BY n");
        extent = database.Prepare("""
            SELECT size, root, epoch, (SELECT min(idx) FROM entry WHERE idx >= size OR idx < 0), beyond.level, beyond.n
            FROM head LEFT JOIN
              (SELECT level, n FROM tile, head WHERE n < 0 OR n >= size >> (8 * level + 8) LIMIT 1) AS beyond
            WHERE id = 1
            """);
        checkpointAfter = database.Prepare("SELECT size, note FROM checkpoint WHERE size >= ?1 ORDER BY size LIMIT 1");
        latestCheckpoint = database.Prepare("SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1");
    }

    public JournalExtent ReadExtent()
    {
        if (!extent.Step()) throw new JournalCorruptException("The journal has no head.");

        JournalHead head = new(extent.Number(0), Bytes32.Read(extent.Bytes(1)), extent.Number(2));
        long? entry = extent.IsNull(3) ? null : extent.Number(3);
        Tile? tile = extent.IsNull(4) ? null : new Tile((int)extent.Number(4), extent.Number(5), Tile.FullWidth);
        extent.Reset();
        return new JournalExtent(head, entry, tile);
    }

    public bool ReadEntries(long from, int count, EntryVisitor visit)
    {
        entries.Bind(1, from).Bind(2, count);
        while (entries.Step()) visit(entries.Number(0), entries.Bytes(1));
        return true;
    }

    public StoredTile? ReadTile(int level, long index)
    {
        tile.Bind(1, level).Bind(2, index);
        StoredTile? found = tile.Step() ? new StoredTile(level, index, tile.Bytes(0).ToArray(), tile.Bytes(1).ToArray()) : null;
        tile.Reset();
        return found;
    }

    public IReadOnlyList<byte[]> ReadTileRoots(int level, long from, int count)
    {
        List<byte[]> roots = [];
        tileRoots.Bind(1, level).Bind(2, from).Bind(3, from + count);
        while (tileRoots.Step()) roots.Add(tileRoots.Bytes(0).ToArray());
        return roots;
    }

    public SavedCheckpoint? CheckpointAtOrAfter(long size) => ReadCheckpoint(checkpointAfter.Bind(1, size));

    public SavedCheckpoint? LatestCheckpoint() => ReadCheckpoint(latestCheckpoint);

    public void Dispose()
    {
        foreach (SqliteStatement statement in
            (SqliteStatement[])[entries, tile, tileRoots, extent, checkpointAfter, latestCheckpoint])
            statement.Dispose();
        database.Dispose();
    }

    private static SavedCheckpoint? ReadCheckpoint(SqliteStatement statement)
    {
        SavedCheckpoint? found =
            statement.Step() ? new SavedCheckpoint(statement.Number(0), statement.Bytes(1).ToArray()) : null;
        statement.Reset();
        return found;
    }
}
