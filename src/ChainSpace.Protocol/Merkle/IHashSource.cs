namespace ChainSpace.Protocol.Merkle;

/// <summary>Where a prover gets hashes from: tiles on disk, tiles fetched over HTTP, or leaves in memory.</summary>
public interface IHashSource
{
    /// <summary>
    /// The root of the perfect subtree over leaves [index × 2^level, (index + 1) × 2^level). Asked only for subtrees
    /// that lie wholly inside the tree.
    /// </summary>
    Bytes32 Hash(int level, long index);
}
