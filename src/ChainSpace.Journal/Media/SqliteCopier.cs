using Microsoft.Data.Sqlite;

namespace ChainSpace.Journal.Media;

// Copies the write-ahead log into the database on a thread of its own, so that no commit pays for it. A crash during a
// copy loses nothing: the log stays until everything in it is synchronised in the database.
internal sealed class SqliteCopier : IDisposable
{
    private const int QuietRounds = 10;

    private readonly SqliteDatabase database;
    private readonly Lock writing;
    private readonly TimeSpan interval;
    private readonly long frameLimit;
    private readonly ManualResetEventSlim stopping = new();
    private readonly Thread thread;
    private volatile SqliteException? failure;
    private long writes;

    public SqliteCopier(SqliteDatabase database, Lock writing, JournalOptions options)
    {
        (this.database, this.writing, interval) = (database, writing, options.CopyInterval);
        frameLimit = options.WriteAheadLimit / database.ReadNumber("PRAGMA page_size");
        database.NeverWait();
        thread = new Thread(Run) { IsBackground = true, Name = "journal copier" };
        thread.Start();
    }

    public void Wrote() => Interlocked.Increment(ref writes);

    // A disk that no longer takes copies will not take commits for long; the writer stops while it still can say why.
    public void ThrowIfFailed()
    {
        if (failure is { } cause) throw new IOException("The write-ahead log could not be copied.", cause);
    }

    public void Dispose()
    {
        stopping.Set();
        thread.Join();
        stopping.Dispose();
        database.Dispose();
    }

    private void Run()
    {
        try
        {
            long seen = 0;
            for (int quiet = 0; !stopping.Wait(interval);)
            {
                long now = Interlocked.Read(ref writes);
                quiet = now == seen ? quiet + 1 : 0;
                if (quiet == 0) Copy();
                if (quiet == QuietRounds) Cut();
                seen = now;
            }
        }
        catch (SqliteException exception)
        {
            failure = exception;
        }
    }

    // Beside the writer. Above the limit once more, for what came in meanwhile, and then with the writer waiting for the
    // little that is left, so that the log does not grow for ever.
    private void Copy()
    {
        if (database.Copy() <= frameLimit) return;

        database.Copy();
        lock (writing) database.Rewind();
    }

    private void Cut()
    {
        lock (writing) database.Cut();
    }
}
