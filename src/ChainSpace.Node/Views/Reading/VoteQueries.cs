using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Views.Reading;

// The votes of a poll in the order they came. Sealed ones have no rows before the poll has ended.
internal static class VoteQueries
{
    // A row holds some votes; the one with the wanted number is in the row that starts last before it.
    private const string Rows = """
        SELECT number, packed FROM vote
        WHERE poll = ?1 AND number >= (SELECT max(number) FROM vote WHERE poll = ?1 AND number <= ?2) ORDER BY number
        """;

    public static long? Find(ViewDatabase database, TaskId poll) =>
        database.On("SELECT idx FROM poll WHERE id = ?1").Bind(1, poll.Value).ReadNumber();

    public static Page<VoteView> List(ViewDatabase database, long poll, (long From, int Limit) wanted)
    {
        List<VoteView> found = [];
        Statement rows = database.On(Rows).Bind(1, poll).Bind(2, wanted.From);
        while (found.Count <= wanted.Limit && rows.Step())
        {
            ReadOnlySpan<byte> packed = rows.Bytes(1);
            int skipped = (int)Math.Max(0, wanted.From - rows.Number(0)) * PackedVote.Size;
            for (int place = skipped; place < packed.Length && found.Count <= wanted.Limit; place += PackedVote.Size)
                found.Add(View(database, PackedVote.Read(packed[place..])));
        }

        rows.Reset();
        return Pages.Cut(found, wanted.Limit, () => new Cursor(Cursor.Votes, wanted.From + wanted.Limit));
    }

    private static VoteView View(ViewDatabase database, PackedVote vote)
    {
        Statement row = database.On("SELECT id FROM account WHERE number = ?1").Bind(1, vote.Voter);
        if (!row.Step()) throw new InvalidOperationException($"The views have no account {vote.Voter}.");
        string voter = row.Id(0).ToString();
        row.Reset();
        return new VoteView(vote.Index.ToString(), voter, vote.Choice, vote.Paid.ToString())
        {
            HasLostDeposit = vote.HasLostDeposit,
        };
    }
}
