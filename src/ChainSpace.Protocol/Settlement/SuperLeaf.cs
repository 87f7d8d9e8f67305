using System.Buffers.Binary;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Settlement;

/// <summary>One space's head among those that an operator anchors together. See spec/settlement.md, "Anchors".</summary>
/// <param name="Space">Whose.</param>
/// <param name="Size">Entries of its journal.</param>
/// <param name="Root">The journal's root at that size.</param>
/// <param name="PayoutRoot">Root of its payout tree; zero for a space without a vault.</param>
/// <param name="ReputationRoot">Root of its <see cref="ScoreTree"/>.</param>
public readonly record struct SuperLeaf(SpaceId Space, ulong Size, Bytes32 Root, Bytes32 PayoutRoot, Bytes32 ReputationRoot)
{
    /// <summary>Its hash in the tree: hashed twice, so that no node of the tree can pass for a leaf.</summary>
    public Bytes32 Hash()
    {
        Span<byte> words = stackalloc byte[5 * Bytes32.Size];
        words.Clear();
        Space.Value.CopyTo(words);
        BinaryPrimitives.WriteUInt64BigEndian(words[56..], Size);
        Root.CopyTo(words[64..]);
        PayoutRoot.CopyTo(words[96..]);
        ReputationRoot.CopyTo(words[128..]);
        Keccak256.Hash(words, words);
        return Keccak256.Hash(words[..Bytes32.Size]);
    }
}
