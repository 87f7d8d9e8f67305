using System.Collections.Immutable;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Settlement;

/// <summary>
/// The payouts of a space as an OpenZeppelin StandardMerkleTree: leaves sorted by hash and laid into an array from its
/// end, each node the hash of its sorted children. Vaults and <c>@openzeppelin/merkle-tree</c> check its proofs.
/// </summary>
public sealed class PayoutTree
{
    // Node n has the children 2n + 1 and 2n + 2; the last half of the array are the leaves, the largest hash first.
    private readonly Bytes32[] nodes;
    private readonly Dictionary<AccountId, (PayoutLeaf Leaf, int Node)> places;

    private PayoutTree(Bytes32[] nodes, Dictionary<AccountId, (PayoutLeaf, int)> places) =>
        (this.nodes, this.places) = (nodes, places);

    /// <summary>The root; zero without leaves.</summary>
    public Bytes32 Root => nodes.Length == 0 ? default : nodes[0];

    /// <summary>Number of accounts.</summary>
    public int Count => places.Count;

    /// <summary>The tree over these leaves, in any order; an account may have one.</summary>
    /// <exception cref="ArgumentException">An account has two.</exception>
    public static PayoutTree Of(IReadOnlyList<PayoutLeaf> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        if (leaves.Count == 0) return new PayoutTree([], []);

        Bytes32[] hashes = new Bytes32[leaves.Count];
        int[] order = new int[leaves.Count];
        for (int i = 0; i < order.Length; i++) (hashes[i], order[i]) = (leaves[i].Hash(), i);
        Array.Sort(hashes, order);

        Bytes32[] nodes = new Bytes32[2 * leaves.Count - 1];
        Dictionary<AccountId, (PayoutLeaf, int)> places = new(leaves.Count);
        for (int rank = 0; rank < order.Length; rank++)
        {
            int node = nodes.Length - 1 - rank;
            nodes[node] = hashes[rank];
            places.Add(leaves[order[rank]].Account, (leaves[order[rank]], node));
        }

        for (int node = leaves.Count - 2; node >= 0; node--) nodes[node] = Parent(nodes[2 * node + 1], nodes[2 * node + 2]);
        return new PayoutTree(nodes, places);
    }

    /// <summary>The account's leaf, or null where it has none.</summary>
    public PayoutLeaf? Find(AccountId account) => places.TryGetValue(account, out var place) ? place.Leaf : null;

    /// <summary>The sibling hashes from the account's leaf up to the root.</summary>
    /// <exception cref="KeyNotFoundException">The account has no leaf.</exception>
    public ImmutableArray<Bytes32> Prove(AccountId account)
    {
        ImmutableArray<Bytes32>.Builder proof = ImmutableArray.CreateBuilder<Bytes32>();
        for (int node = places[account].Node; node > 0; node = (node - 1) / 2)
            proof.Add(nodes[node % 2 == 0 ? node - 1 : node + 1]);
        return proof.ToImmutable();
    }

    /// <summary>Shows the leaves of these accounts at once.</summary>
    /// <exception cref="KeyNotFoundException">One of them has no leaf.</exception>
    public MultiProof ProveMany(IReadOnlyCollection<AccountId> accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        (PayoutLeaf Leaf, int Node)[] wanted = [.. accounts.Select(each => places[each]).OrderByDescending(static p => p.Item2)];
        Queue<int> known = new(wanted.Select(static place => place.Node));
        ImmutableArray<Bytes32>.Builder proof = ImmutableArray.CreateBuilder<Bytes32>();
        ImmutableArray<bool>.Builder flags = ImmutableArray.CreateBuilder<bool>();

        // Nodes come in falling order, so a sibling that is there already is the very next.
        while (known.TryDequeue(out int node) && node > 0)
        {
            int sibling = node % 2 == 0 ? node - 1 : node + 1;
            bool isKnown = known.TryPeek(out int next) && next == sibling;
            if (isKnown) known.Dequeue();
            else proof.Add(nodes[sibling]);
            flags.Add(isKnown);
            known.Enqueue((node - 1) / 2);
        }

        if (wanted.Length == 0 && nodes.Length > 0) proof.Add(nodes[0]);
        return new MultiProof([.. wanted.Select(static place => place.Leaf)], proof.ToImmutable(), flags.ToImmutable());
    }

    /// <summary>The hashes of the tree as an array, root first: what <c>StandardMerkleTree.dump()</c> calls its tree.</summary>
    public ReadOnlySpan<Bytes32> Nodes => nodes;

    /// <summary>Every leaf and its place among <see cref="Nodes"/>, in no particular order.</summary>
    public IEnumerable<(PayoutLeaf Leaf, int Node)> Leaves => places.Values;

    /// <summary>Whether a leaf stands under a root.</summary>
    public static bool Verify(Bytes32 root, PayoutLeaf leaf, IEnumerable<Bytes32> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return proof.Aggregate(leaf.Hash(), Parent) == root;
    }

    private static Bytes32 Parent(Bytes32 left, Bytes32 right)
    {
        Span<byte> pair = stackalloc byte[2 * Bytes32.Size];
        (left.CompareTo(right) <= 0 ? left : right).CopyTo(pair);
        (left.CompareTo(right) <= 0 ? right : left).CopyTo(pair[Bytes32.Size..]);
        return Keccak256.Hash(pair);
    }
}
