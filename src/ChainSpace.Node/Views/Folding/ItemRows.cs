using ChainSpace.Node.Views.Sqlite;

namespace ChainSpace.Node.Views.Folding;

// Counts of a batch's items, kept as they change, so that nobody who looks at the batch has to count.
internal sealed class ItemRows(ViewDatabase database)
{
    // Before the poll's own row says so.
    public void Move((long Batch, long Poll) item, string state)
    {
        database.On("""
                UPDATE batch_state SET items = items - 1 WHERE batch = ?1 AND state = (SELECT state FROM poll WHERE idx = ?2)
                """)
            .Bind(1, item.Batch).Bind(2, item.Poll).Run();
        database.On("INSERT INTO batch_state VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET items = items + 1")
            .Bind(1, item.Batch).Bind(2, state).Run();
    }

    // Once for each item. A group that is whole and over never changes again.
    public void End(long poll)
    {
        Statement row = database.On("""
            SELECT poll.batch, poll.number / size, size FROM poll JOIN batch ON batch.idx = poll.batch WHERE poll.idx = ?1
            """).Bind(1, poll);
        if (!row.Step()) throw new InvalidOperationException($"Poll {poll} is an item of a batch that was never posted.");
        (long batch, long group, long size) = (row.Number(0), row.Number(1), row.Number(2));
        row.Reset();
        long ended = database
            .On("INSERT INTO batch_group VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET ended = ended + 1 RETURNING ended")
            .Bind(1, batch).Bind(2, group).ReadNumber()!.Value;
        if (ended < size) return;
        database.On("DELETE FROM batch_group WHERE batch = ?1 AND number = ?2").Bind(1, batch).Bind(2, group).Run();
        database.On("UPDATE batch SET settled = settled + 1 WHERE idx = ?1").Bind(1, batch).Run();
    }

    public void Add(long batch, int votes) =>
        database.On("UPDATE batch SET votes_cast = votes_cast + ?2 WHERE idx = ?1").Bind(1, batch).Bind(2, votes).Run();

    // Before the poll's own row says what its answer is.
    public void Show(long poll) => database
        .On("UPDATE batch SET gold_shown = gold_shown + 1 WHERE idx = (SELECT batch FROM poll WHERE idx = ?1 AND truth IS NULL)")
        .Bind(1, poll).Run();
}
