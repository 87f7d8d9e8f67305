using ChainSpace.Protocol;
using Microsoft.Data.Sqlite;

namespace ChainSpace.Node.Spaces;

/// <summary>
/// Content by its salted hash, beside the journal. What is erased here is gone: the hash in the journal means nothing
/// without the salt. Thread-safe; each call takes a connection of the pool.
/// </summary>
public sealed class ContentStore
{
    private readonly string connection;
    private readonly Lock writing = new();

    public ContentStore(string directory)
    {
        connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(directory, "content.db") }.ToString();
        Run("PRAGMA journal_mode = WAL");
        Run("CREATE TABLE IF NOT EXISTS content (hash BLOB PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID");
    }

    /// <summary>
    /// Keeps contents, durably, before the messages that name them may enter the journal. Returns the hashes that were
    /// not there before.
    /// </summary>
    public IReadOnlyList<Bytes32> Put(IReadOnlyList<(Bytes32 Hash, byte[] Bytes)> contents)
    {
        lock (writing)
        {
            List<Bytes32> added = [];
            using SqliteConnection open = Open();
            using SqliteTransaction transaction = open.BeginTransaction();
            using SqliteCommand insert = Command(open, "INSERT OR IGNORE INTO content VALUES ($hash, $bytes)");
            insert.Transaction = transaction;
            foreach ((Bytes32 hash, byte[] bytes) in contents)
            {
                insert.Parameters.Clear();
                insert.Parameters.AddWithValue("$hash", hash.ToArray());
                insert.Parameters.AddWithValue("$bytes", bytes);
                if (insert.ExecuteNonQuery() > 0) added.Add(hash);
            }

            transaction.Commit();
            return added;
        }
    }

    /// <summary>The content, or null where there is none or it was erased.</summary>
    public byte[]? Find(Bytes32 hash)
    {
        using SqliteConnection open = Open();
        using SqliteCommand select = Command(open, "SELECT bytes FROM content WHERE hash = $hash");
        select.Parameters.AddWithValue("$hash", hash.ToArray());
        return (byte[]?)select.ExecuteScalar();
    }

    /// <summary>Forgets a content for good.</summary>
    public void Erase(Bytes32 hash)
    {
        lock (writing)
        {
            using SqliteConnection open = Open();
            using SqliteCommand delete = Command(open, "DELETE FROM content WHERE hash = $hash");
            delete.Parameters.AddWithValue("$hash", hash.ToArray());
            delete.ExecuteNonQuery();
        }
    }

    private void Run(string sql)
    {
        using SqliteConnection open = Open();
        using SqliteCommand command = Command(open, sql);
        command.ExecuteNonQuery();
    }

    // Overwritten pages are cleared, so that an erased text does not linger in the file.
    private SqliteConnection Open()
    {
        SqliteConnection open = new(connection);
        open.Open();
        using SqliteCommand pragmas = Command(open, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
        pragmas.ExecuteNonQuery();
        return open;
    }

    private static SqliteCommand Command(SqliteConnection open, string sql)
    {
        SqliteCommand command = open.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
