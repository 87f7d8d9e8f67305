using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;
using CsCheck;

namespace ChainSpace.Tests.Anchoring;

/// <summary>Trees of spaces' heads and of scores: what is in them is proved, and nothing else.</summary>
public sealed class StandardTreeTests
{
    private static readonly Gen<Bytes32> _words = Gen.Byte.Array[32].Select(static bytes => Bytes32.Read(bytes));

    private static readonly Gen<ImmutableArray<SuperLeaf>> _heads = Gen.Select(_words, Gen.ULong, _words, _words, _words)
        .Select(static each => new SuperLeaf(new SpaceId(each.Item1), each.Item2, each.Item3, each.Item4, each.Item5))
        .Array[1, 40].Select(static all => all.DistinctBy(static leaf => leaf.Space).ToImmutableArray());

    private static readonly Gen<ImmutableArray<ScoreLeaf>> _scores = Gen.Select(
            _words, Gen.String[Gen.Char['a', 'z'], 1, 32], Gen.UInt[0, ScoreLeaf.One], Gen.UInt[0, ScoreLeaf.One], Gen.ULong)
        .Select(static each => new ScoreLeaf(new AccountId(each.Item1), each.Item2, each.Item3, each.Item4, each.Item5))
        .Array[0, 40].Select(static all => all.ToImmutableArray());

    [Fact]
    public void Every_head_is_under_the_super_root_and_no_other_is() => _heads.Sample(static heads =>
    {
        SuperTree tree = new(heads);
        foreach (SuperLeaf leaf in heads)
        {
            SuperProof proof = tree.Find(leaf.Space)!;
            Assert.True(proof.IsUnder(tree.Root));
            SuperLeaf[] others =
            [
                leaf with { Size = leaf.Size ^ 1 }, leaf with { Root = Other(leaf.Root) },
                leaf with { PayoutRoot = Other(leaf.PayoutRoot) }, leaf with { ReputationRoot = Other(leaf.ReputationRoot) },
                leaf with { Space = new SpaceId(Other(leaf.Space.Value)) },
            ];
            Assert.All(others, other => Assert.False((proof with { Leaf = other }).IsUnder(tree.Root)));
        }
    });

    [Fact]
    public void The_order_of_the_heads_changes_nothing() => _heads.Sample(static heads =>
        Assert.Equal(new SuperTree(heads).Root, new SuperTree([.. heads.Reverse()]).Root));

    [Fact]
    public void Every_score_is_found_by_its_account_and_proved() => _scores.Sample(static scores =>
    {
        ScoreTree tree = new(scores);
        Assert.Equal(scores.IsEmpty, tree.Root.IsZero);
        foreach (ScoreLeaf leaf in scores)
        {
            (ScoreLeaf Leaf, ImmutableArray<Bytes32> Path) found = tree.Find(leaf.Account).First(each => each.Leaf == leaf);
            Assert.True(StandardTree.Verify(tree.Root, leaf.Hash(), found.Path));
            Assert.False(StandardTree.Verify(tree.Root, (leaf with { Bound = leaf.Bound ^ 1 }).Hash(), found.Path));
            Assert.Equal(leaf.Category, ScoreLeaf.CategoryOf(leaf.CategoryWord));
        }
    });

    private static Bytes32 Other(Bytes32 word)
    {
        byte[] bytes = word.ToArray();
        bytes[^1] ^= 1;
        return Bytes32.Read(bytes);
    }
}
