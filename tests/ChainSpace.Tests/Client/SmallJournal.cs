using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Tests.Client;

/// <summary>A space with a journal in memory and fixed keys; whatever it is told goes in, sound or not.</summary>
internal sealed class SmallJournal : IHashSource, IDisposable
{
    public static readonly Moment Start = new(1_793_404_800_000);

    private readonly List<byte[]> _leaves = [];
    private readonly NoteSigner _notes;
    private ulong _nonce;

    public SmallJournal(string name = "demo")
    {
        Operator = P256Signer.FromPrivateKey(Fill(1));
        using ChainSpace.Protocol.Crypto.SealingKey sealing = ChainSpace.Protocol.Crypto.SealingKey.FromPrivateKey(Fill(3));
        SealingKey = sealing.PublicKey;
        using NoteSigner unnamed = new("unnamed", Fill(2));
        string key = unnamed.Verifier.ToString().Split('+', 3)[2];
        Genesis = new CreateSpace(HeaderOf(Operator.Account))
        {
            Name = name,
            Network = "sovereign",
            Currency = "points",
            Decimals = 2,
            Grant = new Amount(100_00),
            CheckpointKey = Bytes32.Read(Convert.FromBase64String(key).AsSpan(1)),
            SealingKey = [.. SealingKey.ToArray()],
            Key = [.. Operator.PublicKey.Span],
        };
        Space = TypedData.SpaceOf(Genesis);
        Domain = new Domain(Space);
        _notes = new NoteSigner(Origin, Fill(2));
        Add(Genesis, Operator);
    }

    public P256Signer Operator { get; }

    public P256PublicKey SealingKey { get; }

    public CreateSpace Genesis { get; }

    public SpaceId Space { get; }

    public Domain Domain { get; }

    public string Origin => OriginOf(Space);

    public long Size => _leaves.Count;

    public static string OriginOf(SpaceId space) => $"chainspace/{space.ToString()[2..]}";

    public static byte[] Fill(byte value) => [.. Enumerable.Repeat(value, Bytes32.Size)];

    public Header HeaderOf(AccountId account) => new(account, ++_nonce, new Moment(Start.Milliseconds + 600_000));

    public long Add(Message message, Signer signer, long after = 0) => Add(Signed(message, signer, Domain), after);

    public long Add(Envelope envelope, long after = 0)
    {
        _leaves.Add(new Entry(envelope, new Moment(Start.Milliseconds + after)).ToBytes());
        return Size - 1;
    }

    public static Envelope Signed(Message message, Signer signer, Domain domain) =>
        new(message, signer.Account, [.. signer.Sign(TypedData.Digest(domain, message).Value)]);

    public ReceiptDocument Receipt(long index, Signer signer, long? delegation = null, Signer? owner = null) => new()
    {
        Format = ReceiptDocument.CurrentFormat,
        Space = Space.ToString(),
        Index = Proven(index).Index,
        Entry = Proven(index).Entry,
        Proof = Proven(index).Proof,
        Checkpoint = Note(_notes, Origin, Size),
        Genesis = Proven(0),
        Delegation = delegation is { } at ? Proven(at) : null,
        Key = KeyOf(signer),
        AccountKey = KeyOf(owner),
    };

    public string Note(NoteSigner signer, string origin, long size) => System.Text.Encoding.UTF8.GetString(
        signer.Sign(new Checkpoint(origin, size, MerkleProver.Root(this, Size), []).Text).Write());

    public static string? KeyOf(Signer? signer) =>
        signer is null or WalletSigner ? null : Hex.Encode(signer.PublicKey.Span);

    public Bytes32 Hash(int level, long index) => level == 0
        ? MerkleHash.Leaf(_leaves[(int)index])
        : MerkleHash.Node(Hash(level - 1, 2 * index), Hash(level - 1, 2 * index + 1));

    public void Dispose()
    {
        Operator.Dispose();
        _notes.Dispose();
    }

    private ProvenEntry Proven(long index) => new(
        index.ToString(System.Globalization.CultureInfo.InvariantCulture),
        System.Text.Encoding.UTF8.GetString(_leaves[(int)index]),
        [.. MerkleProver.ProveInclusion(this, index, Size).Path.Select(hash => hash.ToString())]);
}
