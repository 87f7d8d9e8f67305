using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Views.Folding;

// How far the views are; saved with what they hold, so that the two never disagree.
internal sealed class Progress
{
    // Index of the next entry.
    public long Position { get; set; }

    // Moment of the last entry.
    public Moment Now { get; set; }

    public int Accounts { get; set; }

    public long Polls { get; set; }

    // Rows of the young half of the history.
    public long Recent { get; set; }

    public static Progress Load(ViewDatabase database)
    {
        Statement row = database.On("SELECT position, now, accounts, polls, recent FROM progress");
        if (!row.Step()) throw new InvalidOperationException("The views have no progress row.");
        Progress progress = new()
        {
            Position = row.Number(0),
            Now = new Moment(row.Number(1)),
            Accounts = (int)row.Number(2),
            Polls = row.Number(3),
            Recent = row.Number(4),
        };
        row.Reset();
        return progress;
    }

    public void Save(ViewDatabase database) => database
        .On("UPDATE progress SET position = ?1, now = ?2, accounts = ?3, polls = ?4, recent = ?5")
        .Bind(1, Position).Bind(2, Now.Milliseconds).Bind(3, Accounts).Bind(4, Polls).Bind(5, Recent).Run();
}
