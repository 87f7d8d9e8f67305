using System.Collections.Immutable;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Receipts;

/// <summary>
/// Checks a receipt as spec/receipt.md says, without asking anyone. Everything is derived from the space's id: it is the
/// hash of the genesis, which names the checkpoint key. So give the id you know; without it the receipt only proves that
/// it agrees with itself.
/// </summary>
public static class ReceiptVerification
{
    private static readonly ImmutableArray<string> Names =
    [
        ReceiptLink.Space, ReceiptLink.Checkpoint, ReceiptLink.Inclusion, ReceiptLink.Signature, ReceiptLink.Delegation,
    ];

    /// <summary>Never throws, whatever the document holds.</summary>
    /// <param name="document">What a node, or anybody, handed over.</param>
    /// <param name="expected">The space it should be of; null takes the receipt's word for it.</param>
    public static ReceiptCheck Verify(ReceiptDocument document, SpaceId? expected)
    {
        ArgumentNullException.ThrowIfNull(document);
        Links links = new();

        if (SpaceLink.Check(document, expected, out SpaceLink space) is { } noSpace) return links.Fail(noSpace);
        links.Hold(ReceiptSentences.Space(space.Genesis, space.Space));

        if (SpaceLink.CheckCheckpoint(document, space, out Checkpoint checkpoint) is { } notSigned) return links.Fail(notSigned);
        links.Hold(ReceiptSentences.Checkpoint(checkpoint));

        if (InclusionLink.Check(document, checkpoint, out long index) is { } notIncluded) return links.Fail(notIncluded);
        links.Hold(ReceiptSentences.Inclusion(index, checkpoint.Size));

        if (SignatureLink.Check(document, space.Domain, out Entry entry) is { } forged) return links.Fail(forged);
        links.Hold(ReceiptSentences.Signature(entry));

        if (DelegationLink.Check(document, space.Domain, entry) is { } notDelegated) return links.Fail(notDelegated);
        links.Hold(ReceiptSentences.Delegation(entry));

        MessageId id = TypedData.Digest(space.Domain, entry.Message);
        return links.Prove(new ProvenMessage(space.Space, new EntryIndex(index), entry, id, checkpoint.Size));
    }

    private sealed class Links
    {
        private readonly ImmutableArray<ReceiptLink>.Builder found = ImmutableArray.CreateBuilder<ReceiptLink>(Names.Length);

        public void Hold(string sentence) => found.Add(new ReceiptLink(Names[found.Count], sentence, null));

        public ReceiptCheck Fail(ReceiptFault fault)
        {
            Add(fault);
            while (found.Count < Names.Length) Add(new ReceiptFault.NotReached());
            return new ReceiptCheck(found.ToImmutable(), null);
        }

        public ReceiptCheck Prove(ProvenMessage proven) => new(found.ToImmutable(), proven);

        private void Add(ReceiptFault fault) =>
            found.Add(new ReceiptLink(Names[found.Count], ReceiptSentences.Explain(fault), fault));
    }
}
