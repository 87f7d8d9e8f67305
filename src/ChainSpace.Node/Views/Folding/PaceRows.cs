using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Views.Folding;

// How long voters take for an item of a batch: the time from one vote to the same voter's next in it, if that is no pause.
internal sealed class PaceRows(ViewDatabase database)
{
    private const long PauseMilliseconds = 30 * 60 * 1000;

    // Gaps longer than a pause count for nothing, so no vote older than that is of use. Called for each entry and does something
    // for one in half an hour; by moments of entries only, so that views folded again are the same.
    public void Forget(Moment before, Moment now)
    {
        if (before.Milliseconds / PauseMilliseconds == now.Milliseconds / PauseMilliseconds) return;
        database.On("DELETE FROM lastvote WHERE now < ?1").Bind(1, now.Milliseconds - PauseMilliseconds).Run();
    }

    public void Add(long batch, long account, Moment now)
    {
        Statement row = database.On("SELECT now FROM lastvote WHERE batch = ?1 AND account = ?2").Bind(1, batch).Bind(2, account);
        long? before = row.ReadNumber();
        database.On("INSERT OR REPLACE INTO lastvote VALUES (?1, ?2, ?3)")
            .Bind(1, batch).Bind(2, account).Bind(3, now.Milliseconds).Run();
        if (before is not { } last || now.Milliseconds - last > PauseMilliseconds) return;
        database.On("INSERT INTO pace VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET count = count + 1")
            .Bind(1, batch).Bind(2, (now.Milliseconds - last) / 1000).Run();
    }
}
