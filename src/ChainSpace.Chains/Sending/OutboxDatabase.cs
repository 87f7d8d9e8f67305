using Microsoft.Data.Sqlite;

namespace ChainSpace.Chains.Sending;

/// <summary>
/// The outbox's file. Every method is one transaction, on the disk before it returns; a crash inside one leaves the file as
/// it was before. Any number of threads, one at a time.
/// </summary>
internal sealed class OutboxDatabase : IDisposable
{
    private const string Tables = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE IF NOT EXISTS owner(
          id INTEGER PRIMARY KEY CHECK(id = 1), chain TEXT NOT NULL, address BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS intent(
          id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE,
          target BLOB, value TEXT NOT NULL, data BLOB NOT NULL, gas INTEGER NOT NULL, urgency INTEGER NOT NULL,
          nonce INTEGER UNIQUE, outcome INTEGER NOT NULL DEFAULT 0,
          mined BLOB, block INTEGER, block_hash BLOB, succeeded INTEGER) STRICT;
        CREATE INDEX IF NOT EXISTS open_intent ON intent(outcome) WHERE outcome = 0;
        CREATE TABLE IF NOT EXISTS attempt(
          id INTEGER PRIMARY KEY AUTOINCREMENT, intent INTEGER NOT NULL REFERENCES intent(id),
          raw BLOB NOT NULL, made INTEGER NOT NULL) STRICT;
        CREATE INDEX IF NOT EXISTS attempt_of ON attempt(intent);
        """;

    private readonly Lock turn = new();
    private readonly SqliteConnection connection;

    public OutboxDatabase(string path)
    {
        connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(Tables);
    }

    /// <summary>Runs statements as one transaction; the number of rows the last one changed.</summary>
    public int Write(params ReadOnlySpan<(string Sql, (string Name, object? Value)[] Values)> statements)
    {
        lock (turn)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            int changed = 0;
            foreach ((string sql, (string Name, object? Value)[] values) in statements)
            {
                using SqliteCommand command = Prepare(sql, values);
                command.Transaction = transaction;
                changed = command.ExecuteNonQuery();
            }

            transaction.Commit();
            return changed;
        }
    }

    public List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] values)
    {
        lock (turn)
        {
            using SqliteCommand command = Prepare(sql, values);
            using SqliteDataReader reader = command.ExecuteReader();
            List<T> rows = [];
            while (reader.Read()) rows.Add(read(reader));
            return rows;
        }
    }

    public void Dispose() => connection.Dispose();

    private void Run(string sql)
    {
        using SqliteCommand command = Prepare(sql, []);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Prepare(string sql, (string Name, object? Value)[] values)
    {
        SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of the outbox; what is given goes in as values.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, object? value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
