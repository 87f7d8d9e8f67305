using ChainSpace.Journal;
using ChainSpace.Journal.Media;
using ChainSpace.Node.Intake;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Simulation.Planted;
using ChainSpace.Node.Simulation.World;
using ChainSpace.Node.Spaces;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Simulation;

/// <summary>
/// One computer that runs a space: the production gate, engine, journal store and recovery on a disk of memory. Switching
/// it off loses everything but the disk and the snapshot.
/// </summary>
internal sealed class Machine(SpaceKeys keys, SimulatedClock clock, Sabotage sabotage) : IDisposable
{
    private readonly Dictionary<AccountId, P256PublicKey> registered = [];
    private FaultyMedium medium = new(new MemoryMedium());
    private JournalStore? store;
    private SpaceEngine? engine;
    private Gate? gate;

    public MemoryMedium Disk { get; private set; } = new();

    /// <summary>The snapshot's file; null where there is none.</summary>
    public byte[]? Snapshot { get; set; }

    public SpaceKeys Keys => keys;

    public JournalStore Store => store!;

    public SpaceEngine Engine => engine!;

    public SpaceState State => Engine.State;

    public SimulatedClock Clock => clock;

    public Sabotage Sabotage => sabotage;

    public void FailNext(JournalWrite write, FaultyMedium.Fault fault) => medium.FailNext(write, fault);

    /// <summary>
    /// Switches on: opens the journal, which fences every earlier writer, and restores the state. Returns the entries from
    /// an index on, which are those the world outside has not heard of.
    /// </summary>
    public Start Open(bool isWithSnapshot, long known, FaultyMedium.Fault? fault = null)
    {
        if (sabotage == Sabotage.CutJournal && Disk.ReadExtent().Head.Size > 50) Disk = Cut(Disk, 3);
        medium = new FaultyMedium(Disk);
        if (fault is { } scripted) medium.FailNext(JournalWrite.TakeOver, scripted);
        IJournalMedium below = sabotage is Sabotage.AcknowledgeBeforeWriting or Sabotage.Unfenced
            ? new LyingMedium(medium, sabotage)
            : medium;
        store = JournalStore.Open(below, new JournalOptions { CachedTiles = 256 });
        Start start = Restore(isWithSnapshot, known);
        engine = new SpaceEngine(store, keys, start.State);
        gate = new Gate(keys, new P256Verifier(new KeyDirectory(), new P256KeyCache(4_096)), clock, FindKey, limit: null);
        return start;
    }

    /// <summary>The gate's word on a line.</summary>
    public Ruling<Authentic, Rejection> Admit(ReadOnlySpan<byte> line)
    {
        Ruling<Authentic, Rejection> admitted = gate!.Admit(line);
        bool isTrusting = sabotage == Sabotage.TrustForgeries && admitted.Refusal is Rejection.Signature;
        if (isTrusting && Envelope.TryRead(line, out Envelope? envelope, out _))
            return new Authentic(envelope, TypedData.Digest(keys.Domain, envelope.Message));
        bool isForgetful = sabotage == Sabotage.ForgetOpenings && admitted.IsAccepted;
        return isForgetful ? admitted.State! with { Opening = null } : admitted;
    }

    /// <summary>One batch, as the sequencer would run it now.</summary>
    public Answer Run(IReadOnlyList<Authentic> messages)
    {
        if (sabotage == Sabotage.BackDate && clock.Now < State.Now) Backdoor.SetNow(State, clock.Now);
        if (sabotage == Sabotage.OpenDoors) OpenDoors(messages);
        if (sabotage == Sabotage.CrashPanel) CrashPanel(messages);
        Answer answer = Engine.Run(messages, clock.Now);
        foreach (CommittedEntry entry in answer.Entries) Learn(entry.Entry.Message);
        if (sabotage == Sabotage.PayTwice) PayTwice(answer);
        if (sabotage == Sabotage.EnterRefused) EnterRefused(messages, answer);
        return answer;
    }

    /// <summary>Signs a checkpoint; null where nothing is new.</summary>
    public byte[]? Checkpoint()
    {
        if (sabotage == Sabotage.MissChange) Backdoor.ChangedAccounts(State).Clear();
        return Engine.Checkpoint();
    }

    /// <summary>The bug of <see cref="Sabotage.SignBeforeAppend"/>: a checkpoint of what is about to be written.</summary>
    public byte[] CheckpointAhead(Authentic message)
    {
        MerkleFrontier tree = new();
        foreach (ReadOnlyMemory<byte> leaf in Store.ReadEntries(0, Store.Size)) tree.Append(MerkleHash.Leaf(leaf.Span));
        tree.Append(MerkleHash.Leaf(new Entry(message.Envelope, clock.Now).ToBytes()));
        string state = Protocol.Merkle.Checkpoint.StateLine(StateHash.Of(State));
        Checkpoint ahead = new(SpaceKeys.OriginOf(keys.Space), tree.Size, tree.Root(), [state]);
        return keys.Checkpoints.Sign(ahead.Text).Write();
    }

    public void WriteSnapshot()
    {
        using MemoryStream stream = new();
        Rules.State.Snapshot.Write(State, stream);
        Snapshot = stream.ToArray();
    }

    public void Dispose() => store?.Dispose();

    private Start Restore(bool isWithSnapshot, long known)
    {
        SpaceState? saved = null;
        if (isWithSnapshot && Snapshot is not null) saved = Recovery.ReadSnapshot(new MemoryStream(Snapshot), Store.Size);
        Start start = new(saved ?? new SpaceState(), saved is not null, []);
        Rulebook rulebook = new(start.State);
        foreach (ReadOnlyMemory<byte> leaf in Store.ReadEntries(start.State.Size, Store.Size - start.State.Size))
        {
            CommittedEntry entry = Audit.Fold(rulebook, leaf);
            if (entry.Index.Value < known) continue;
            start.Found.Add(entry);
            Learn(entry.Entry.Message);
        }

        return sabotage == Sabotage.DropTail && saved is not null ? start with { State = WithoutTail() } : start;
    }

    private SpaceState WithoutTail()
    {
        SpaceState state = Rules.State.Snapshot.Read(new MemoryStream(Snapshot!));
        Backdoor.SetSize(state, Store.Size);
        return state;
    }

    private P256PublicKey? FindKey(AccountId account) => registered.TryGetValue(account, out P256PublicKey key) ? key : null;

    // What the views do in a node: keep the keys that entries brought.
    private void Learn(Message message)
    {
        ReadOnlySpan<byte> key = message switch
        {
            Register register => register.Key.AsSpan(),
            Protocol.Messages.Delegate delegation => delegation.Key.AsSpan(),
            CreateSpace create => create.Key.AsSpan(),
            _ => [],
        };
        if (P256PublicKey.TryRead(key, out P256PublicKey read)) registered[read.Account] = read;
    }

    private void PayTwice(Answer answer)
    {
        foreach (Fact.Ended ended in answer.Entries.SelectMany(static entry => entry.Facts).OfType<Fact.Ended>())
        {
            PaidVote paid = ended.Votes.FirstOrDefault(static vote => vote.Paid > Amount.Zero);
            if (paid.Paid == Amount.Zero) continue;
            Rules.Accounts.Account account = State.FindAccount(paid.Voter)!;
            Backdoor.SetBalance(account, account.Balance.Earn(new Amount(1)));
        }
    }

    private void OpenDoors(IReadOnlyList<Authentic> messages)
    {
        foreach (Authentic each in messages)
        {
            if (each.Envelope.Message is not Vote vote || State.FindPoll(vote.Poll) is not { } poll) continue;
            bool hasDoor = poll.Terms is { IsByAdmission: true, IsDrawn: false };
            if (hasDoor && !State.Admissions.Has(vote.Poll, vote.Header.Account))
                Backdoor.Admit(State.Admissions, vote.Poll, vote.Header.Account, default);
        }
    }

    private void CrashPanel(IReadOnlyList<Authentic> messages)
    {
        foreach (Vote vote in messages.Select(static each => each.Envelope.Message).OfType<Vote>())
        {
            if (State.FindPoll(vote.Poll) is not { Stage: Stage.Voting } poll) continue;
            if (poll.Terms.Message.Deposit > Amount.Zero) continue;
            if (State.FindBatch(new TaskId(poll.Terms.Message.Batch)) is not { Panel: { } panel } batch) continue;
            if (!panel.Has(vote.Header.Account))
                Backdoor.SetPanel(batch, Panel.Of(panel.Seats.Add(vote.Header.Account).Sort()));
        }
    }

    private void EnterRefused(IReadOnlyList<Authentic> messages, Answer answer)
    {
        for (int i = 0; i < messages.Count; i++)
        {
            if (answer.Verdicts[i] is not Verdict.Refused) continue;
            Store.Append(Store.Size, [new Entry(messages[i].Envelope, State.Now).ToBytes()]);
            return;
        }
    }

    private static MemoryMedium Cut(MemoryMedium disk, int entries)
    {
        MemoryMedium shorter = new();
        using JournalStore from = JournalStore.Open(disk);
        using JournalStore to = JournalStore.Open(shorter);
        to.Append(0, [.. from.ReadEntries(0, from.Size - entries)]);
        return shorter;
    }
}

/// <summary>What a start came to.</summary>
/// <param name="State">The restored state.</param>
/// <param name="IsFromSnapshot">False where all entries were folded.</param>
/// <param name="Found">Entries nobody outside was told about.</param>
internal sealed record Start(SpaceState State, bool IsFromSnapshot, List<CommittedEntry> Found);
