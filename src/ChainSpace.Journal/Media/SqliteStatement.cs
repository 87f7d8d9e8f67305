using SQLitePCL;

namespace ChainSpace.Journal.Media;

// A prepared statement used again and again, straight on the SQLite interface: parameter objects would cost more than
// the insert itself. Of one thread at a time.
internal sealed class SqliteStatement(sqlite3 database, string sql) : IDisposable
{
    private readonly sqlite3_stmt statement = Prepare(database, sql);

    public SqliteStatement Bind(int place, long value)
    {
        SqliteDatabase.Check(raw.sqlite3_bind_int64(statement, place, value), database);
        return this;
    }

    public SqliteStatement Bind(int place, ReadOnlySpan<byte> value)
    {
        // An empty span would bind NULL.
        int code = value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(statement, place, 0)
            : raw.sqlite3_bind_blob(statement, place, value);
        SqliteDatabase.Check(code, database);
        return this;
    }

    public bool Step()
    {
        int code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;

        raw.sqlite3_reset(statement);
        SqliteDatabase.Check(code == raw.SQLITE_DONE ? raw.SQLITE_OK : code, database);
        return false;
    }

    public void Run()
    {
        while (Step())
        {
        }
    }

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    // Lets go of the rows, so that no read transaction stays open and holds the write-ahead log.
    public void Reset() => raw.sqlite3_reset(statement);

    public void Dispose() => statement.Dispose();

    private static sqlite3_stmt Prepare(sqlite3 database, string sql)
    {
        SqliteDatabase.Check(
            raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt statement), database);
        return statement;
    }
}
