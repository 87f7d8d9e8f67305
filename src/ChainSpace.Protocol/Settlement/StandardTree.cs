using System.Collections.Immutable;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Settlement;

/// <summary>
/// A Merkle tree as OpenZeppelin's StandardMerkleTree lays it out: leaves sorted by hash and laid into an array from its
/// end, each node the hash of its sorted children. Contracts and <c>@openzeppelin/merkle-tree</c> check its proofs.
/// </summary>
public sealed class StandardTree
{
    // Node n has the children 2n + 1 and 2n + 2; the last half of the array are the leaves, the largest hash first.
    private readonly Bytes32[] nodes;
    private readonly int[] places;

    private StandardTree(Bytes32[] nodes, int[] places) => (this.nodes, this.places) = (nodes, places);

    /// <summary>The root; zero without leaves.</summary>
    public Bytes32 Root => nodes.Length == 0 ? default : nodes[0];

    /// <summary>The hashes as an array, root first: what <c>StandardMerkleTree.dump()</c> calls its tree.</summary>
    public ReadOnlySpan<Bytes32> Nodes => nodes;

    /// <summary>The tree over these hashes of leaves, in any order.</summary>
    public static StandardTree Of(ReadOnlySpan<Bytes32> leaves)
    {
        if (leaves.IsEmpty) return new StandardTree([], []);
        Bytes32[] hashes = leaves.ToArray();
        int[] order = [.. Enumerable.Range(0, hashes.Length)];
        Array.Sort(hashes, order);

        Bytes32[] nodes = new Bytes32[2 * hashes.Length - 1];
        int[] places = new int[hashes.Length];
        for (int rank = 0; rank < order.Length; rank++)
        {
            int node = nodes.Length - 1 - rank;
            (nodes[node], places[order[rank]]) = (hashes[rank], node);
        }

        for (int node = hashes.Length - 2; node >= 0; node--) nodes[node] = Parent(nodes[2 * node + 1], nodes[2 * node + 2]);
        return new StandardTree(nodes, places);
    }

    /// <summary>Place among <see cref="Nodes"/> of a leaf, by its place among those the tree was made of.</summary>
    public int NodeOf(int leaf) => places[leaf];

    /// <summary>The sibling hashes from a leaf up to the root.</summary>
    public ImmutableArray<Bytes32> Prove(int leaf)
    {
        ImmutableArray<Bytes32>.Builder proof = ImmutableArray.CreateBuilder<Bytes32>();
        for (int node = places[leaf]; node > 0; node = (node - 1) / 2) proof.Add(nodes[SiblingOf(node)]);
        return proof.ToImmutable();
    }

    /// <summary>Whether a leaf's hash stands under a root.</summary>
    public static bool Verify(Bytes32 root, Bytes32 leaf, IEnumerable<Bytes32> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return proof.Aggregate(leaf, Parent) == root;
    }

    /// <summary>The node beside this one; not for the root.</summary>
    internal static int SiblingOf(int node) => node % 2 == 0 ? node - 1 : node + 1;

    private static Bytes32 Parent(Bytes32 left, Bytes32 right)
    {
        Span<byte> pair = stackalloc byte[2 * Bytes32.Size];
        (left.CompareTo(right) <= 0 ? left : right).CopyTo(pair);
        (left.CompareTo(right) <= 0 ? right : left).CopyTo(pair[Bytes32.Size..]);
        return Keccak256.Hash(pair);
    }
}
