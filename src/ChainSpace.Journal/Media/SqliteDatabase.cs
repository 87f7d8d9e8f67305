using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChainSpace.Journal.Media;

// One connection to the journal's database.
internal sealed class SqliteDatabase : IDisposable
{
    private const int BusyMilliseconds = 5000;

    // Full synchronisation: a committed batch survives the loss of power, or receipts would lie. Large pages: an append
    // is long and at the end, and fewer frames cost less.
    private const string Settings = """
        PRAGMA page_size = 16384;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA cache_size = -16000;
        PRAGMA temp_store = MEMORY;
        """;

    private readonly sqlite3 database;

    static SqliteDatabase() => Batteries_V2.Init();

    public SqliteDatabase(string path, bool isCreating)
    {
        int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX | (isCreating ? raw.SQLITE_OPEN_CREATE : 0);
        Check(raw.sqlite3_open_v2(path, out database, flags, null), database);
        raw.sqlite3_busy_timeout(database, BusyMilliseconds);
        Run(Settings);
    }

    public long Changes => raw.sqlite3_changes(database);

    public void Run(string sql) => Check(raw.sqlite3_exec(database, sql), database);

    public SqliteStatement Prepare(string sql) => new(database, sql);

    public long ReadNumber(string sql)
    {
        using SqliteStatement statement = Prepare(sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    // Copies what it can of the write-ahead log beside the writer; the frames in the log, copied or not.
    public int Copy() => Copy(raw.SQLITE_CHECKPOINT_PASSIVE);

    // Copies all of it, so that the next commit writes to the start of the log again.
    public void Rewind() => Copy(raw.SQLITE_CHECKPOINT_RESTART);

    // Copies all of it and gives the disk space back, which takes the file system a while.
    public void Cut() => Copy(raw.SQLITE_CHECKPOINT_TRUNCATE);

    public void NeverWait() => raw.sqlite3_busy_timeout(database, 0);

    public void Dispose() => database.Dispose();

    public static void Check(int code, sqlite3 database)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, database);
    }

    private int Copy(int mode)
    {
        int code = raw.sqlite3_wal_checkpoint_v2(database, null, mode, out int frames, out _);
        // Busy: a reader is in the way. The next round will do.
        if (code != raw.SQLITE_BUSY) Check(code, database);
        return frames;
    }
}
