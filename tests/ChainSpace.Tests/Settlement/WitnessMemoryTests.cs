using ChainSpace.Node.Witnessing;
using ChainSpace.Protocol;
using CsCheck;

namespace ChainSpace.Tests.Settlement;

/// <summary>A witness never says two things of one size, and never goes back, whoever asks and whatever crashes.</summary>
public sealed class WitnessMemoryTests : IDisposable
{
    private static readonly Gen<Vow[]> _requests = Gen.Select(Gen.Long[1, 5], Gen.Byte[0, 1], Gen.Byte[0, 1])
        .Select(static drawn => Vow(drawn.Item1, drawn.Item2, drawn.Item3)).Array[0, 12];

    private readonly string folder = Directory.CreateTempSubdirectory("witness-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Whatever_is_asked_vows_only_grow() => _requests.Sample(
        requests =>
        {
            string path = Path.Combine(folder, Path.GetRandomFileName());
            List<Vow> vowed = [];

            // Opened anew each time, as after a crash.
            foreach (Vow each in requests)
                if (new WitnessMemory(path).TryVow(each)) vowed.Add(each);
            Vow[] distinct = [.. vowed.Distinct()];
            Assert.Equal(distinct.Length, distinct.Select(static each => each.Size).Distinct().Count());
            Assert.Equal(vowed.OrderBy(static each => each.Size), vowed);
            Assert.Equal(requests.Length > 0, vowed.Count > 0);
        },
        iter: 100,
        threads: 1);

    [Fact]
    public void The_same_vow_may_be_signed_again_and_no_other_of_its_size()
    {
        WitnessMemory memory = new(Path.Combine(folder, "w"));
        Assert.True(memory.TryVow(Vow(7, 1, 1)));
        Assert.True(memory.TryVow(Vow(7, 1, 1)));
        Assert.False(memory.TryVow(Vow(7, 1, 2)));
        Assert.False(memory.TryVow(Vow(7, 2, 1)));
        Assert.False(memory.TryVow(Vow(6, 1, 1)));
        Assert.True(memory.TryVow(Vow(8, 1, 2)));
        Assert.False(memory.TryVow(Vow(7, 1, 1)));
        Assert.Equal(Vow(8, 1, 2), memory.Load());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"size\":7,\"root\":\"0x12\",\"payoutRoot\":\"0x12\"}")]
    public void Who_cannot_remember_vows_nothing(string content)
    {
        string path = Path.Combine(folder, "w");
        File.WriteAllText(path, content);
        IOException damaged = Assert.Throws<IOException>(() => new WitnessMemory(path).TryVow(Vow(9, 1, 1)));
        Assert.Contains("damaged", damaged.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(path));
    }

    private static Vow Vow(long size, byte root, byte payouts) => new(size, Word(root), Word(payouts));

    private static Bytes32 Word(byte value) => Bytes32.Read([.. Enumerable.Repeat(value, Bytes32.Size)]);
}
