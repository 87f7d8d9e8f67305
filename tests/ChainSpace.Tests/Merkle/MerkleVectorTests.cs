using System.Collections.Immutable;
using System.Text.Json;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Tests.Merkle;

public sealed class MerkleVectorTests
{
    private static readonly JsonElement Vector = Vectors.Read("merkle.json");

    [Fact]
    public void The_eight_leaf_tree_every_log_tests_with_has_its_known_roots()
    {
        string[] known =
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        Assert.Equal(known, Vector.Texts("roots").Skip(1).Take(8).Select(root => root[2..]));
    }

    [Fact]
    public void Leaves_and_roots_of_every_size_are_those_of_the_vector()
    {
        string[] roots = [.. Vector.Texts("roots")];
        MerkleFrontier frontier = new();
        foreach ((string entry, string leaf) in Vector.Texts("entries").Zip(Vector.Texts("leaves")))
        {
            Assert.Equal(roots[frontier.Size], frontier.Root().ToString());
            Bytes32 hash = MerkleHash.Leaf(Hex.Decode(entry)!);
            Assert.Equal(leaf, hash.ToString());
            frontier.Append(hash);
        }

        Assert.Equal(roots[^1], frontier.Root().ToString());
    }

    [Fact]
    public void Inclusion_proofs_hold_exactly_where_the_vector_says()
    {
        foreach (JsonElement test in Vector.GetProperty("inclusion").EnumerateArray())
        {
            InclusionProof proof = new(test.GetProperty("index").GetInt64(), test.GetProperty("size").GetInt64(), PathOf(test));
            bool holds = proof.Proves(Bytes32.Parse(test.Text("leaf")), Bytes32.Parse(test.Text("root")));
            Assert.True(holds == test.GetProperty("valid").GetBoolean(), test.Text("name"));
        }
    }

    [Fact]
    public void Consistency_proofs_hold_exactly_where_the_vector_says()
    {
        foreach (JsonElement test in Vector.GetProperty("consistency").EnumerateArray())
        {
            ConsistencyProof proof = new(
                test.GetProperty("first").GetInt64(), test.GetProperty("second").GetInt64(), PathOf(test));
            bool holds = proof.Proves(Bytes32.Parse(test.Text("firstRoot")), Bytes32.Parse(test.Text("secondRoot")));
            Assert.True(holds == test.GetProperty("valid").GetBoolean(), test.Text("name"));
        }
    }

    [Fact]
    public void Tile_paths_are_read_exactly_where_the_vector_says_and_written_back_the_same()
    {
        foreach (JsonElement test in Vector.GetProperty("tilePaths").EnumerateArray())
        {
            string path = test.Text("path");
            string? written = Tile.TryParse(path, out Tile tile) ? tile.Path
                : EntryBundle.TryParse(path, out EntryBundle bundle) ? bundle.Path : null;
            Assert.Equal(test.GetProperty("valid").GetBoolean() ? path : null, written);
        }
    }

    [Fact]
    public void Bundles_are_read_exactly_where_the_vector_says_and_written_back_the_same()
    {
        foreach (JsonElement test in Vector.GetProperty("bundles").EnumerateArray())
        {
            byte[] body = Hex.Decode(test.Text("body"))!;
            bool isRead = EntryBundle.TryRead(body, out ImmutableArray<ReadOnlyMemory<byte>> entries);
            Assert.True(isRead == test.GetProperty("valid").GetBoolean(), test.Text("name"));
            if (!isRead) continue;

            Assert.Equal(test.Texts("entries"), entries.Select(entry => Hex.Encode(entry.Span)));
            Assert.Equal(body, EntryBundle.Write(entries));
        }
    }

    private static ImmutableArray<Bytes32> PathOf(JsonElement test) => [.. test.Texts("path").Select(Bytes32.Parse)];
}
