using ChainSpace.Rules.Inference;
using CsCheck;

namespace ChainSpace.Tests.Inference;

public sealed class PackedTableTests
{
    private const int Rows = 20;

    private static readonly Gen<Act> _acts = Gen.Select(
        Gen.Bool, Gen.Int[1, 8], Gen.Int[0, Rows - 1].Array[0, 20].Array[1, 4], Gen.Int)
        .Select(static (isSingle, vectors, items, seed) =>
            new Act(isSingle ? SingleCells.Bytes : DoubleCells.Bytes, vectors * Lanes.Count, items, seed));

    [Fact]
    public void Rows_of_each_item_are_summed_in_double_precision_in_the_order_given() => _acts.Sample(act =>
    {
        (PackedTable table, double[] cells) = act.Filled();
        double[] before = [.. Enumerable.Range(0, act.Width).Select(static lane => lane / 3.0)];
        double[] sums = new double[act.Items.Length * act.Width];
        table.Gather(act.Starts, act.Voted, before, sums);
        double[] expected = [.. act.Items.SelectMany(_ => before)];
        act.ForEach((row, item, lane) => expected[item * act.Width + lane] += cells[row * act.Width + lane]);
        Assert.Equal(expected, sums);
    });

    [Fact]
    public void What_is_added_is_rounded_once_and_added_in_the_precision_of_the_table() => _acts.Sample(act =>
    {
        (PackedTable table, double[] cells) = act.Filled();
        double[] numbers = [.. Enumerable.Range(1, act.Items.Length * act.Width).Select(static place => 1.0 / place)];
        table.Scatter(act.Starts, act.Voted, numbers);
        act.ForEach((row, item, lane) =>
        {
            ref double cell = ref cells[row * act.Width + lane];
            cell = act.Rounded(cell + act.Rounded(numbers[item * act.Width + lane]));
        });
        double[] found = new double[cells.Length];
        table.CopyTo(0, found);
        Assert.Equal(cells, found);
        Assert.Equal(cells[^1], table[cells.Length - 1]);
    });

    [Fact]
    public void Tables_are_added_up_place_by_place_and_over_all_rows() => _acts.Sample(act =>
    {
        (PackedTable one, double[] cells) = act.Filled();
        (PackedTable two, double[] others) = (act with { Seed = ~act.Seed }).Filled();
        double[] sums = new double[act.Width], expected = new double[act.Width], found = new double[cells.Length];
        (int From, int To) places = (act.Width, cells.Length - act.Width);
        one.Collect([two], places, sums);
        for (int place = places.From; place < places.To; place++)
        {
            expected[place % act.Width] += cells[place] + others[place];
            cells[place] = act.Rounded(cells[place] + others[place]);
        }

        one.CopyTo(0, found);
        Assert.Equal(cells, found);
        Assert.Equal(expected, sums);
    });

    [Fact]
    public void A_hundred_thousand_chances_lose_less_than_a_vote_in_ten_thousand()
    {
        PackedTable table = PackedTable.Of(Lanes.Count, SingleCells.Bytes);
        double[] chances = new double[Lanes.Count];
        double[] exact = new double[Lanes.Count];
        Random random = new(3);
        for (int vote = 0; vote < 100_000; vote++)
        {
            for (int lane = 0; lane < Lanes.Count; lane++) exact[lane] += chances[lane] = random.NextDouble();
            table.Scatter([0, 1], [0], chances);
        }

        for (int lane = 0; lane < Lanes.Count; lane++) Assert.Equal(1, table[lane] / exact[lane], 1e-4);
    }

    private sealed record Act(int Bytes, int Width, int[][] Items, int Seed)
    {
        public int[] Voted => [.. Items.SelectMany(static rows => rows)];

        public int[] Starts => [0, .. Items.Select((_, item) => Items.Take(item + 1).Sum(static rows => rows.Length))];

        public double Rounded(double number) => Bytes == SingleCells.Bytes ? (float)number : number;

        public (PackedTable Table, double[] Cells) Filled()
        {
            Random random = new(Seed);
            double[] cells = [.. Enumerable.Range(0, Rows * Width).Select(_ => Rounded(random.NextDouble() * 20 - 10))];
            PackedTable table = PackedTable.Of(cells.Length, Bytes);
            table.Fill(0, cells);
            return (table, cells);
        }

        public void ForEach(Action<int, int, int> act)
        {
            for (int item = 0; item < Items.Length; item++)
            {
                foreach (int row in Items[item])
                {
                    for (int lane = 0; lane < Width; lane++) act(row, item, lane);
                }
            }
        }
    }
}
