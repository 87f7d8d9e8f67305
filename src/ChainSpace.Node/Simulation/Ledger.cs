using System.Security.Cryptography;
using ChainSpace.Journal.Media;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Simulation.World;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.State;
using static ChainSpace.Node.Simulation.BrokenInvariantException;
using static ChainSpace.Node.Simulation.Invariant;

namespace ChainSpace.Node.Simulation;

/// <summary>
/// What the world outside knows: every message its people wrote, every entry and checkpoint they were told of. It keeps
/// its own copies and believes nothing of what the machine says later.
/// </summary>
internal sealed class Ledger(AccountId operatorAccount)
{
    private readonly Dictionary<MessageId, Letter> written = [];
    private readonly Dictionary<MessageId, long> entered = [];
    private readonly HashSet<MessageId> refused = [];
    private readonly List<Bytes32> leaves = [];
    private readonly List<Bytes32> chain = [default];
    private readonly VoteBook votes = new();
    private readonly Books books = new();
    private readonly SortedDictionary<long, Checkpoint> checkpoints = [];
    private readonly List<Checkpoint> strays = [];
    private Moment last;
    private Domain? domain;

    /// <summary>Entries the world knows of.</summary>
    public long Count => leaves.Count;

    /// <summary>Every checkpoint ever given out, by size.</summary>
    public IEnumerable<Checkpoint> Checkpoints => checkpoints.Values.Concat(strays);

    /// <summary>The leaf hash of an entry.</summary>
    public Bytes32 LeafAt(long index) => leaves[(int)index];

    /// <summary>
    /// Stands for the first entries by the ids of their messages. Unlike the journal's root it does not depend on
    /// signatures, which the platform makes anew each time, so it is the beacon of a simulation.
    /// </summary>
    public Bytes32 ChainAt(long size) => chain[(int)size];

    /// <summary>Somebody of the crowd wrote this.</summary>
    public void Write(Letter letter) => written.TryAdd(letter.Id, letter);

    public Letter? Find(MessageId id) => written.GetValueOrDefault(id);

    public bool Knows(MessageId id) => entered.ContainsKey(id);

    /// <summary>An entry that was published or found after a crash: somebody wrote it, and it lies on the disk.</summary>
    public void Take(CommittedEntry entry, IJournalMedium disk)
    {
        string where = $"Entry {entry.Index}, {entry.Entry.Message.Type}";
        Unless(entry.Index.Value == Count, AcknowledgedIsKept, $"{where} was published when {Count} entries were known.");
        Unless(entry.Entry.Moment >= last, TimeNeverGoesBack, $"{where} has moment {entry.Entry.Moment} after {last}.");
        long index = entered.GetValueOrDefault(entry.Id);
        Unless(entered.TryAdd(entry.Id, Count), ExactlyOnce, $"{where} is the same message as entry {index}.");
        Unless(IsWritten(entry), ForgedStaysOut, $"{where} was never signed by its author.");
        byte[] leaf = entry.Entry.ToBytes();
        byte[]? stored = Read(disk, Count);
        bool isKept = stored is not null && stored.AsSpan().SequenceEqual(leaf);
        Unless(isKept, AcknowledgedIsKept, $"{where} is {(stored is null ? "not" : "otherwise")} on the disk.");
        leaves.Add(MerkleHash.Leaf(leaf));
        chain.Add(Link(chain[^1], entry.Id));
        last = entry.Entry.Moment;
        refused.Remove(entry.Id);
        votes.See(entry, written.GetValueOrDefault(entry.Id));
        books.See(entry);
    }

    /// <summary>What a sender was told, of a message that had entered before or not.</summary>
    public void Hear(MessageId id, Verdict verdict, bool isRepeat, Moment now)
    {
        if (verdict is Verdict.Entered yes)
        {
            bool isKnown = entered.TryGetValue(id, out long index);
            Unless(isKnown, AcknowledgedIsKept, $"{id} was acknowledged as entry {yes.Index}, which is another.");
            Unless(index == yes.Index.Value, ExactlyOnce, $"{id} was acknowledged as entry {yes.Index} and is {index}.");
            return;
        }

        Refusal refusal = ((Verdict.Refused)verdict).Refusal;
        bool isLate = refusal is Refusal.Stale stale && stale.Expired < now;
        Unless(!isRepeat || isLate, ExactlyOnce, $"{id} is entered, and its repetition got {refusal}.");
        if (!entered.ContainsKey(id)) refused.Add(id);
    }

    /// <summary>Nothing more lies on the disk than the world knows of, and nothing less.</summary>
    public void CheckDisk(IJournalMedium disk)
    {
        long size = disk.ReadExtent().Head.Size;
        Unless(size >= Count, AcknowledgedIsKept, $"The disk has {size} entries, {Count} were published.");
        if (size == Count) return;
        MessageId id = Read(disk, Count) is { } leaf && Entry.TryRead(leaf, out Entry? entry, out _) ? IdOf(entry) : default;
        Unless(!refused.Contains(id), RefusedStaysOut, $"Entry {Count} is {id}, which was refused.");
        throw new BrokenInvariantException(ForgedStaysOut, $"Entry {Count} came into the journal by itself.");
    }

    public void CheckBooks(SpaceState state) => books.Check(state);

    /// <summary>A checkpoint somebody got.</summary>
    public void Keep(byte[] note, SpaceKeys keys)
    {
        bool isRead = Checkpoint.TryRead(note, SpaceKeys.OriginOf(keys.Space), keys.Checkpoints.Verifier, out Checkpoint? read);
        Unless(isRead, CheckpointsAgree, "A checkpoint is not signed by the space.");
        if (!checkpoints.TryAdd(read!.Size, read) && checkpoints[read.Size] != read) strays.Add(read);
    }

    private MessageId IdOf(Entry entry) => TypedData.Digest(domain!, entry.Message);

    private bool IsWritten(CommittedEntry entry)
    {
        if (entry.Entry.Message is CreateSpace create) domain = Domain.Of(create);
        if (written.TryGetValue(entry.Id, out Letter? letter))
        {
            Envelope signed = entry.Entry.Signed;
            return IsSame(signed, letter.Envelope) || (letter.Resigned is { } again && IsSame(signed, again));
        }

        bool isDuty = entry.Entry.Message is Tick or Openings or Conclude or ReportBlock or CreateSpace;
        return isDuty && entry.Entry.Signed.Signer == operatorAccount && entry.Entry.Message.Header.Account == operatorAccount;
    }

    private static bool IsSame(Envelope one, Envelope other) => one.Signer == other.Signer
        && one.Signature.AsSpan().SequenceEqual(other.Signature.AsSpan())
        && CanonicalMessage.Write(one.Message).AsSpan().SequenceEqual(CanonicalMessage.Write(other.Message));

    private static byte[]? Read(IJournalMedium disk, long index)
    {
        byte[]? found = null;
        disk.ReadEntries(index, 1, (_, bytes) => found = bytes.ToArray());
        return found;
    }

    private static Bytes32 Link(Bytes32 before, MessageId id)
    {
        Span<byte> bytes = stackalloc byte[2 * Bytes32.Size];
        before.CopyTo(bytes);
        id.Value.CopyTo(bytes[Bytes32.Size..]);
        return Bytes32.Read(SHA256.HashData(bytes));
    }
}
