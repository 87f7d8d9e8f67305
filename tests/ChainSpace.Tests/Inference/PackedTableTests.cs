using System.Runtime.Intrinsics;
using ChainSpace.Rules.Inference;
using CsCheck;

namespace ChainSpace.Tests.Inference;

public sealed class PackedTableTests
{
    private const int Rows = 20;

    private static readonly Gen<(int Width, int[] Rows, int Seed)> _act =
        Gen.Select(Gen.Int[1, 8].Select(static vectors => vectors * Lanes.Count), Gen.Int[0, Rows - 1].Array[0, 60], Gen.Int);

    [Fact]
    public void Rows_are_summed_in_double_precision_in_the_order_given() => _act.Sample(act =>
    {
        (PackedTable table, float[] cells) = Filled(act.Width, act.Seed);
        double[] before = [.. Enumerable.Range(0, act.Width).Select(static lane => lane / 3.0)], sums = new double[act.Width];
        table.Gather(act.Rows, before, sums);
        double[] expected = [.. before];
        foreach (int row in act.Rows)
        {
            for (int lane = 0; lane < act.Width; lane++) expected[lane] += cells[row * act.Width + lane];
        }

        Assert.Equal(expected, sums);
    });

    [Fact]
    public void What_is_added_is_rounded_once_and_added_in_single_precision() => _act.Sample(act =>
    {
        (PackedTable table, float[] cells) = Filled(act.Width, act.Seed);
        double[] numbers = [.. Enumerable.Range(1, act.Width).Select(static lane => 1.0 / lane)];
        table.Scatter(act.Rows, numbers);
        foreach (int row in act.Rows)
        {
            for (int lane = 0; lane < act.Width; lane++) cells[row * act.Width + lane] += (float)numbers[lane];
        }

        Assert.Equal(cells.Select(static cell => (double)cell), Enumerable.Range(0, cells.Length).Select(place => table[place]));
    });

    [Fact]
    public void A_hundred_thousand_chances_lose_less_than_a_vote_in_ten_thousand()
    {
        PackedTable table = new(Lanes.Count);
        double[] chances = new double[Lanes.Count];
        double[] exact = new double[Lanes.Count];
        Random random = new(3);
        for (int vote = 0; vote < 100_000; vote++)
        {
            for (int lane = 0; lane < Lanes.Count; lane++) exact[lane] += chances[lane] = random.NextDouble();
            table.Scatter([0], chances);
        }

        for (int lane = 0; lane < Lanes.Count; lane++) Assert.Equal(1, table[lane] / exact[lane], 1e-4);
    }

    private static (PackedTable Table, float[] Cells) Filled(int width, int seed)
    {
        Random random = new(seed);
        float[] cells = [.. Enumerable.Range(0, Rows * width).Select(_ => random.NextSingle() * 20 - 10)];
        PackedTable table = new(cells.Length);
        for (int place = 0; place < cells.Length; place += Lanes.Count)
            table.Store(place, Vector256.Create((double)cells[place], cells[place + 1], cells[place + 2], cells[place + 3]));
        return (table, cells);
    }
}
