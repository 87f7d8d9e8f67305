using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Views.Folding;

// Where the answers of polls stand that leave the words to voters: the salt of an opening is the hash of the answer.
internal sealed class AnswerRows(ViewDatabase database)
{
    public void Add(Openings message)
    {
        if (Find(message.Poll) is not { } poll) return;
        for (int i = 0; i * Openings.OpeningSize < message.Packed.Length; i++)
            Add(poll, message.From + i, Bytes32.Read(message.Packed.AsSpan(i * Openings.OpeningSize + 4, Bytes32.Size)));
    }

    public void Add(OpenVote message, int account)
    {
        if (Find(message.Poll) is { } poll) Add(poll, -1 - account, message.Salt);
    }

    private void Add(long poll, long number, Bytes32 content) => database.On("INSERT OR REPLACE INTO answer VALUES (?1, ?2, ?3)")
        .Bind(1, poll).Bind(2, number).Bind(3, content).Run();

    private long? Find(TaskId id)
    {
        Statement row = database.On("SELECT idx, format FROM poll WHERE id = ?1 AND options = 0").Bind(1, id.Value);
        long? poll = row.Step() && ResponseFormat.TryRead(row.Text(1), 0) is OpenFormat ? row.Number(0) : null;
        row.Reset();
        return poll;
    }
}
