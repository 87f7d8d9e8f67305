using System.Collections.Concurrent;

namespace ChainSpace.Node.Views.Sqlite;

// Connections that read, each lent to one thread at a time. Any number of threads.
internal sealed class ReaderPool(string path) : IDisposable
{
    private readonly ConcurrentBag<ViewDatabase> idle = [];

    // A connection that threw may be in any state; it is closed rather than lent again.
    public TResult Read<TResult>(Func<ViewDatabase, TResult> query)
    {
        if (!idle.TryTake(out ViewDatabase? database)) database = new ViewDatabase(path, isWriter: false);
        try
        {
            TResult result = database.InTransaction(query);
            idle.Add(database);
            return result;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out ViewDatabase? database)) database.Dispose();
    }
}
