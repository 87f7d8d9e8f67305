using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Receipts;

/// <summary>What checking a receipt found: all five links in the order of spec/receipt.md.</summary>
public sealed record ReceiptCheck(ImmutableArray<ReceiptLink> Links, ProvenMessage? Proven)
{
    /// <summary>True if every link holds; only then there is something proven.</summary>
    [MemberNotNullWhen(true, nameof(Proven))]
    public bool IsValid => Proven is not null;

    /// <summary>Name of the first link that does not hold; null for a valid receipt.</summary>
    public string? Failing => Links.FirstOrDefault(link => !link.IsOk)?.Name;
}

/// <summary>One link of the chain from the space's id to the message.</summary>
/// <param name="Name"><c>space</c>, <c>checkpoint</c>, <c>inclusion</c>, <c>signature</c> or <c>delegation</c>.</param>
/// <param name="Sentence">What holds, or what does not, in plain words.</param>
/// <param name="Fault">Null where the link holds.</param>
public sealed record ReceiptLink(string Name, string Sentence, ReceiptFault? Fault)
{
    public const string Space = "space", Checkpoint = "checkpoint", Inclusion = "inclusion";
    public const string Signature = "signature", Delegation = "delegation";

    public bool IsOk => Fault is null;
}

/// <summary>What a valid receipt proves: this entry stands at this place of this space's journal of at least this size.</summary>
public sealed record ProvenMessage(SpaceId Space, EntryIndex Index, Entry Entry, MessageId Id, long Size);
