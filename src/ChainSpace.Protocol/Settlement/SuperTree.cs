using System.Collections.Immutable;

namespace ChainSpace.Protocol.Settlement;

/// <summary>The heads of several spaces as a <see cref="StandardTree"/>, so that one anchor carries all of them.</summary>
public sealed class SuperTree
{
    private readonly StandardTree tree;

    /// <param name="leaves">One for each space, at least one.</param>
    public SuperTree(ImmutableArray<SuperLeaf> leaves)
    {
        ArgumentOutOfRangeException.ThrowIfZero(leaves.Length);
        Leaves = leaves;
        tree = StandardTree.Of([.. leaves.Select(static leaf => leaf.Hash())]);
    }

    public ImmutableArray<SuperLeaf> Leaves { get; }

    public Bytes32 Root => tree.Root;

    /// <summary>The space's leaf and the sibling hashes up to the root; null where the space is not in it.</summary>
    public SuperProof? Find(SpaceId space)
    {
        for (int place = 0; place < Leaves.Length; place++)
            if (Leaves[place].Space == space) return new SuperProof(Leaves[place], tree.Prove(place));
        return null;
    }
}

/// <summary>A space's head, and the sibling hashes from it up to a super-root.</summary>
public sealed record SuperProof(SuperLeaf Leaf, ImmutableArray<Bytes32> Path)
{
    public bool IsUnder(Bytes32 superRoot) => StandardTree.Verify(superRoot, Leaf.Hash(), Path);
}
