using System.Collections.Immutable;

namespace ChainSpace.Protocol.Settlement;

/// <summary>The reputation of a space as a <see cref="StandardTree"/>, one leaf for each account and category.</summary>
public sealed class ScoreTree
{
    private readonly StandardTree tree;

    /// <param name="leaves">In any order.</param>
    public ScoreTree(ImmutableArray<ScoreLeaf> leaves)
    {
        Leaves = leaves;
        tree = StandardTree.Of([.. leaves.Select(static leaf => leaf.Hash())]);
    }

    public ImmutableArray<ScoreLeaf> Leaves { get; }

    /// <summary>The root; zero where nobody has a reputation yet.</summary>
    public Bytes32 Root => tree.Root;

    /// <inheritdoc cref="StandardTree.Nodes"/>
    public ReadOnlySpan<Bytes32> Nodes => tree.Nodes;

    /// <summary>Every leaf and its place among <see cref="Nodes"/>.</summary>
    public IEnumerable<(ScoreLeaf Leaf, int Node)> Places => Leaves.Select((leaf, place) => (leaf, tree.NodeOf(place)));

    /// <summary>An account's leaves, each with the sibling hashes up to the root.</summary>
    public IEnumerable<(ScoreLeaf Leaf, ImmutableArray<Bytes32> Path)> Find(AccountId account)
    {
        for (int place = 0; place < Leaves.Length; place++)
            if (Leaves[place].Account == account) yield return (Leaves[place], tree.Prove(place));
    }
}
