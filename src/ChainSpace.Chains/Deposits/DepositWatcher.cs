using System.Collections.Immutable;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Chains.Deposits;

/// <summary>
/// Reads the deposits of one vault from final blocks, each once and in order, whatever time has passed since the last
/// look. Of one caller at a time; it remembers nothing but how many blocks the endpoints bear in one question.
/// </summary>
/// <param name="pool">Asked; its agreement says how many endpoints must say the same.</param>
/// <param name="vault">Whose deposits.</param>
/// <param name="rule">Which blocks are final.</param>
/// <param name="blocksMax">Most blocks in one question.</param>
public sealed class DepositWatcher(RpcPool pool, Address vault, FinalityRule rule, int blocksMax = 2000)
{
    private ulong blocks = (ulong)blocksMax;

    /// <summary>
    /// The next final deposits. Call it again at once until it has caught up, then about once per block.
    /// </summary>
    public async Task<DepositNews> NextAsync(DepositCursor cursor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        Answer<BlockHeader> final = await FinalHead.AskAsync(pool, rule, cancellationToken).ConfigureAwait(false);
        if (!final.IsGood) return new DepositNews.Unanswered(final.Fault);
        if (IsFarAhead(cursor, final.Value) && cursor.Last is { } last)
            return new DepositNews.FinalityBroken(cursor.Next.Minus(1), last, final.Value.Hash);
        if (final.Value.Number < cursor.Next) return new DepositNews.Read([], [], cursor, IsCaughtUp: true);
        while (true)
        {
            BlockNumber to = Earlier(cursor.Next.Plus(blocks - 1), final.Value.Number);
            Answer<Passage> answer = await pool.AskSurelyAsync(Question(cursor, to), cancellationToken).ConfigureAwait(false);
            if (answer.IsGood)
            {
                blocks = Math.Min(blocks * 2, (ulong)blocksMax);
                return Report(cursor, new DepositCursor(to.Plus(1), answer.Value.Last), answer.Value, to == final.Value.Number);
            }

            // Nobody says in the same words that it was too much, so any doubt makes the question smaller. One block is the
            // least there is.
            if (blocks == 1 || !answer.Fault.MayBeTooMuch()) return new DepositNews.Unanswered(answer.Fault);
            blocks = Math.Max(1, Math.Min(blocks, to.Value - cursor.Next.Value + 1) / 2);
        }
    }

    /// <summary>
    /// What came in since the cursor and is not final yet, for people's screens: one endpoint's word, and any of it may
    /// vanish.
    /// </summary>
    public async Task<Answer<ImmutableArray<Deposit>>> PendingAsync(DepositCursor cursor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        Answer<BlockNumber> head = await pool.AskAsync(Chain.Head, cancellationToken).ConfigureAwait(false);
        if (!head.IsGood) return head.Fault;
        if (head.Value < cursor.Next) return ImmutableArray<Deposit>.Empty;
        BlockNumber from = Later(cursor.Next, head.Value.Minus((ulong)blocksMax - 1));
        Answer<LogList> logs = await pool.AskAsync(Chain.Logs(Filter(from, head.Value)), cancellationToken).ConfigureAwait(false);
        return logs.IsGood ? logs.Value.Entries.Select(Deposit.TryRead).OfType<Deposit>().ToImmutableArray() : logs.Fault;
    }

    // The last block travels with the events, because an endpoint that has not got that far would answer without the events
    // it does not know; the block before the first shows whether what we read before still stands.
    private RpcCall<Passage> Question(DepositCursor cursor, BlockNumber to)
    {
        RpcCall<LogList> logs = Chain.Logs(Filter(cursor.Next, to));
        RpcCall<Passage> passage = logs.With(FinalHead.Numbered(to)).Then<Passage>(both =>
            both.First.Entries.Any(entry => entry.Block == to && entry.BlockHash != both.Second.Hash)
                ? new RpcFault.Malformed("An event and its block have different hashes.")
                : new Passage(both.First, both.Second.Hash, null));
        return cursor.Last is null || cursor.Next.Value == 0
            ? passage
            : passage.With(FinalHead.Numbered(cursor.Next.Minus(1))).Then<Passage>(both =>
                both.First with { Before = both.Second.Hash });
    }

    private static DepositNews Report(DepositCursor cursor, DepositCursor next, Passage passage, bool isCaughtUp)
    {
        if (cursor.Last is { } last && passage.Before is { } now && now != last)
            return new DepositNews.FinalityBroken(cursor.Next.Minus(1), last, now);
        ImmutableArray<Deposit>.Builder deposits = ImmutableArray.CreateBuilder<Deposit>(passage.Logs.Entries.Length);
        ImmutableArray<LogEntry>.Builder unfit = ImmutableArray.CreateBuilder<LogEntry>();
        foreach (LogEntry entry in passage.Logs.Entries)
        {
            if (Deposit.TryRead(entry) is { } deposit) deposits.Add(deposit);
            else unfit.Add(entry);
        }

        return new DepositNews.Read(deposits.ToImmutable(), unfit.ToImmutable(), next, isCaughtUp);
    }

    // Endpoints may lag by some blocks; thousands are a head that somebody has made up, and was believed.
    private bool IsFarAhead(DepositCursor cursor, BlockHeader final) =>
        cursor.Next.Value > final.Number.Value + (ulong)blocksMax;

    private LogFilter Filter(BlockNumber from, BlockNumber to) => new(vault, Deposit.Event.Topic, from, to);

    private static BlockNumber Earlier(BlockNumber left, BlockNumber right) => left < right ? left : right;

    private static BlockNumber Later(BlockNumber left, BlockNumber right) => left > right ? left : right;

    // What endpoints have to agree on: events, hash of the last block, hash of the one before the first.
    private sealed record Passage(LogList Logs, BlockHash Last, BlockHash? Before);
}
