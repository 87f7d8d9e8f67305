using Microsoft.Data.Sqlite;

namespace ChainSpace.Node.Eligibility;

/// <summary>
/// What a space keeps beside its journal and must be able to forget: attributes shown, invitations, questions asked, tests.
/// Overwritten pages are cleared, and the log is emptied after a deletion, so that nothing lingers in the file. Thread-safe.
/// </summary>
public sealed class SideDatabase
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS presentation(account BLOB NOT NULL, issuer BLOB NOT NULL, text TEXT NOT NULL,
          salt BLOB NOT NULL, stored INTEGER NOT NULL, published INTEGER NOT NULL,
          PRIMARY KEY (account, issuer)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS invitation(id INTEGER PRIMARY KEY, invitee BLOB NOT NULL, requester BLOB NOT NULL,
          task TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
        CREATE INDEX IF NOT EXISTS invitation_invitee ON invitation(invitee);
        CREATE TABLE IF NOT EXISTS asked(requester BLOB NOT NULL, day INTEGER NOT NULL, count INTEGER NOT NULL,
          PRIMARY KEY (requester, day)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS secret(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
        """;

    private readonly string connection;
    private readonly Lock writing = new();

    public SideDatabase(string directory) : this(Path.Combine(directory, "people.db"), Tables)
    {
    }

    /// <param name="file">Where it lies; it is made where it is missing.</param>
    /// <param name="tables">Statements that make the tables where they are missing.</param>
    public SideDatabase(string file, string tables)
    {
        connection = new SqliteConnectionStringBuilder { DataSource = file }.ToString();
        Write("PRAGMA journal_mode = WAL");
        Write(tables);
    }

    /// <summary>Runs a statement; returns the rows it changed. Parameters are named $0, $1 and so on.</summary>
    public int Write(string sql, params object[] values)
    {
        lock (writing)
        {
            using SqliteConnection open = Open();
            using SqliteCommand command = Command(open, sql, values);
            return command.ExecuteNonQuery();
        }
    }

    /// <summary>Deletes, and leaves nothing of it in the write-ahead log.</summary>
    public int Delete(string sql, params object[] values)
    {
        int changed = Write(sql, values);
        Write("PRAGMA wal_checkpoint(TRUNCATE)");
        return changed;
    }

    public IReadOnlyList<T> Read<T>(string sql, Func<SqliteDataReader, T> row, params object[] values)
    {
        using SqliteConnection open = Open();
        using SqliteCommand command = Command(open, sql, values);
        using SqliteDataReader reader = command.ExecuteReader();
        List<T> found = [];
        while (reader.Read()) found.Add(row(reader));
        return found;
    }

    private SqliteConnection Open()
    {
        SqliteConnection open = new(connection);
        open.Open();
        using SqliteCommand pragmas = Command(open, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON", []);
        pragmas.ExecuteNonQuery();
        return open;
    }

    private static SqliteCommand Command(SqliteConnection open, string sql, object[] values)
    {
        SqliteCommand command = open.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (int i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i}", values[i]);
        return command;
    }
}
