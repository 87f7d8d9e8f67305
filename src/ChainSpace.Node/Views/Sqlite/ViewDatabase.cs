using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChainSpace.Node.Views.Sqlite;

// One connection to the views' database. Of one thread at a time.
internal sealed class ViewDatabase : IDisposable
{
    private const int BusyMilliseconds = 5000;

    // Normal synchronisation: losing power may cost the last batches, which the journal gives back, but never leaves a
    // broken file behind.
    private const string Settings = """
        PRAGMA synchronous = NORMAL;
        PRAGMA wal_autocheckpoint = 16000;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -16000;
        PRAGMA temp_store = MEMORY;
        """;

    private readonly sqlite3 database;
    private readonly Dictionary<string, Statement> statements = [];

    static ViewDatabase() => Batteries_V2.Init();

    public ViewDatabase(string path, bool isWriter)
    {
        int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX | (isWriter ? raw.SQLITE_OPEN_CREATE : 0);
        int code = raw.sqlite3_open_v2(path, out database, flags, null);
        try
        {
            Check(code, database);
            raw.sqlite3_busy_timeout(database, BusyMilliseconds);
            Run(Settings);
            Run(isWriter ? "PRAGMA journal_mode = WAL" : "PRAGMA query_only = ON");
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    // The same text gives the same statement again; it is prepared once.
    public Statement On(string sql)
    {
        if (statements.TryGetValue(sql, out Statement? statement)) return statement;
        statement = new Statement(database, sql);
        statements.Add(sql, statement);
        return statement;
    }

    public void Run(string sql) => Check(raw.sqlite3_exec(database, sql), database);

    // All or nothing; a reader sees one moment.
    public TResult InTransaction<TResult>(Func<ViewDatabase, TResult> act)
    {
        On("BEGIN").Run();
        try
        {
            TResult result = act(this);
            On("COMMIT").Run();
            return result;
        }
        catch
        {
            foreach (Statement statement in statements.Values) statement.Reset();
            On("ROLLBACK").Run();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (Statement statement in statements.Values) statement.Dispose();
        database.Dispose();
    }

    public static void Check(int code, sqlite3 database)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, database);
    }
}
