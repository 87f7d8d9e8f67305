using System.Collections.Immutable;
using ChainSpace.Journal;
using ChainSpace.Journal.Media;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.State;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Views;

/// <summary>A space with a journal in memory and twelve people who sign what they say; person 0 operates it.</summary>
internal sealed class Village : IDisposable
{
    public const int People = 12;

    private readonly Rulebook rules = new(new SpaceState());
    private readonly P256Signer[] signers = [.. Enumerable.Range(0, People).Select(number => NewKey((byte)(number + 1)))];
    private readonly NoteSigner notes;
    private readonly bool isSigning;
    private ulong nonce;

    public Village(bool isSigning = false, bool isOnChain = false)
    {
        this.isSigning = isSigning;
        using NoteSigner key = new("name", new byte[32]);
        CreateSpace genesis = new(HeaderOf(0))
        {
            Name = "village",
            Network = "sovereign",
            Currency = "POINT",
            Decimals = 2,
            Grant = new Amount(1_000),
            CheckpointKey = Bytes32.Read(Convert.FromBase64String(key.Verifier.ToString().Split('+', 3)[2]).AsSpan(1)),
            SealingKey = [.. Session.PublicKey.Span],
            Key = [.. signers[0].PublicKey.Span],
        };
        if (isOnChain) genesis = genesis.OnChain("wallet");
        Domain = Domain.Of(genesis);
        notes = new NoteSigner($"chainspace/{Domain.Space.ToString()[2..]}", new byte[32]);
        Assert.Null(Say(genesis));
    }

    public Domain Domain { get; }

    public P256Signer Session { get; } = NewKey(100);

    public JournalStore Journal { get; } = JournalStore.Open(new MemoryMedium());

    public List<CommittedEntry> Entries { get; } = [];

    public SpaceState State => rules.State;

    public Moment Now { get; set; } = new(1_000_000);

    public AccountId Person(int number) => signers[number].Account;

    public ImmutableArray<byte> KeyOf(int number) => [.. signers[number].PublicKey.Span];

    public int NumberOf(AccountId person) => Array.FindIndex(signers, each => each.Account == person);

    public Header HeaderOf(int person) => new(Person(person), ++nonce, Later(60_000));

    public Moment Later(long milliseconds) => new(Now.Milliseconds + milliseconds);

    /// <summary>One message into the journal, unless the rules refuse it; ticks first where something is due.</summary>
    public Refusal? Say(Message message, bool bySession = false)
    {
        if (State.NextDue <= Now && message is not Tick) Assert.Null(Say(new Tick(HeaderOf(0))));
        P256Signer signer = bySession ? Session : signers[NumberOf(message.Header.Account)];
        MessageId id = TypedData.Digest(Domain, message);
        Envelope envelope = new(message, signer.Account, [.. isSigning ? signer.Sign(id.Value) : new byte[64]]);
        EntryIndex index = new(State.Size);
        if (rules.Apply(envelope, id, Now) is { } refusal) return refusal;

        Entry entry = new(envelope, Now);
        Journal.Append(index.Value, [entry.ToBytes()]);
        Entries.Add(new CommittedEntry(index, entry, id, [.. rules.Facts]));
        return null;
    }

    public Refusal? Register(int person, string attributes = "") =>
        Say(new Register(HeaderOf(person), KeyOf(person), attributes));

    public PostPoll Draft(int person) => new(HeaderOf(person))
    {
        Aggregation = "weighted",
        Category = "maths",
        Confidence = 0,
        Content = Keccak256.Hash([(byte)person]),
        Height = 0,
        Deadline = Later(600_000),
        Inconclusive = "equal",
        Maximum = 5,
        Minimum = 1,
        Named = [],
        Options = 3,
        Payout = "majority",
        Reward = new Amount(20),
        Sample = 0,
        Voters = "open",
        Voting = "open",
    };

    /// <summary>An open job of 100 units.</summary>
    public PostJob JobOf(int person) => new(HeaderOf(person))
    {
        Bond = 0,
        Category = "maths",
        Content = Keccak256.Hash([(byte)person]),
        Deadline = Later(86_400_000),
        Jury = 0,
        Lease = 3_600_000,
        Mode = "open",
        Review = 3_600_000,
        Revisions = 0,
        Reward = new Amount(100),
        Winners = 1,
        Workers = "open",
    };

    public PostBatch BatchOf(int person) => new(HeaderOf(person))
    {
        Category = "maths",
        Content = Keccak256.Hash([(byte)person]),
        Deadline = Later(600_000),
        Format = "single",
        Group = 2,
        Options = 3,
        Payout = "each",
        Training = 0,
    };

    public TaskId IdOf(PostBatch batch) => new(TypedData.Digest(Domain, batch).Value);

    public TaskId IdOf(PostJob job) => new(TypedData.Digest(Domain, job).Value);

    public TaskId IdOf(PostPoll poll) => new(TypedData.Digest(Domain, poll).Value);

    public void SignCheckpoint()
    {
        Checkpoint checkpoint = new(notes.Verifier.Name, Journal.Size, Journal.Root, []);
        Journal.SaveCheckpoint(notes.Sign(checkpoint.Text).Write(), Journal.Size);
    }

    public void Dispose()
    {
        foreach (P256Signer signer in signers) signer.Dispose();
        Session.Dispose();
        notes.Dispose();
        Journal.Dispose();
    }

    private static P256Signer NewKey(byte number) => P256Signer.FromPrivateKey([.. Enumerable.Repeat(number, 32)]);
}
