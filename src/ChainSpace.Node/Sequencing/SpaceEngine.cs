using System.Collections.Immutable;
using ChainSpace.Journal;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules;
using ChainSpace.Rules.Settlement;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Sequencing;

/// <summary>
/// The writer of one space, as plain calls: order, rule, write, answer. It is the same code in the node, in a start after
/// a crash and in the simulator. Not thread-safe; one owner. After an exception it must be thrown away and made anew from
/// the journal, for memory may be ahead of the disk.
/// </summary>
public sealed class SpaceEngine
{
    private const long OperatorValidityMilliseconds = 60 * 60 * 1000;

    private readonly JournalStore journal;
    private readonly SpaceKeys keys;
    private readonly Rulebook rulebook;
    private readonly OperatorDesk desk;
    private readonly StateHash stateHash = new();

    // The entries of the batch in hand: ruled on, not yet durable.
    private readonly List<CommittedEntry> staged = [];
    private readonly List<ReadOnlyMemory<byte>> leaves = [];

    /// <summary>Goes on from a state that folds all of the journal's entries.</summary>
    public SpaceEngine(JournalStore journal, SpaceKeys keys, SpaceState state)
    {
        if (state.Size != journal.Size) throw new ArgumentException("The state is not that of the journal's end.", nameof(state));
        (this.journal, this.keys, rulebook) = (journal, keys, new Rulebook(state));
        desk = new OperatorDesk(keys, state);
        desk.Restore(journal);
    }

    public SpaceState State => rulebook.State;

    /// <summary>
    /// Rules on the messages in order and makes the accepted ones durable. Verdicts stand in the same order; entries are
    /// all that entered, the operator's own among them.
    /// </summary>
    public Answer Run(IReadOnlyList<Authentic> messages, Moment clock)
    {
        Moment now = NotBefore(clock);
        staged.Clear();
        leaves.Clear();
        Verdict[] verdicts = new Verdict[messages.Count];

        // 1. Rule. A crash here leaves nothing: only memory has changed.
        for (int i = 0; i < verdicts.Length; i++) verdicts[i] = Enter(messages[i], now);
        KeepUp(now);

        // 2. Write. The commit of this one transaction decides; a crash before it leaves the senders unanswered, and they
        //    send the same message again; a crash after it leaves it entered, and the repetition gets the same receipt.
        if (leaves.Count > 0) journal.Append(State.Size - leaves.Count, leaves);

        // 3. Answer. A crash here leaves durable entries nobody was told about; see 2.
        return new Answer(verdicts, [.. staged]);
    }

    /// <summary>True where <see cref="Run"/> without messages would enter something: a deadline, a block, an opening.</summary>
    public bool HasDuties(Moment now) => State.NextDue <= now || desk.HasDuties;

    /// <summary>Reports the newest checkpoint as a block where something waits for one, and there is no chain.</summary>
    public Authentic? NextBlock(Moment clock)
    {
        if (State.IsOnChain || !State.NeedsBlock || journal.LatestCheckpoint() is not { } latest) return null;
        if ((ulong)latest.Size <= State.BlockSize) return null;
        Header header = HeaderAt(NotBefore(clock));
        return keys.Sign(new ReportBlock(header, State.Height + 1, (ulong)latest.Size, journal.RootAt(latest.Size)));
    }

    /// <summary>
    /// Signs and keeps a checkpoint of everything durable. Only the writer may do so, after the fenced append: a stale
    /// writer that signed could fork the journal. Null where nothing is new.
    /// </summary>
    public byte[]? Checkpoint()
    {
        if (journal.Size == 0 || journal.LatestCheckpoint()?.Size == journal.Size) return null;
        return Sign([StateLine()]);
    }

    /// <summary>
    /// A checkpoint for an anchor to put on a chain; of a space with a vault it also vouches for what everybody may take
    /// out. Takes time in proportion to the accounts then, so it is made where an anchor is wanted, not every second.
    /// </summary>
    public AnchorHead CheckpointAnchor()
    {
        PayoutTree payouts = PayoutTree.Of(State.IsOnChain ? [.. PayoutLeaves.Of(State)] : []);
        if (State.IsOnChain) Sign([StateLine(), Protocol.Merkle.Checkpoint.PayoutLine(payouts.Root)]);
        else Checkpoint();
        return new AnchorHead(journal.Size, journal.Root, payouts)
        {
            Withdrawn = State.Withdrawn,
            Moved = State.Supply + State.Earned,
        };
    }

    /// <summary>The operator's message about the world outside, with its signature.</summary>
    public Authentic Report(Func<Header, Message> report, Moment clock) => keys.Sign(report(HeaderAt(NotBefore(clock))));

    private string StateLine() => Protocol.Merkle.Checkpoint.StateLine(stateHash.Compute(State));

    private byte[] Sign(ImmutableArray<string> lines)
    {
        Checkpoint checkpoint = new(SpaceKeys.OriginOf(keys.Space), journal.Size, journal.Root, lines);
        byte[] note = keys.Checkpoints.Sign(checkpoint.Text).Write();
        journal.SaveCheckpoint(note, journal.Size);
        return note;
    }

    // A machine's clock may go back, the journal's time may not: a header made by the former would be stale at birth.
    private Moment NotBefore(Moment clock) => clock < State.Now ? State.Now : clock;

    private Verdict Enter(Authentic message, Moment now)
    {
        Refusal? refusal = Fold(message, now);
        if (refusal is Refusal.TickDue)
        {
            KeepUp(now);
            refusal = Fold(message, now);
        }

        if (refusal is Refusal.AlreadyIn already) return new Verdict.Entered(message.Id, already.Index, MomentOf(already.Index));
        if (refusal is not null) return new Verdict.Refused(refusal);
        Verdict entered = new Verdict.Entered(message.Id, staged[^1].Index, now);
        KeepUp(now);
        return entered;
    }

    // Everything the operator owes at this moment, so that no user's message comes between cause and duty.
    private void KeepUp(Moment now)
    {
        if (State.NextDue <= now) EnterOwn(static header => new Tick(header), now);
        while (desk.Next() is { } duty) EnterOwn(duty, now);
    }

    private void EnterOwn(Func<Header, Message> duty, Moment now)
    {
        Authentic message = keys.Sign(duty(HeaderAt(now)));
        if (Fold(message, now) is { } refusal)
            throw new InvalidOperationException($"The rules refuse the operator's {message.Envelope.Message.Type}: {refusal}.");
    }

    private Refusal? Fold(Authentic message, Moment now)
    {
        EntryIndex index = new(State.Size);
        if (rulebook.Apply(message.Envelope, message.Id, now) is { } refusal) return refusal;
        Entry entry = new(message.Envelope, now);
        staged.Add(new CommittedEntry(index, entry, message.Id, rulebook.Facts.Count == 0 ? [] : [.. rulebook.Facts]));
        leaves.Add(entry.ToBytes());
        desk.See(message, rulebook.Facts);
        return null;
    }

    // The operator's nonces are journal sizes, which never repeat; a random nonce of a person will not meet them.
    private Header HeaderAt(Moment now) =>
        new(keys.Operator.Account, (ulong)State.Size, new Moment(now.Milliseconds + OperatorValidityMilliseconds));

    private Moment MomentOf(EntryIndex index)
    {
        long first = State.Size - staged.Count;
        if (index.Value >= first) return staged[(int)(index.Value - first)].Entry.Moment;
        return Entry.TryRead(journal.ReadEntry(index.Value).Span, out Entry? entry, out _)
            ? entry.Moment
            : throw new InvalidDataException($"Entry {index} of the journal cannot be read.");
    }
}

/// <summary>The journal as an anchor tells it to the chain: so many entries, their root, and the payouts they lead to.</summary>
/// <param name="Payouts">Empty for a space without a vault.</param>
public sealed record AnchorHead(long Size, Bytes32 Root, PayoutTree Payouts)
{
    /// <summary>All that was withdrawn so far.</summary>
    public Amount Withdrawn { get; init; }

    /// <summary>All that was deposited or earned so far.</summary>
    public Amount Moved { get; init; }
}

/// <summary>What became of a batch.</summary>
/// <param name="Verdicts">One for each message, in order.</param>
/// <param name="Entries">All that entered.</param>
public sealed record Answer(IReadOnlyList<Verdict> Verdicts, IReadOnlyList<CommittedEntry> Entries);
