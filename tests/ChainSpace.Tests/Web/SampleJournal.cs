using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using NSec.Cryptography;

namespace ChainSpace.Tests.Web;

/// <summary>
/// A small journal with true signatures, and receipts made straight from spec/receipt.md and RFC 9162 by the recursive
/// definitions: a second implementation for the browser's checks to agree with.
/// </summary>
internal sealed class SampleJournal
{
    private static readonly Moment _start = new(1_795_000_000_000);

    private readonly P256Signer operatorKey = P256Signer.Create();
    private readonly P256Signer voterKey = P256Signer.Create();
    private readonly P256Signer sessionKey = P256Signer.Create();
    private readonly WalletSigner wallet = WalletSigner.Create();
    private readonly Key checkpointKey = Key.Create(SignatureAlgorithm.Ed25519);
    private readonly List<Entry> entries = [];
    private readonly Domain domain;
    private ulong nonce;

    public SampleJournal()
    {
        CreateSpace genesis = new(Header(operatorKey))
        {
            Name = "helpdesk",
            Network = "sovereign",
            Currency = "PLAY",
            Decimals = 2,
            Grant = new Amount(100_000),
            CheckpointKey = Bytes32.Read(checkpointKey.PublicKey.Export(KeyBlobFormat.RawPublicKey)),
            SealingKey = [.. operatorKey.PublicKey.Span],
            Key = [.. operatorKey.PublicKey.Span],
        };
        Space = TypedData.SpaceOf(genesis);
        domain = new Domain(Space);
        Poll = new TaskId(Bytes32.Read(SHA256.HashData("poll"u8)));
        Add(genesis, operatorKey);
        Add(new Register(Header(voterKey), [.. voterKey.PublicKey.Span], "language=de"), voterKey);
        Add(new Vote(Header(voterKey), Poll, 1), voterKey);
        Add(Delegation(), voterKey);
        Add(new Vote(Header(voterKey), Poll, 2), sessionKey);
        Add(new Vote(Header(wallet), Poll, 1), wallet);
        Add(new Tick(Header(operatorKey)), operatorKey);
    }

    public const int OwnVote = 2;
    public const int SessionVote = 4;
    public const int WalletVote = 5;

    public SpaceId Space { get; }

    public TaskId Poll { get; }

    public string Voter => voterKey.Account.ToString();

    public int Size => entries.Count;

    public string Origin => $"chainspace/{Space.ToString()[2..]}";

    public ReceiptDocument Receipt(int index) => new()
    {
        Format = ReceiptDocument.CurrentFormat,
        Space = Space.ToString(),
        Index = index.ToString(CultureInfo.InvariantCulture),
        Entry = Text(index),
        Proof = Proof(index),
        Checkpoint = Checkpoint(),
        Genesis = new ProvenEntry("0", Text(0), Proof(0)),
        Delegation = index == SessionVote ? new ProvenEntry("3", Text(3), Proof(3)) : null,
        Key = index switch
        {
            SessionVote => Hex(sessionKey.PublicKey.Span),
            WalletVote => null,
            0 or 6 => Hex(operatorKey.PublicKey.Span),
            _ => Hex(voterKey.PublicKey.Span),
        },
        AccountKey = index == SessionVote ? Hex(voterKey.PublicKey.Span) : null,
    };

    private Protocol.Messages.Delegate Delegation() => new(Header(voterKey))
    {
        Audience = "http://localhost:8080",
        Key = [.. sessionKey.PublicKey.Span],
        MaximumSpend = Amount.Zero,
        Scopes = "post,vote",
        Until = new Moment(_start.Milliseconds + 1_000_000),
    };

    private Header Header(Signer signer) => new(signer.Account, ++nonce, new Moment(_start.Milliseconds + 60_000));

    private void Add(Message message, Signer signer)
    {
        ImmutableArray<byte> signature = [.. signer.Sign(TypedData.Digest(domain, message).Value)];
        Moment moment = new(_start.Milliseconds + (1000 * entries.Count));
        entries.Add(new Entry(new Envelope(message, signer.Account, signature), moment));
    }

    private string Text(int index) => Encoding.ASCII.GetString(entries[index].ToBytes());

    private byte[][] Leaves() => [.. entries.Select(entry => SHA256.HashData([0, .. entry.ToBytes()]))];

    private string[] Proof(int index) => [.. Path(index, Leaves()).Select(hash => Hex(hash))];

    private string Checkpoint()
    {
        string text = $"{Origin}\n{Size}\n{Convert.ToBase64String(Root(Leaves()))}\n";
        byte[] key = checkpointKey.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        byte[] id = SHA256.HashData([.. Encoding.UTF8.GetBytes(Origin), 0x0A, 0x01, .. key])[..4];
        byte[] signature = SignatureAlgorithm.Ed25519.Sign(checkpointKey, Encoding.UTF8.GetBytes(text));
        return $"{text}\n— {Origin} {Convert.ToBase64String([.. id, .. signature])}\n";
    }

    // RFC 9162 §2.1.1 and §2.1.3.1.
    private static byte[] Root(byte[][] leaves) => leaves.Length == 1
        ? leaves[0]
        : SHA256.HashData([1, .. Root(leaves[..Split(leaves)]), .. Root(leaves[Split(leaves)..])]);

    private static List<byte[]> Path(int index, byte[][] leaves)
    {
        if (leaves.Length == 1) return [];
        int split = Split(leaves);
        return index < split
            ? [.. Path(index, leaves[..split]), Root(leaves[split..])]
            : [.. Path(index - split, leaves[split..]), Root(leaves[..split])];
    }

    private static int Split(byte[][] leaves) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)leaves.Length) / 2;

    private static string Hex(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
