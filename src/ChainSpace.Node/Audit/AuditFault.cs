using ChainSpace.Journal.Check;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Rules;

namespace ChainSpace.Node.Audit;

/// <summary>The first thing an audit finds wrong, with its place. <see cref="AuditWords"/> says it in a sentence.</summary>
public abstract record AuditFault
{
    private AuditFault() { }

    /// <summary>The journal founds another space than the one asked for.</summary>
    public sealed record WrongSpace(SpaceId Found, SpaceId Expected) : AuditFault;

    /// <summary>Entries, tiles, head and checkpoints are not of one tree.</summary>
    public sealed record WrongTree(JournalFault Where) : AuditFault;

    /// <summary>The space's key did not sign this checkpoint, or it is none of this journal.</summary>
    public sealed record WrongCheckpoint(long Size) : AuditFault;

    /// <summary>The journal does not begin with the entries of a checkpoint that was kept from before.</summary>
    public sealed record HistoryChanged(long Size) : AuditFault;

    /// <summary>The bytes are not the one canonical spelling of an entry.</summary>
    public sealed record NotCanonical(EntryIndex Entry) : AuditFault;

    /// <summary>The entry's signer did not sign it.</summary>
    public sealed record BadSignature(EntryIndex Entry, SignatureAnswer Answer) : AuditFault;

    /// <summary>The entry is stamped earlier than the one before it.</summary>
    public sealed record BackDated(EntryIndex Entry, Moment Stamped, Moment Before) : AuditFault;

    /// <summary>The rules do not accept the entry.</summary>
    public sealed record Refused(EntryIndex Entry, Refusal Refusal) : AuditFault;

    /// <summary>The rules come to no answer: a number in the entry is beyond anything they reckon with.</summary>
    public sealed record Unruly(EntryIndex Entry, string Because) : AuditFault;

    /// <summary>The reported block's root is not the journal's at its size.</summary>
    public sealed record WrongBlock(EntryIndex Entry, long Size) : AuditFault;

    /// <summary>With this entry a sealed poll was counted although the operator had not dealt with all its votes.</summary>
    public sealed record Withheld(EntryIndex Entry, TaskId Poll, int Opened, int Votes) : AuditFault;

    /// <summary>The checkpoint vouches for another state than the entries give.</summary>
    public sealed record WrongState(long Size, Bytes32? Claimed, Bytes32 Computed) : AuditFault;

    /// <summary>The checkpoint vouches for other payouts than the entries give.</summary>
    public sealed record WrongPayouts(long Size, Bytes32 Claimed, Bytes32 Computed) : AuditFault;

    /// <summary>The reported anchor's root is not the journal's at its size.</summary>
    public sealed record WrongAnchor(EntryIndex Entry, long Size) : AuditFault;

    /// <summary>The chain has no such anchor in the block that is reported.</summary>
    public sealed record AnchorNotOnChain(EntryIndex Entry, ulong Height) : AuditFault;

    /// <summary>The chain's block of this number has another randomness.</summary>
    public sealed record BlockNotOnChain(EntryIndex Entry, ulong Height) : AuditFault;

    /// <summary>Something was drawn by a block that is not the first after the moment it waited since.</summary>
    public sealed record BlockChosen(EntryIndex Entry, ulong Height) : AuditFault;

    /// <summary>The vault has not received what was credited.</summary>
    public sealed record DepositNotOnChain(string Because) : AuditFault;

    /// <summary>The chain does not answer, so nothing that is reported of it could be compared.</summary>
    public sealed record ChainSilent(string Because) : AuditFault;

    /// <summary>The balances do not add up to the supply.</summary>
    public sealed record WrongSum(long Size, Amount Balances, Amount Supply) : AuditFault;
}
