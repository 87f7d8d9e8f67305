using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Views.Reading;

// The votes of a poll in the order they came. Sealed ones have no rows before the poll has ended.
internal sealed class VoteQueries(AnswerQueries answers)
{
    // A row holds some votes; the one with the wanted number is in the row that starts last before it.
    private const string Rows = """
        SELECT number, packed FROM vote
        WHERE poll = ?1 AND number >= (SELECT max(number) FROM vote WHERE poll = ?1 AND number <= ?2) ORDER BY number
        """;

    public static (long Index, bool IsOpen)? Find(ViewDatabase database, TaskId poll)
    {
        Statement row = database.On("SELECT idx, format, options FROM poll WHERE id = ?1").Bind(1, poll.Value);
        (long, bool)? found = row.Step() ? (row.Number(0), AnswerQueries.IsOpen(row.Text(1), (int)row.Number(2))) : null;
        row.Reset();
        return found;
    }

    public Page<VoteView> List(ViewDatabase database, (long Index, bool IsOpen) poll, (long From, int Limit) wanted)
    {
        List<(long Number, PackedVote Vote)> found = [];
        Statement rows = database.On(Rows).Bind(1, poll.Index).Bind(2, wanted.From);
        while (found.Count <= wanted.Limit && rows.Step())
        {
            ReadOnlySpan<byte> packed = rows.Bytes(1);
            int skipped = (int)Math.Max(0, wanted.From - rows.Number(0)) * PackedVote.Size;
            for (int place = skipped; place < packed.Length && found.Count <= wanted.Limit; place += PackedVote.Size)
                found.Add((rows.Number(0) + place / PackedVote.Size, PackedVote.Read(packed[place..])));
        }

        rows.Reset();
        List<VoteView> views = [.. found.Select(vote => View(database, poll, vote))];
        return Pages.Cut(views, wanted.Limit, () => new Cursor(Cursor.Votes, wanted.From + wanted.Limit));
    }

    private VoteView View(ViewDatabase database, (long Index, bool IsOpen) poll, (long Number, PackedVote Vote) numbered)
    {
        PackedVote vote = numbered.Vote;
        Statement row = database.On("SELECT id FROM account WHERE number = ?1").Bind(1, vote.Voter);
        if (!row.Step()) throw new InvalidOperationException($"The views have no account {vote.Voter}.");
        string voter = row.Id(0).ToString();
        row.Reset();
        (Bytes32? hash, string? words) = poll.IsOpen ? answers.Of(database, poll.Index, numbered) : (null, null);
        return new VoteView(vote.Index.ToString(), voter, vote.Choice, vote.Paid.ToString())
        {
            Words = words,
            Content = hash?.ToString(),
            HasLostDeposit = vote.HasLostDeposit,
        };
    }
}
