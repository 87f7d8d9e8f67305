using System.Collections.Immutable;

namespace ChainSpace.Protocol.Merkle;

/// <summary>
/// That a leaf stands at an index of the tree of a size. Only together with a signed size does it say anything: trees of
/// different sizes can share paths.
/// </summary>
public sealed record InclusionProof(long Index, long Size, ImmutableArray<Bytes32> Path)
{
    /// <summary>Verifies by RFC 9162 §2.1.3.2; false for anything malformed.</summary>
    public bool Proves(Bytes32 leaf, Bytes32 root)
    {
        if (Index < 0 || Index >= Size || Path.IsDefault) return false;

        (long node, long last, Bytes32 hash) = (Index, Size - 1, leaf);
        foreach (Bytes32 sibling in Path)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.Node(sibling, hash);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }
}
