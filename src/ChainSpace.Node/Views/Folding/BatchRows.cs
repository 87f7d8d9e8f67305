using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Batches;

namespace ChainSpace.Node.Views.Folding;

// Batches, and which polls are their items.
internal sealed class BatchRows(ViewDatabase database, AccountRows accounts)
{
    public void Post(BatchTerms terms, Moment posted)
    {
        PostBatch message = terms.Message;
        database.On("""
                INSERT INTO batch VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'open', ?13, ?14,
                  ?15, NULL, 0, 0, 0, 0)
                """)
            .Bind(1, terms.Posted.Value).Bind(2, terms.Id.Value).Bind(3, accounts.NumberOf(terms.Requester.Id))
            .Bind(4, message.Category).Bind(5, message.Content).Bind(6, message.Format).Bind(7, message.Options)
            .Bind(8, message.Payout).Bind(9, message.Group).Bind(10, message.Training).Bind(11, posted.Milliseconds)
            .Bind(12, message.Deadline.Milliseconds).Bind(13, message.Sample).Bind(14, message.Voters)
            .Bind(15, message.Quotas).Run();
    }

    // Kept when the batch has gone, so that a draw can be compared later.
    public void Draw(Fact.PanelDrawn fact)
    {
        database.On("UPDATE batch SET drawn = ?2 WHERE id = ?1").Bind(1, fact.Batch.Value).Bind(2, fact.Seats.Length).Run();
        foreach (AccountId seat in fact.Seats)
        {
            database.On("INSERT INTO panel SELECT ?2, idx FROM batch WHERE id = ?1")
                .Bind(1, fact.Batch.Value).Bind(2, seat.Value).Run();
        }
    }

    public void Join(Fact.BatchJoined fact)
    {
        database.On("UPDATE poll SET batch = (SELECT idx FROM batch WHERE id = ?2), number = ?3 WHERE id = ?1")
            .Bind(1, fact.Poll.Value).Bind(2, fact.Batch.Value).Bind(3, fact.Number).Run();
        database.On("UPDATE batch SET items = items + 1 WHERE id = ?1").Bind(1, fact.Batch.Value).Run();
        database.On("""
                INSERT INTO batch_state SELECT batch, state, 1 FROM poll WHERE id = ?1 ON CONFLICT DO UPDATE SET items = items + 1
                """)
            .Bind(1, fact.Poll.Value).Run();
    }

    public void End(TaskId batch) =>
        database.On("UPDATE batch SET state = 'closed' WHERE id = ?1").Bind(1, batch.Value).Run();
}
