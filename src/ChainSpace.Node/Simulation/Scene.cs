using ChainSpace.Node.Intake;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Simulation.Planted;
using ChainSpace.Node.Simulation.World;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using static ChainSpace.Node.Simulation.BrokenInvariantException;
using static ChainSpace.Node.Simulation.Invariant;

namespace ChainSpace.Node.Simulation;

/// <summary>The machine and the people before it, and what passes between them. Every answer is checked as it comes.</summary>
internal sealed class Scene : IDisposable
{
    // A start from a snapshot is compared with a replay if the journal has grown by this part since the last replay, so
    // that all replays together cost no more than a few times the entries.
    private const long GrowthPerReplay = 8;
    private const int ArchiveLimit = 4_096;

    private readonly List<Letter> archive = [];
    private readonly SealingSession sealing;
    private int archived;
    private long audited;

    public Scene(SimulationPlan plan)
    {
        Chance = new Chance(plan.Seed);
        (SpaceKeys keys, CreateSpace genesis) = Found(plan.Seed, Clock.Now);
        sealing = Backdoor.SealingSessionOf(null, Crowd.KeyOf(plan.Seed, 7, 0));
        Crowd = new Crowd(plan.Seed, plan.Actors);
        Scribe = new Scribe(keys, sealing, Clock);
        Town = new Town(Chance, Crowd, Scribe, Book);
        Ledger = new Ledger(keys.Operator.Account);
        Machine = new Machine(keys, Clock, plan.Sabotage);
        Machine.Open(isWithSnapshot: false, 0);
        Take(Machine.Run([keys.Sign(genesis)]).Entries);
        Settle();
    }

    public Chance Chance { get; }

    public SimulatedClock Clock { get; } = new();

    public Crowd Crowd { get; }

    public Scribe Scribe { get; }

    public PollBook Book { get; } = new();

    public Town Town { get; }

    public Ledger Ledger { get; }

    public Machine Machine { get; }

    public Counts Counts { get; } = new();

    /// <summary>Messages sent before, the newest 4,096 of them.</summary>
    public IReadOnlyList<Letter> Archive => archive;

    /// <summary>Signs what is to go out, and remembers that it was written.</summary>
    public Letter Post(Letter letter)
    {
        Ledger.Write(letter);
        if (archive.Count < ArchiveLimit) archive.Add(letter);
        else archive[archived++ % ArchiveLimit] = letter;
        return letter;
    }

    /// <summary>Sends a batch and checks every answer. An exception leaves it unanswered.</summary>
    public IReadOnlyList<Verdict> Send(params IReadOnlyList<Letter> letters)
    {
        List<Authentic> admitted = [];
        foreach (Letter letter in letters)
        {
            if (Admit(letter) is { } authentic) admitted.Add(authentic);
        }

        return Run(admitted).Verdicts;
    }

    /// <summary>
    /// A line that is no genuine message. It may be turned away by the gate, or refused by the rules; enter it must not.
    /// </summary>
    public void SendForged(ReadOnlySpan<byte> line)
    {
        Ruling<Authentic, Rejection> admitted = Machine.Admit(line);
        Counts.Forged[admitted.IsAccepted ? "refused by the rules" : "turned away at the gate"]++;
        if (admitted.IsAccepted) Run([admitted.State]);
    }

    /// <summary>The operator's own time: what has fallen due, without any message.</summary>
    public void Beat()
    {
        if (Machine.Engine.HasDuties(Clock.Now)) Send();
    }

    /// <summary>A checkpoint, where something is new.</summary>
    public void Checkpoint()
    {
        if (Machine.Checkpoint() is { } note) Give(note);
    }

    /// <summary>
    /// A block where one is wanted. Its root depends on signatures, and those of the operator's key are made anew in every
    /// run, so a number that follows from the seed takes its place; the rules cannot tell.
    /// </summary>
    public void Block()
    {
        if (Machine.Sabotage == Sabotage.DropBlocks) return;
        Beat();
        if (Machine.Engine.NextBlock(Clock.Now) is not { Envelope.Message: ReportBlock block }) return;
        bool isTrue = block.Root == Machine.Store.RootAt((long)block.Size);
        Unless(isTrue, CheckpointsAgree, $"The block of size {block.Size} has another root than the journal.");
        Authentic replaced = Machine.Keys.Sign(block with { Root = Ledger.ChainAt((long)block.Size) });
        if (Run([replaced]).Verdicts[0] is Verdict.Refused no)
            throw new BrokenInvariantException(Progress, $"The rules refuse the operator's block: {no.Refusal}.");
    }

    /// <summary>
    /// Switches off and on again. Of the messages that were on their way nobody knows whether they entered; nothing else
    /// may have.
    /// </summary>
    public void Restart(string reason, bool isWithSnapshot, IReadOnlyList<Letter> unanswered)
    {
        Counts.Restarts[reason]++;
        string otherwise = isWithSnapshot && Machine.Snapshot is not null ? "from entry 0, snapshot damaged" : "from entry 0";
        long known = Ledger.Count;
        Start start = Machine.Open(isWithSnapshot, known);
        Counts.Starts[start.IsFromSnapshot ? "from snapshot and tail" : otherwise]++;
        HashSet<MessageId> expected = [.. unanswered.Select(static letter => letter.Id)];
        foreach (CommittedEntry entry in start.Found)
        {
            bool isOwn = Ledger.Find(entry.Id) is null;
            Unless(isOwn || expected.Contains(entry.Id), RefusedStaysOut, $"Entry {entry.Index} was not on its way.");
        }

        Take(start.Found);
        if (start.Found.Count > 0) Counts.Faults["entries found that nobody was told of"] += start.Found.Count;
        Ledger.CheckDisk(Machine.Disk);
        Town.State = Machine.State;
        if (start.IsFromSnapshot && Ledger.Count - audited >= audited / GrowthPerReplay) RunAudit();
        Settle();
        Checkpoint();
    }

    /// <summary>The dear checks.</summary>
    public void RunAudit()
    {
        Counts.Audits++;
        audited = Ledger.Count;
        Audit.Run(Machine, Ledger);
    }

    public void Give(byte[] note)
    {
        Counts.Checkpoints++;
        Ledger.Keep(note, Machine.Keys);
    }

    /// <summary>The gate's word on a genuine letter: it may be too late, or by a key not known yet, but nothing else.</summary>
    public Authentic? Admit(Letter letter)
    {
        Counts.Sent[letter.Message.Type]++;
        if (letter.IsOpaque) return new Authentic(letter.Envelope, letter.Id);
        Ruling<Authentic, Rejection> admitted = Machine.Admit((letter.Resigned ?? letter.Envelope).ToBytes());
        if (admitted.IsAccepted) return admitted.State;
        string? code = admitted.Refusal switch
        {
            Rejection.Ruled { Refusal: Refusal.Stale stale } => Explain.Code(stale),
            Rejection.Signature { Answer: SignatureAnswer.UnknownKey } => "unknown_key",
            _ => null,
        };
        Unless(code is not null, NoSurprise, $"The gate turned a genuine {letter.Message.Type} away: {admitted.Refusal}.");
        Counts.Refused[code!]++;
        return null;
    }

    public void Dispose()
    {
        Machine.Dispose();
        Crowd.Dispose();
        sealing.Dispose();
    }

    private void Take(IReadOnlyList<CommittedEntry> entries)
    {
        foreach (CommittedEntry entry in entries)
        {
            Ledger.Take(entry, Machine.Disk);
            Book.See(entry);
            Counts.See(entry);
            if (entry.Entry.Message is not Register register) continue;
            Actor actor = Crowd.Find(register.Header.Account)!;
            if (Machine.State.FindAccount(actor.Account)?.Registered == entry.Index) Town.Welcome(actor);
        }
    }

    private Answer Run(List<Authentic> messages)
    {
        HashSet<MessageId> before = [.. messages.Select(static message => message.Id).Where(Ledger.Knows)];
        Answer answer = Machine.Run(messages);
        Take(answer.Entries);
        for (int i = 0; i < messages.Count; i++)
        {
            (MessageId id, Verdict verdict) = (messages[i].Id, answer.Verdicts[i]);
            bool isRepeat = before.Contains(id);
            if (verdict is Verdict.Refused no) Counts.Refused[Explain.Code(no.Refusal)]++;
            else if (isRepeat) Counts.Repeats++;
            else before.Add(id);
            Ledger.Hear(id, verdict, isRepeat, Machine.State.Now);
        }

        Settle();
        return answer;
    }

    private void Settle()
    {
        Ledger.CheckDisk(Machine.Disk);
        Ledger.CheckBooks(Machine.State);
        Town.State = Machine.State;
        Scribe.Now = Machine.State.Now;
    }

    private static (SpaceKeys Keys, CreateSpace Genesis) Found(ulong seed, Moment now)
    {
        P256Signer signer = P256Signer.FromPrivateKey(Crowd.KeyOf(seed, 4, 0));
        SealingKey sealingKey = SealingKey.FromPrivateKey(Crowd.KeyOf(seed, 5, 0), sessions: 64);
        byte[] notes = Crowd.KeyOf(seed, 6, 0);
        using NoteSigner probe = new("probe", notes);
        CreateSpace genesis = new(new Header(signer.Account, 0, new Moment(now.Milliseconds + 3_600_000)))
        {
            CheckpointKey = Bytes32.Read(probe.Verifier.Key),
            Currency = "PLAY",
            Decimals = 2,
            Grant = new Amount(1_000),
            Key = [.. signer.PublicKey.Span],
            Name = "simulation",
            Network = "sovereign",
            SealingKey = [.. sealingKey.PublicKey.ToArray()],
        };
        SpaceId space = TypedData.SpaceOf(genesis);
        return (new SpaceKeys(Domain.Of(genesis), signer, new NoteSigner(SpaceKeys.OriginOf(space), notes), sealingKey), genesis);
    }
}
