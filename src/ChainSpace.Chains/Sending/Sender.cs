using System.Collections.Immutable;
using ChainSpace.Chains.Fees;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Chains.Sending;

/// <summary>
/// Carries out intents with one key on one network, each exactly once, through crashes, stuck fees, reorganisations and
/// endpoints that lie. Whoever runs it calls <see cref="StepAsync"/> about once per block, from one loop; everything else
/// may be called from any thread.
/// </summary>
/// <remarks>
/// Why nothing is paid twice: an intent gets one nonce, in the same write as its first transaction, and keeps it; a network
/// takes one transaction of each nonce. Endpoints only tell us whether to send the same thing once more.
/// </remarks>
public sealed class Sender : IDisposable
{
    private readonly Outbox outbox;
    private readonly WalletSigner signer;
    private readonly RpcPool pool;
    private readonly SenderOptions options;
    private readonly TimeProvider time;
    private readonly Sightings sightings;

    private Sender(Outbox outbox, WalletSigner signer, RpcPool pool, SenderOptions options, TimeProvider time)
    {
        (this.outbox, this.signer, this.pool, this.options, this.time) = (outbox, signer, pool, options, time);
        Account = Address.Of(signer.Account);
        sightings = new Sightings(outbox, pool, options.Finality, Account);
    }

    /// <summary>The wallet that pays.</summary>
    public Address Account { get; }

    /// <summary>Called before each write and each sending, which is where a crash could make a difference.</summary>
    internal Action BeforeStep { get; set; } = static () => { };

    /// <summary>Opens the outbox in this file, making it where there is none. Signer and pool stay the caller's.</summary>
    /// <exception cref="IOException">Another process has it open.</exception>
    /// <exception cref="InvalidOperationException">It belongs to another network or key.</exception>
    public static Sender Open(string path, WalletSigner signer, RpcPool pool, SenderOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(options);
        return new Sender(Outbox.Open(path, pool.ChainId, Address.Of(signer.Account)), signer, pool, options, time);
    }

    /// <summary>Takes an intent on; it is on the disk when this returns. The same key again changes nothing.</summary>
    /// <exception cref="ArgumentException">The key is known for another call.</exception>
    public IntentState Submit(Intent intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentException.ThrowIfNullOrEmpty(intent.Key);
        BeforeStep();
        outbox.Add(intent);
        OutboxEntry entry = outbox.Find(intent.Key)!;
        if (entry.Intent.Call != intent.Call)
            throw new ArgumentException($"'{intent.Key}' stands for another call.", nameof(intent));
        return entry.State;
    }

    /// <summary>How far it has come; null for a key that was never submitted.</summary>
    public IntentState? StateOf(string key) => outbox.Find(key)?.State;

    /// <summary>All that are not over, in the order of submission.</summary>
    public IReadOnlyList<(Intent Intent, IntentState State)> Unfinished() =>
        [.. outbox.Unfinished().Select(entry => (entry.Intent, entry.State))];

    /// <summary>The gas a call would take now, and a fifth more for what may change until it is mined.</summary>
    public async Task<Answer<Gas>> EstimateAsync(ChainCall call, CancellationToken cancellationToken)
    {
        Answer<Gas> gas = await pool.AskAsync(Chain.EstimateGas(call, Account), cancellationToken).ConfigureAwait(false);
        return gas.IsGood ? new Gas(checked(gas.Value.Units + gas.Value.Units / 5)) : gas;
    }

    /// <summary>Looks what became of everything under way, and sends what has to be sent.</summary>
    public async Task<SenderReport> StepAsync(CancellationToken cancellationToken)
    {
        RpcFault? fault = await sightings.NoteAsync(outbox.Unfinished(), BeforeStep, cancellationToken).ConfigureAwait(false);
        Answer<FeeHistory> fees = await pool.AskAsync(FeeChoice.Question, cancellationToken).ConfigureAwait(false);
        Answer<Nonce> next = await pool.AskSurelyAsync(
            Chain.TransactionCount(Account, new BlockTag.Latest()), cancellationToken).ConfigureAwait(false);
        FeeDecision.TooDear? dear = null;
        if (fees.IsGood && next.IsGood)
        {
            dear = FillGap(fees.Value, next.Value) ?? dear;
            dear = AssignWaiting(fees.Value, next.Value) ?? dear;
            dear = ReplaceStuck(fees.Value) ?? dear;
        }

        RpcFault? objection = await SendAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<OutboxEntry> rest = outbox.Unfinished();
        int waiting = rest.Count(entry => entry.Nonce is null);
        return new SenderReport(waiting, rest.Count - waiting, dear, fault ?? fees.Fault ?? next.Fault, objection);
    }

    /// <inheritdoc/>
    public void Dispose() => outbox.Dispose();

    // Where the network waits for a nonce that no intent has, because our first one was taken from a liar or another
    // program's transaction was dropped, nothing of ours would ever be mined. An empty payment to ourselves fills it.
    private FeeDecision.TooDear? FillGap(FeeHistory fees, Nonce next)
    {
        OutboxEntry? first = outbox.Unfinished().Where(entry => entry.Nonce is not null).MinBy(entry => entry.Nonce!.Value);
        if (first?.Nonce is not { } ours) return null;
        ulong end = Math.Min(ours.Value, next.Value + (ulong)options.UnderWayMax);
        for (Nonce missing = next; missing.Value < end; missing = missing.Next)
        {
            if (outbox.HasNonce(missing)) continue;
            Intent filler = new(
                $"gap:{missing}", new ChainCall(Account, Wei.Zero, ReadOnlyMemory<byte>.Empty), new Gas(21_000), Urgency.Normal);
            FeeDecision decision = FeeChoice.Choose(fees, filler.Urgency, options.FeeCeiling);
            if (decision is FeeDecision.TooDear dear) return dear;
            BeforeStep();
            outbox.Fill(filler, Sign(filler, missing, ((FeeDecision.Pay)decision).Price));
        }

        return null;
    }

    private FeeDecision.TooDear? AssignWaiting(FeeHistory fees, Nonce next)
    {
        IReadOnlyList<OutboxEntry> open = outbox.Unfinished();
        int free = options.UnderWayMax - open.Count(entry => entry.Nonce is not null);
        foreach (OutboxEntry entry in open.Where(entry => entry.Nonce is null).Take(Math.Max(0, free)))
        {
            FeeDecision decision = FeeChoice.Choose(fees, entry.Intent.Urgency, options.FeeCeiling);
            if (decision is FeeDecision.TooDear dear) return dear;
            Nonce nonce = outbox.LastNonce() is { } last && last.Next > next ? last.Next : next;
            BeforeStep();
            outbox.Assign(entry, Sign(entry.Intent, nonce, ((FeeDecision.Pay)decision).Price));
        }

        return null;
    }

    // Only the first one can be stuck by its own fees; the others wait for it.
    private FeeDecision.TooDear? ReplaceStuck(FeeHistory fees)
    {
        OutboxEntry? first = outbox.Unfinished().Where(IsPending).MinBy(entry => entry.Nonce!.Value);
        if (first is null || time.GetUtcNow() - first.Attempts[^1].Made < options.StuckAfter) return null;
        Transaction before = first.Attempts[^1].Signed.Transaction;
        FeeDecision decision = FeeChoice.Replace(before.Price, fees, first.Intent.Urgency, options.FeeCeiling);
        if (decision is FeeDecision.TooDear dear) return dear;
        BeforeStep();
        outbox.Replace(first, Sign(first.Intent, before.Nonce, ((FeeDecision.Pay)decision).Price));
        return null;
    }

    // Every endpoint gets everything that is not mined, every time: one that swallows transactions, or forgot them after a
    // reorganisation, then does no harm. A node that has one already says so, which is no objection.
    private async Task<RpcFault?> SendAsync(CancellationToken cancellationToken)
    {
        OutboxEntry[] pending = [.. outbox.Unfinished().Where(IsPending).OrderBy(entry => entry.Nonce!.Value)];
        if (pending.Length == 0) return null;
        BeforeStep();
        RpcCall<ImmutableArray<Answer<TransactionHash>>> all =
            RpcCalls.Each([.. pending.Select(entry => Chain.Send(entry.Attempts[^1].Signed))]);
        ImmutableArray<Answer<ImmutableArray<Answer<TransactionHash>>>> replies =
            await pool.AskEveryoneAsync(all, cancellationToken).ConfigureAwait(false);
        BeforeStep();
        return replies.Any(reply => reply.IsGood && reply.Value[0].IsGood)
            ? null
            : replies.Select(reply => reply.IsGood ? reply.Value[0].Fault : reply.Fault).FirstOrDefault(IsObjection);
    }

    private static bool IsPending(OutboxEntry entry) => entry is { Nonce: not null, Mined: null };

    private static bool IsObjection(RpcFault? fault) => fault is not RpcFault.NodeError error
        || !(error.Message.Contains("already", StringComparison.OrdinalIgnoreCase)
            || error.Message.Contains("known", StringComparison.OrdinalIgnoreCase));

    private Attempt Sign(Intent intent, Nonce nonce, GasPrice price) => new(
        new Transaction(pool.ChainId, nonce, price, intent.GasLimit, intent.Call).Sign(signer), time.GetUtcNow());
}
