using System.Diagnostics;
using System.Text.Json;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Tests.House;

namespace ChainSpace.Tests.Settlement;

/// <summary>Our payout trees beside those of OpenZeppelin's own library, which vaults and wallets go by.</summary>
public sealed class PayoutTreeTests
{
    private const int Trees = 400;

    [Fact(Timeout = 60_000)]
    public async Task Roots_and_proofs_are_those_of_OpenZeppelin()
    {
        Random random = new(20_261_124);
        List<PayoutLeaf[]> trees =
            [.. Enumerable.Range(0, Trees).Select(i => Leaves(random, 1 + (i < 70 ? i : random.Next(40))))];
        List<JsonElement> answers = await AskAsync(trees.Select(Line), TestContext.Current.CancellationToken);

        Assert.Equal(Trees, answers.Count);
        foreach ((PayoutLeaf[] leaves, JsonElement answer) in trees.Zip(answers))
        {
            PayoutTree tree = PayoutTree.Of(leaves);
            Assert.Equal(answer.GetProperty("root").GetString(), tree.Root.ToString());
            foreach ((PayoutLeaf leaf, JsonElement proof) in leaves.Zip(answer.GetProperty("proofs").EnumerateArray()))
            {
                Bytes32[] expected = [.. proof.EnumerateArray().Select(static each => Bytes32.Parse(each.GetString()!))];
                Assert.Equal(expected, tree.Prove(leaf.Account));
                Assert.True(PayoutTree.Verify(tree.Root, leaf, expected));
                Assert.False(PayoutTree.Verify(tree.Root, leaf with { Net = leaf.Net ^ 1 }, expected));
            }

            MultiProof many = tree.ProveMany([.. leaves.Where((_, i) => i % 2 == 0).Select(static leaf => leaf.Account)]);
            JsonElement other = answer.GetProperty("many");
            Assert.Equal(Texts(other, "accounts"), many.Leaves.Select(static leaf => leaf.Account.ToString()));
            Assert.Equal(Texts(other, "proof"), many.Proof.Select(static hash => hash.ToString()));
            Assert.Equal(other.GetProperty("flags").EnumerateArray().Select(static flag => flag.GetBoolean()), many.Flags);
        }
    }

    private static IEnumerable<string> Texts(JsonElement answer, string name) =>
        answer.GetProperty(name).EnumerateArray().Select(static each => each.GetString()!);

    [Fact]
    public void A_tree_without_leaves_has_the_root_zero() => Assert.True(PayoutTree.Of([]).Root.IsZero);

    [Fact]
    public void An_account_has_one_leaf()
    {
        PayoutLeaf leaf = Leaves(new Random(1), 1)[0];
        Assert.Throws<ArgumentException>(() => PayoutTree.Of([leaf, leaf with { Net = 5 }]));
    }

    // The ends of the ranges come often, for there a wrong sign or width would show.
    private static PayoutLeaf[] Leaves(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        byte[] account = new byte[32];
        random.NextBytes(account);
        UInt128 claimable = random.Next(4) == 0 ? UInt128.MaxValue : (UInt128)random.NextInt64();
        Int128 net = random.Next(5) switch
        {
            0 => Int128.MinValue,
            1 => Int128.MaxValue,
            2 => -random.NextInt64(),
            3 => 0,
            _ => random.NextInt64(),
        };
        return new PayoutLeaf(new AccountId(Bytes32.Read(account)), new Amount(claimable), net);
    })];

    private static string Line(PayoutLeaf[] leaves) => JsonSerializer.Serialize(leaves.Select(
        static leaf => (string[])[leaf.Account.ToString(), leaf.Claimable.ToString(), leaf.Net.ToString(null, null)]));

    private static async Task<List<JsonElement>> AskAsync(IEnumerable<string> lines, CancellationToken stop)
    {
        ProcessStartInfo start = new("node", [Repository.Full("contracts/test/interop/trees.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process node = Process.Start(start)!;
        Task<string> answers = node.StandardOutput.ReadToEndAsync(stop);
        foreach (string line in lines) await node.StandardInput.WriteLineAsync(line.AsMemory(), stop);
        node.StandardInput.Close();
        string[] told = (await answers).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. told.Select(static each => JsonDocument.Parse(each).RootElement)];
    }
}
