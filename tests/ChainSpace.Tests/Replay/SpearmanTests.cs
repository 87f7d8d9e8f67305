using CsCheck;
using ChainSpace.Node.Replay;

namespace ChainSpace.Tests.Replay;

public sealed class SpearmanTests
{
    [Theory]
    [InlineData("1 2 3", "4 5 9", 1)]
    [InlineData("1 2 3", "9 5 4", -1)]
    // 1 − 6 Σd² / (n³ − n) where nothing is tied: Σd² = 194, n = 10.
    [InlineData("106 100 86 101 99 103 97 113 112 110", "7 27 2 50 28 29 20 12 6 17", -29.0 / 165)]
    // Ranks 1, 2½, 2½, 4 against 1, 2, 3, 4: 4.5 / √(4.5 · 5).
    [InlineData("1 2 2 3", "1 2 3 4", 0.9486832980505138)]
    [InlineData("5 5 1 1", "2 2 0 0", 1)]
    [InlineData("1 2 1 2", "1 1 2 2", 0)]
    public void Known_values(string left, string right, double expected) =>
        Assert.Equal(expected, Spearman.Correlation(Read(left), Read(right))!.Value, 12);

    [Theory]
    [InlineData("", "")]
    [InlineData("1", "2")]
    [InlineData("1 1 1", "1 2 3")]
    [InlineData("1 2 3", "7 7 7")]
    public void Nothing_is_said_where_there_is_no_order(string left, string right) =>
        Assert.Null(Spearman.Correlation(Read(left), Read(right)));

    [Fact]
    public void Only_the_order_counts() => Gen.Double[-9, 9].Array[2, 20]
        .SelectMany(static x => Gen.Int[0, 5].Array[x.Length], static (x, y) => (x, y))
        .Sample(static pair =>
        {
            double[] y = [.. pair.y.Select(static v => (double)v)], bent = [.. y.Select(static v => v * v * v + 7)];
            double? plain = Spearman.Correlation(pair.x, y);
            Assert.Equal(plain, Spearman.Correlation(pair.x, bent));
            Assert.Equal(plain, Spearman.Correlation(y, pair.x));
            Assert.InRange(plain ?? 0, -1 - 1e-12, 1 + 1e-12);
        });

    private static double[] Read(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static t => double.Parse(t))];
}
