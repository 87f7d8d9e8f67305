using System.Runtime.InteropServices;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Views.Folding;

// Which entries are whose. Each vote is a row at a place of its own, so a large table would cost a page written per vote.
// New rows therefore gather in a small table, whose pages many rows of a batch share, and move over many at a time.
internal sealed class HistoryRows(ViewDatabase database, Progress progress)
{
    private const long RecentLimit = 65_536;

    private readonly List<long> keys = [];

    public void Add(int account, EntryIndex index) => keys.Add(new HistoryKey(account, index).Write());

    public void Save()
    {
        keys.Sort();
        Statement insert = database.On("INSERT INTO recent VALUES (?1)");
        foreach (long key in CollectionsMarshal.AsSpan(keys)) insert.Bind(1, key).Run();
        progress.Recent += keys.Count;
        keys.Clear();
        if (progress.Recent >= RecentLimit) Settle();
    }

    private void Settle()
    {
        database.On("INSERT INTO history SELECT key FROM recent ORDER BY key").Run();
        database.On("DELETE FROM recent").Run();
        progress.Recent = 0;
    }
}
