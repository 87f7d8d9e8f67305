using System.Text.Json;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Journal;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;
using Microsoft.Extensions.Time.Testing;

namespace ChainSpace.Tests.Audit;

/// <summary>
/// A data folder with one space, written by the engine a node runs, and the operator's keys to cheat with. Never changed
/// once written: whoever cheats does so in a folder of his own.
/// </summary>
public sealed class AuditedSpace : IDisposable
{
    public const string Name = "fair";

    private const int Rounds = 12;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_793_404_800_000));
    private readonly List<Author> _voters = [];
    private readonly JournalStore _journal;
    private readonly SpaceEngine _engine;

    public AuditedSpace()
    {
        SpaceHost.Create(Folder, new SpaceDraft(Name), _time);
        _journal = JournalStore.Open(Folder);
        Keys = ReadKeys(Folder, GenesisOf(_journal));
        _engine = new SpaceEngine(_journal, Keys, Fold(_journal.ReadEntry(0)));
        Join();
        for (int round = 0; round < Rounds; round++) Play(round);
        _engine.Checkpoint();
        Entries = [.. _journal.ReadEntries(0, _journal.Size).Select(static leaf => leaf.ToArray())];
        Newest = _journal.LatestCheckpoint()!.Note.ToArray();
        First = _journal.CheckpointAtOrAfter(1)!;
        _journal.Dispose();
    }

    public string Data { get; } = Directory.CreateTempSubdirectory("audit-").FullName;

    public string Folder => Path.Combine(Data, "spaces", Name);

    public SpaceKeys Keys { get; }

    public IReadOnlyList<byte[]> Entries { get; }

    /// <summary>The newest checkpoint's note.</summary>
    public byte[] Newest { get; }

    public SavedCheckpoint First { get; }

    public Bytes32 StateHash =>
        SignedNote.TryRead(Newest, out SignedNote? note) && Checkpoint.TryParse(note.Text, out Checkpoint? read)
        ? read.StateHash!.Value
        : throw new InvalidDataException();

    /// <summary>A voter, to collude with.</summary>
    internal Author Voter(AccountId account) => _voters.Single(voter => voter.Account == account);

    /// <summary>The first entry of a kind at or behind an index.</summary>
    public int Find<T>(int from = 0, Func<T, bool>? suits = null) where T : Message =>
        Enumerable.Range(from, Entries.Count - from)
            .First(index => Read(Entries[index]).Message is T message && suits?.Invoke(message) != false);

    public static Entry Read(byte[] leaf) =>
        Entry.TryRead(leaf, out Entry? entry, out _) ? entry : throw new InvalidDataException();

    public void Dispose()
    {
        foreach (Author voter in _voters) voter.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    private static CreateSpace GenesisOf(JournalStore journal) => (CreateSpace)Read(journal.ReadEntry(0).ToArray()).Message;

    private static SpaceState Fold(ReadOnlyMemory<byte> genesis)
    {
        Rulebook rulebook = new(new SpaceState());
        Entry entry = Read(genesis.ToArray());
        MessageId id = TypedData.Digest(Domain.Of((CreateSpace)entry.Message), entry.Message);
        Assert.Null(rulebook.Apply(entry.Signed, id, entry.Moment));
        return rulebook.State;
    }

    private static SpaceKeys ReadKeys(string folder, CreateSpace genesis)
    {
        using JsonDocument secrets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "keys.json")));
        byte[] Secret(string name) => secrets.RootElement.GetProperty(name).GetBytesFromBase64();
        SpaceId space = TypedData.SpaceOf(genesis);
        return new SpaceKeys(
            Domain.Of(genesis),
            P256Signer.FromPrivateKey(Secret("operator")),
            new NoteSigner(SpaceKeys.OriginOf(space), Secret("checkpoints")),
            SealingKey.FromPrivateKey(Secret("sealing")));
    }

    // Eight people with keys of their own, one of them by a session, and two wallets.
    private void Join()
    {
        for (byte number = 1; number <= 8; number++)
            _voters.Add(new Author(View(), P256Signer.FromPrivateKey(Secret(number)), _time));
        for (byte number = 9; number <= 10; number++)
            _voters.Add(new Author(View(), WalletSigner.FromPrivateKey(Secret(number)), _time));
        Say([.. _voters.Select(static voter => voter.Register("country=DE"))]);
        P256Signer session = P256Signer.FromPrivateKey(Secret(99));
        Moment until = new(Now.Milliseconds + 1_000_000_000);
        Say(_voters[7].Delegate(session.Key, new DelegationTerms("http://localhost", until)));
        _voters[7] = _voters[7].With(session);
        _engine.Checkpoint();
    }

    private static byte[] Secret(byte number) => [.. Enumerable.Repeat(number, 32)];

    private void Play(int round)
    {
        PollDraft draft = new()
        {
            Title = $"Round {round}",
            Options = ["Yes", "No", "Perhaps"],
            Reward = new Amount(1_000),
            Maximum = 5,
            Deadline = new Moment(Now.Milliseconds + 60_000),
        };
        Vote(draft with { Voting = "open" }, votes: 5);
        Vote(draft with { Voting = "sealed" }, votes: 5);
        Vote(draft with { Voting = "sealed", Aggregation = "weighted", Confidence = 6_000 }, votes: 4);
        Vote(draft with { Voting = "open", Payout = "lottery" }, votes: 5);
        Vote(draft with { Voting = "open", Maximum = 9 }, votes: 3);
        Beat();
        Beat();
        Pass(61_000);
        _engine.Run([], Now);
    }

    private void Vote(PollDraft draft, int votes)
    {
        Author requester = _voters[^1];
        Envelope post = requester.Post(draft);
        Say(post);
        TaskId poll = new(requester.IdOf(post).Value);
        for (int number = 0; number < votes; number++)
        {
            Pass(10);
            Author voter = _voters[number + 4];
            uint choice = number == 1 ? 1u : 0u;
            // The target may have been reached before everyone has voted.
            if (_engine.State.FindPoll(poll)?.Stage is not Stage.Voting) return;
            Say(draft.Voting == "open" ? voter.VoteOpenly(poll, choice) : voter.VoteSealed(poll, choice).Message);
        }
    }

    // What a node does from time to time.
    private void Beat()
    {
        _engine.Checkpoint();
        if (_engine.NextBlock(Now) is { } block) _engine.Run([block], Now);
    }

    private Moment Now => new(_time.GetUtcNow().ToUnixTimeMilliseconds());

    private void Pass(long milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private void Say(params Envelope[] messages)
    {
        Authentic[] authentic = [.. messages.Select(message => new Authentic(
            message,
            TypedData.Digest(Keys.Domain, message.Message),
            message.Message is SealedVote vote ? Keys.Read(vote) : null))];
        Assert.All(_engine.Run(authentic, Now).Verdicts, static verdict => Assert.IsType<Verdict.Entered>(verdict));
    }

    private SpaceView View() => new()
    {
        Id = Keys.Space.ToString(),
        Name = Name,
        Network = "sovereign",
        ChainId = "0",
        Factory = default(Bytes32).ToString(),
        Currency = "PLAY",
        Decimals = 2,
        Operator = Keys.Operator.Account.ToString(),
        Grant = "100000",
        Origin = "",
        CheckpointKey = "",
        SealingKey = Hex.Encode(Keys.Sealing.PublicKey.ToArray()),
        Size = "1",
        Polls = "0",
        Accounts = "1",
    };
}
