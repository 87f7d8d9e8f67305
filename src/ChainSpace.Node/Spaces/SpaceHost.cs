using System.Collections.Immutable;
using ChainSpace.Client.Reading;
using ChainSpace.Journal;
using ChainSpace.Node.Eligibility;
using ChainSpace.Node.Intake;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Views;
using ChainSpace.Node.Views.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Spaces;

/// <summary>
/// One running space: its folder (journal, snapshot, views, content, keys) and the threads that serve it. Opening one
/// recovers whatever a crash left.
/// </summary>
public sealed class SpaceHost : IDisposable
{
    // Entries after which the state is written down again, so that a start folds at most about this many.
    private const long EntriesPerSnapshot = 250_000;

    private readonly string directory;
    private readonly SpaceKeys keys;
    private readonly Projector projector;
    private long snapshotSize;

    private SpaceHost(string directory, JournalStore journal, NodeParts parts)
    {
        (this.directory, Journal) = (directory, journal);
        CreateSpace genesis = ReadGenesis(journal);
        Id = TypedData.SpaceOf(genesis);
        Genesis = genesis;
        keys = SpaceSecrets.Load(directory, genesis);
        Views = ViewStore.Open(directory, Id);
        Contents = new ContentStore(directory);
        Reader = new SpaceReader(Views, journal, Contents.Find);
        Func<Bytes32, PollContent?> content = hash => PollContentBytes.TryRead(Contents.Find(hash));
        Suites = new SuiteStore(directory);
        Jobs = new JobQueries(Views, content) { Complete = Suites.Show };
        Receipts = new ReceiptMaker(Views, journal);
        Feed = new Feed(Views, journal);
        SpaceState state = Recovery.Restore(directory, journal, (Views, Contents));
        snapshotSize = state.Size;
        projector = new Projector(Views);
        SpaceEngine engine = new(journal, keys, state);
        engine.Checkpoint();
        Sequencer = new Sequencer(engine, parts.Sequencing, parts.Time, Publish);
        P256Verifier verifier = new(new KeyDirectory(), parts.KeyCache);
        AnswerContents answers = new(Reader.Poll);
        Floor = parts.MinimumPay.GetValueOrDefault(genesis.Name) is { } least ? PayFloor.Read(least, genesis) : null;
        Gate gate = new(keys, verifier, parts.Time, Receipts.FindKey, parts.Senders)
        {
            Answers = answers,
            Floor = Floor,
        };
        gate.Learn(genesis);
        Intake = new IntakeDesk(gate, Sequencer, new Attachments(Contents.Put, Contents.Erase), () => journal.Size);
        Eligibility = new EligibilityDesk(directory, Reader, (Sequencer, genesis), parts.Time);
    }

    public SpaceId Id { get; }

    /// <summary>Where it keeps everything.</summary>
    public string Folder => directory;

    public CreateSpace Genesis { get; }

    public Currency Currency => Currency.Of(Genesis);

    public JournalStore Journal { get; }

    public ViewStore Views { get; }

    public ContentStore Contents { get; }

    /// <summary>Hidden tests of jobs, and what they said.</summary>
    internal SuiteStore Suites { get; }

    public SpaceReader Reader { get; }

    public JobQueries Jobs { get; }

    public ReceiptMaker Receipts { get; }

    public Feed Feed { get; }

    public Sequencer Sequencer { get; }

    public IntakeDesk Intake { get; }

    /// <summary>The least that work here pays an hour; null where the operator asks for none.</summary>
    public PayFloor? Floor { get; }

    /// <summary>What accounts have shown this node, and what it decides by that.</summary>
    public EligibilityDesk Eligibility { get; }

    /// <summary>Opens the space in a folder.</summary>
    public static SpaceHost Open(string directory, NodeParts parts)
    {
        JournalStore journal = JournalStore.Open(directory);
        try
        {
            return new SpaceHost(directory, journal, parts);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Founds a space in a new folder: keys, then the first entry, and then the folder gets its name, so that there is
    /// either a whole space or none. What a crash leaves beside is thrown away by the next founding of that name.
    /// </summary>
    public static void Create(string directory, SpaceDraft draft, TimeProvider time)
    {
        string unborn = directory + SpaceDirectory.UnbornEnding;
        if (Directory.Exists(unborn)) Directory.Delete(unborn, recursive: true);
        Directory.CreateDirectory(unborn);
        Found(unborn, draft, time);
        Directory.Move(unborn, directory);
    }

    private static void Found(string directory, SpaceDraft draft, TimeProvider time)
    {
        Moment now = new(time.GetUtcNow().ToUnixTimeMilliseconds());
        (SpaceKeys keys, CreateSpace genesis) = SpaceSecrets.Create(directory, draft, now);
        if (draft.Chain is { Witnesses: { Count: > 0 } witnesses }) WitnessFile.Write(directory, witnesses);
        using JournalStore journal = JournalStore.Open(directory);
        Answer answer = new SpaceEngine(journal, keys, new SpaceState()).Run([keys.Sign(genesis)], now);
        if (answer.Verdicts[0] is Verdict.Refused no)
            throw new ArgumentException(Explain.Sentence(no.Refusal, Currency.Of(genesis)), nameof(draft));
    }

    /// <summary>Stops in order: no more entries, views up to date, snapshot, then the journal.</summary>
    public void Dispose()
    {
        SpaceState? state = null;
        if (!Sequencer.Failure.IsCompleted) Sequencer.RunAsync(engine => { engine.Checkpoint(); state = engine.State; }).Wait();
        Sequencer.Dispose();
        projector.Dispose();
        if (state is not null && state.Size > snapshotSize) Recovery.WriteSnapshot(directory, state);
        Views.Dispose();
        Journal.Dispose();
    }

    private void Publish(IReadOnlyList<CommittedEntry> entries)
    {
        projector.Publish(entries);
        Recovery.Erase(Contents, entries);
        long size = entries[^1].Index.Value + 1;
        if (size - snapshotSize < EntriesPerSnapshot) return;
        snapshotSize = size;
        _ = Sequencer.RunAsync(WriteSnapshot);
    }

    // On the writer's thread, between batches: the state stands still. Views must not be behind the snapshot, for the
    // entries before it are not folded again.
    private void WriteSnapshot(SpaceEngine engine)
    {
        projector.WaitFor(engine.State.Size);
        Recovery.WriteSnapshot(directory, engine.State);
    }

    private static CreateSpace ReadGenesis(JournalStore journal)
    {
        Entry? first = null;
        bool isRead = journal.Size > 0 && Entry.TryRead(journal.ReadEntry(0).Span, out first, out _);
        return isRead && first!.Message is CreateSpace genesis
            ? genesis
            : throw new InvalidDataException("The journal does not begin with a space.");
    }
}

/// <summary>What all spaces of a node share.</summary>
public sealed record NodeParts(TimeProvider Time, SequencerOptions Sequencing, P256KeyCache KeyCache, SenderLimit Senders)
{
    /// <summary>The least that work pays an hour, as people write it, by the name of the space.</summary>
    public IReadOnlyDictionary<string, string> MinimumPay { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
