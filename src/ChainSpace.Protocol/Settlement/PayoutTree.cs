using System.Collections.Immutable;

namespace ChainSpace.Protocol.Settlement;

/// <summary>The payouts of a space as a <see cref="StandardTree"/>, one leaf for each account. Vaults check its proofs.</summary>
public sealed class PayoutTree
{
    private readonly StandardTree tree;
    private readonly Dictionary<AccountId, (PayoutLeaf Leaf, int Place)> places;

    private PayoutTree(StandardTree tree, Dictionary<AccountId, (PayoutLeaf, int)> places) =>
        (this.tree, this.places) = (tree, places);

    /// <summary>The root; zero without leaves.</summary>
    public Bytes32 Root => tree.Root;

    /// <summary>Number of accounts.</summary>
    public int Count => places.Count;

    /// <summary>The tree over these leaves, in any order; an account may have one.</summary>
    /// <exception cref="ArgumentException">An account has two.</exception>
    public static PayoutTree Of(IReadOnlyList<PayoutLeaf> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        Bytes32[] hashes = new Bytes32[leaves.Count];
        Dictionary<AccountId, (PayoutLeaf, int)> places = new(leaves.Count);
        for (int place = 0; place < hashes.Length; place++)
        {
            hashes[place] = leaves[place].Hash();
            places.Add(leaves[place].Account, (leaves[place], place));
        }

        return new PayoutTree(StandardTree.Of(hashes), places);
    }

    /// <summary>The account's leaf, or null where it has none.</summary>
    public PayoutLeaf? Find(AccountId account) => places.TryGetValue(account, out var place) ? place.Leaf : null;

    /// <summary>The sibling hashes from the account's leaf up to the root.</summary>
    /// <exception cref="KeyNotFoundException">The account has no leaf.</exception>
    public ImmutableArray<Bytes32> Prove(AccountId account) => tree.Prove(places[account].Place);

    /// <summary>Shows the leaves of these accounts at once.</summary>
    /// <exception cref="KeyNotFoundException">One of them has no leaf.</exception>
    public MultiProof ProveMany(IReadOnlyCollection<AccountId> accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        (PayoutLeaf Leaf, int Node)[] wanted =
            [.. accounts.Select(NodeOf).OrderByDescending(static place => place.Node)];
        Queue<int> known = new(wanted.Select(static place => place.Node));
        ImmutableArray<Bytes32>.Builder proof = ImmutableArray.CreateBuilder<Bytes32>();
        ImmutableArray<bool>.Builder flags = ImmutableArray.CreateBuilder<bool>();

        // Nodes come in falling order, so a sibling that is there already is the very next.
        while (known.TryDequeue(out int node) && node > 0)
        {
            int sibling = StandardTree.SiblingOf(node);
            bool isKnown = known.TryPeek(out int next) && next == sibling;
            if (isKnown) known.Dequeue();
            else proof.Add(Nodes[sibling]);
            flags.Add(isKnown);
            known.Enqueue((node - 1) / 2);
        }

        if (wanted.Length == 0 && Nodes.Length > 0) proof.Add(Nodes[0]);
        return new MultiProof([.. wanted.Select(static place => place.Leaf)], proof.ToImmutable(), flags.ToImmutable());
    }

    /// <inheritdoc cref="StandardTree.Nodes"/>
    public ReadOnlySpan<Bytes32> Nodes => tree.Nodes;

    /// <summary>Every leaf and its place among <see cref="Nodes"/>, in no particular order.</summary>
    public IEnumerable<(PayoutLeaf Leaf, int Node)> Leaves => places.Keys.Select(NodeOf);

    /// <summary>Whether a leaf stands under a root.</summary>
    public static bool Verify(Bytes32 root, PayoutLeaf leaf, IEnumerable<Bytes32> proof) =>
        StandardTree.Verify(root, leaf.Hash(), proof);

    private (PayoutLeaf Leaf, int Node) NodeOf(AccountId account)
    {
        (PayoutLeaf leaf, int place) = places[account];
        return (leaf, tree.NodeOf(place));
    }
}
