using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;

namespace ChainSpace.Node.Views.Reading;

// What voters wrote, where the format leaves the words to them.
internal sealed class AnswerQueries(Func<Bytes32, byte[]?> content)
{
    private const int VotesLooked = 200;

    public static bool IsOpen(string format, int options) =>
        options == 0 && ResponseFormat.TryRead(format, 0) is OpenFormat;

    // Hash and words of a vote; null where nobody opened it, or it was erased.
    public (Bytes32? Hash, string? Words) Of(ViewDatabase database, long poll, (long Number, PackedVote Vote) vote)
    {
        if (vote.Vote.Choice is not { } code) return (null, null);
        Statement row = database.On("SELECT content FROM answer WHERE poll = ?1 AND number IN (?2, ?3) ORDER BY number")
            .Bind(1, poll).Bind(2, vote.Number).Bind(3, -1 - vote.Vote.Voter);
        Bytes32? hash = row.Step() ? row.Id(0) : null;
        row.Reset();
        byte[]? bytes = hash is { } known ? content(known) : null;
        bool isRead = OpenAnswer.TryRead(bytes, out OpenAnswer? answer) && answer.Code == code;
        return (hash, isRead ? answer!.Shown : null);
    }

    // The answer in the words of the first who gave it and whose words are still there.
    public string? OfConsensus(ViewDatabase database, long poll, int code)
    {
        Statement rows = database.On("SELECT number, packed FROM vote WHERE poll = ?1 ORDER BY number").Bind(1, poll);
        List<(long, PackedVote)> votes = [];
        while (votes.Count < VotesLooked && rows.Step())
        {
            ReadOnlySpan<byte> packed = rows.Bytes(1);
            for (int place = 0; place < packed.Length; place += PackedVote.Size)
            {
                PackedVote vote = PackedVote.Read(packed[place..]);
                if (vote.Choice == code) votes.Add((rows.Number(0) + place / PackedVote.Size, vote));
            }
        }

        rows.Reset();
        return votes.Select(vote => Of(database, poll, vote).Words).FirstOrDefault(static words => words is not null);
    }
}
