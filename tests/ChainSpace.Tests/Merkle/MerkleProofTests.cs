using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using CsCheck;

namespace ChainSpace.Tests.Merkle;

public sealed class MerkleProofTests
{
    private const int Largest = 300;

    private static readonly LeavesInMemory Leaves = LeavesInMemory.Numbered(Largest);
    private static readonly Bytes32[] Roots = [.. Enumerable.Range(0, Largest + 1).Select(Leaves.Root)];

    [Fact]
    public void A_frontier_has_the_root_of_the_definition_at_every_size_and_survives_being_written()
    {
        MerkleFrontier frontier = new();
        for (int size = 0; size <= Largest; size++)
        {
            byte[] written = new byte[frontier.WrittenLength];
            Assert.Equal(written.Length, frontier.Write(written));
            frontier = MerkleFrontier.Read(written);
            Assert.Equal((size, Roots[size]), (frontier.Size, frontier.Root()));
            Assert.Throws<FormatException>(() => MerkleFrontier.Read(written.AsSpan(1)));
            if (size < Largest) frontier.Append(Leaves.Leaf(size));
        }
    }

    [Fact]
    public void Every_entry_of_every_size_is_proved()
    {
        Source source = new(Leaves);
        for (int size = 1; size <= Largest; size++)
            for (int index = 0; index < size; index++)
                Assert.True(MerkleProver.ProveInclusion(source, index, size).Proves(Leaves.Leaf(index), Roots[size]));
    }

    [Fact]
    public void Every_pair_of_sizes_is_proved_consistent()
    {
        Source source = new(Leaves);
        for (int second = 0; second <= Largest; second++)
            for (int first = 0; first <= second; first++)
                Assert.True(MerkleProver.ProveConsistency(source, first, second).Proves(Roots[first], Roots[second]));
    }

    [Fact]
    public void No_changed_inclusion_proof_holds()
    {
        Source source = new(Leaves);
        Gen.Int[1, Largest].SelectMany(size => Gen.Select(Gen.Const(size), Gen.Int[0, size - 1])).Sample((size, index) =>
        {
            InclusionProof proof = MerkleProver.ProveInclusion(source, index, size);
            Bytes32 leaf = Leaves.Leaf(index);
            foreach (ImmutableArray<Bytes32> path in Changed(proof.Path))
                Assert.False((proof with { Path = path }).Proves(leaf, Roots[size]));
            for (int other = 0; other < size; other++)
                Assert.True(other == index || !(proof with { Index = other }).Proves(leaf, Roots[size]));
            Assert.False(proof.Proves(Leaves.Leaf((index + 1) % Largest), Roots[size]));
            Assert.False(proof.Proves(leaf, Roots[size - 1]));
            Assert.False((proof with { Path = default }).Proves(leaf, Roots[size]));
        });
    }

    [Fact]
    public void No_changed_consistency_proof_holds()
    {
        Source source = new(Leaves);
        Gen.Int[2, Largest].SelectMany(second => Gen.Select(Gen.Int[1, second - 1], Gen.Const(second))).Sample((first, second) =>
        {
            ConsistencyProof proof = MerkleProver.ProveConsistency(source, first, second);
            foreach (ImmutableArray<Bytes32> path in Changed(proof.Path))
                Assert.False((proof with { Path = path }).Proves(Roots[first], Roots[second]));
            Assert.False(proof.Proves(Roots[first - 1], Roots[second]));
            Assert.False(proof.Proves(Roots[first], Roots[second - 1]));
            Assert.False((proof with { Path = default }).Proves(Roots[first], Roots[second]));
        });
    }

    private static IEnumerable<ImmutableArray<Bytes32>> Changed(ImmutableArray<Bytes32> path)
    {
        yield return path.Add(MerkleHash.EmptyRoot);
        yield return path.Insert(0, MerkleHash.EmptyRoot);
        for (int place = 0; place < path.Length; place++)
        {
            yield return path.RemoveAt(place);
            yield return path.SetItem(place, MerkleHash.Node(path[place], path[place]));
        }
    }

    // The definition with its answers kept, because all pairs of sizes ask for the same subtrees.
    private sealed class Source(LeavesInMemory leaves) : IHashSource
    {
        private readonly Dictionary<(int Level, long Index), Bytes32> known = [];
        private readonly Lock access = new();

        public Bytes32 Hash(int level, long index)
        {
            lock (access)
            {
                if (!known.TryGetValue((level, index), out Bytes32 hash))
                    known[(level, index)] = hash = leaves.Hash(level, index);
                return hash;
            }
        }
    }
}
