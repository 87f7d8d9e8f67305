using System.Collections.Immutable;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Chains.Sending;

/// <summary>
/// Finds out what became of what was sent. That something was mined may be anybody's word, since it only stops us from
/// sending it again for a while; that something is over needs the agreement of endpoints.
/// </summary>
internal sealed class Sightings(Outbox outbox, RpcPool pool, FinalityRule rule, Address account)
{
    /// <summary>Notes every change in the outbox; a fault where a question stayed without an answer.</summary>
    public async Task<RpcFault?> NoteAsync(
        IReadOnlyList<OutboxEntry> unfinished, Action beforeStep, CancellationToken cancellationToken)
    {
        OutboxEntry[] sent = [.. unfinished.Where(entry => entry.Nonce is not null)];
        if (sent.Length == 0) return null;
        Answer<BlockHeader> final = await FinalHead.AskAsync(pool, rule, cancellationToken).ConfigureAwait(false);
        if (!final.IsGood) return final.Fault;

        RpcFault? last = null;
        foreach (OutboxEntry entry in sent)
        {
            Answer<Sighting> found = await LookAsync(entry, final.Value, cancellationToken).ConfigureAwait(false);
            last = found.Fault ?? last;
            if (!found.IsGood || (found.Value.Mined == entry.Mined && found.Value.Outcome == Outcome.Open)) continue;
            beforeStep();
            outbox.Note(entry, found.Value.Mined, found.Value.Outcome);
        }

        return last;
    }

    private async Task<Answer<Sighting>> LookAsync(OutboxEntry entry, BlockHeader final, CancellationToken cancellationToken)
    {
        RpcCall<Sighting> receipts = Receipts(entry);
        Answer<Sighting> seen = await pool.AskAsync(receipts, cancellationToken).ConfigureAwait(false);
        if (!seen.IsGood) return seen;
        if (seen.Value.Mined is { } mined)
        {
            if (mined.Block > final.Number) return seen;
            // Where others do not confirm what one endpoint claims, it counts as not mined: sending again is harmless, and
            // a liar must not keep us from it.
            Answer<Sighting> sure = await ConfirmAsync(receipts, mined, cancellationToken).ConfigureAwait(false);
            return sure.IsGood ? sure : new Sighting(null, Outcome.Open);
        }

        return await IsDisplacedAsync(entry, receipts, final, cancellationToken).ConfigureAwait(false)
            ? new Sighting(null, Outcome.Displaced)
            : seen;
    }

    // The receipt and the block of its height, from the same endpoint: a receipt of a block that is not on the chain any
    // more does not count.
    private Task<Answer<Sighting>> ConfirmAsync(RpcCall<Sighting> receipts, MinedAt mined, CancellationToken cancellationToken) =>
        pool.AskSurelyAsync(
            receipts.With(FinalHead.Numbered(mined.Block)).Then<Sighting>(both => both switch
            {
                { First.Mined: { } again } when again == mined && both.Second.Hash == mined.BlockHash =>
                    new Sighting(mined, Outcome.Final),
                _ => new RpcFault.Behind(both.Second.Number, mined.Block),
            }),
            cancellationToken);

    // Over without being done: the account has used the nonce in a final block, and not for any attempt of ours. Both from
    // the same endpoints, so that one that lags cannot know the first and not yet the second.
    private async Task<bool> IsDisplacedAsync(
        OutboxEntry entry, RpcCall<Sighting> receipts, BlockHeader final, CancellationToken cancellationToken)
    {
        RpcCall<Nonce> count = Chain.TransactionCount(account, new BlockTag.At(final.Number));
        Answer<Nonce> used = await pool.AskAsync(count, cancellationToken).ConfigureAwait(false);
        if (!used.IsGood || used.Value <= entry.Nonce!.Value) return false;
        Answer<bool> agreed = await pool.AskSurelyAsync(
            receipts.With(count).Then<bool>(both => both.First.Mined is null && both.Second > entry.Nonce!.Value),
            cancellationToken).ConfigureAwait(false);
        return agreed is { IsGood: true, Value: true };
    }

    private static RpcCall<Sighting> Receipts(OutboxEntry entry) =>
        RpcCalls.All([.. entry.Attempts.Select(attempt => Chain.ReceiptOf(attempt.Signed.Hash))]).Then<Sighting>(FirstMined);

    private static Answer<Sighting> FirstMined(ImmutableArray<Receipt> receipts) =>
        new Sighting(receipts.OfType<Receipt.Mined>().Select(MinedAt.Of).FirstOrDefault(), Outcome.Open);
}

/// <summary>What was seen of an intent.</summary>
internal sealed record Sighting(MinedAt? Mined, Outcome Outcome);
