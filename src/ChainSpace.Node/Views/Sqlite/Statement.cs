using System.Buffers.Binary;
using ChainSpace.Protocol;
using SQLitePCL;

namespace ChainSpace.Node.Views.Sqlite;

// A prepared statement used again and again, straight on the SQLite interface: parameter objects would cost more than
// an insert itself. Of one thread at a time.
internal sealed class Statement(sqlite3 database, string sql) : IDisposable
{
    private const int AmountSize = 16;

    private readonly sqlite3_stmt statement = Prepare(database, sql);

    public Statement Bind(int place, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, place, value));
        return this;
    }

    public Statement Bind(int place, long? value)
    {
        if (value is { } number) return Bind(place, number);
        Check(raw.sqlite3_bind_null(statement, place));
        return this;
    }

    public Statement Bind(int place, double value)
    {
        Check(raw.sqlite3_bind_double(statement, place, value));
        return this;
    }

    public Statement Bind(int place, string value)
    {
        Check(raw.sqlite3_bind_text(statement, place, value));
        return this;
    }

    public Statement Bind(int place, ReadOnlySpan<byte> value)
    {
        // An empty span would bind NULL.
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(statement, place, 0)
            : raw.sqlite3_bind_blob(statement, place, value));
        return this;
    }

    public Statement Bind(int place, Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        value.CopyTo(bytes);
        return Bind(place, bytes);
    }

    public Statement Bind(int place, Amount value)
    {
        Span<byte> bytes = stackalloc byte[AmountSize];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value.Units);
        return Bind(place, bytes);
    }

    public bool Step()
    {
        int code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;

        raw.sqlite3_reset(statement);
        if (code != raw.SQLITE_DONE) Check(code);
        return false;
    }

    public void Run()
    {
        while (Step())
        {
        }
    }

    // The first column of the only row, or null where there is none.
    public long? ReadNumber()
    {
        long? found = Step() && !IsNull(0) ? Number(0) : null;
        Reset();
        return found;
    }

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public int? SmallNumber(int column) => IsNull(column) ? null : (int)Number(column);

    public double Real(int column) => raw.sqlite3_column_double(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "";

    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public Bytes32 Id(int column) => Bytes32.Read(Bytes(column));

    public Amount Amount(int column) => new(BinaryPrimitives.ReadUInt128BigEndian(Bytes(column)));

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    // Lets go of the rows, so that no read transaction stays open and holds the write-ahead log.
    public void Reset() => raw.sqlite3_reset(statement);

    public void Dispose() => statement.Dispose();

    private static sqlite3_stmt Prepare(sqlite3 database, string sql)
    {
        ViewDatabase.Check(
            raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt statement), database);
        return statement;
    }

    private void Check(int code) => ViewDatabase.Check(code, database);
}
