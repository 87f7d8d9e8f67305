using System.Collections.Immutable;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Client.Receipts;

/// <summary>Link 3 of spec/receipt.md: entry, genesis and delegation all stand in the tree of the one checkpoint.</summary>
internal static class InclusionLink
{
    public static ReceiptFault? Check(ReceiptDocument document, Checkpoint checkpoint, out long index)
    {
        ReceiptFault? fault = Check("", document.Index, document.Entry, document.Proof, checkpoint);
        fault ??= Check("genesis.", document.Genesis, checkpoint);
        if (document.Delegation is { } delegation) fault ??= Check("delegation.", delegation, checkpoint);
        // Read once more for the caller; the check above has found it readable.
        _ = Spelling.TryReadIndex(document.Index, out index);
        return fault;
    }

    private static ReceiptFault? Check(string which, ProvenEntry proven, Checkpoint checkpoint) =>
        Check(which, proven.Index, proven.Entry, proven.Proof, checkpoint);

    private static ReceiptFault? Check(
        string which, string? index, string? entry, IReadOnlyList<string>? proof, Checkpoint checkpoint)
    {
        if (!Spelling.TryReadIndex(index, out long place)) return new ReceiptFault.Unreadable(which + "index");
        if (!Spelling.TryReadBytes(entry, out byte[]? leaf)) return new ReceiptFault.Unreadable(which + "entry");
        if (!Spelling.TryReadPath(proof, out ImmutableArray<Bytes32> path)) return new ReceiptFault.Unreadable(which + "proof");

        InclusionProof inclusion = new(place, checkpoint.Size, path);
        bool isProved = inclusion.Proves(MerkleHash.Leaf(leaf), checkpoint.Root);
        return isProved ? null : new ReceiptFault.NotIncluded(which + "entry", place, checkpoint.Size);
    }
}
