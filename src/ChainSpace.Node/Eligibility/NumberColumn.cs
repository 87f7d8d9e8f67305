using ChainSpace.Protocol.Filters;

namespace ChainSpace.Node.Eligibility;

/// <summary>One number of all accounts, sorted, so that a bound is a range; who has none has the default.</summary>
internal sealed class NumberColumn
{
    private readonly double[] values;
    private readonly int[] rows;
    private readonly double otherwise;

    private NumberColumn(double[] values, int[] rows, double otherwise) =>
        (this.values, this.rows, this.otherwise) = (values, rows, otherwise);

    /// <summary>The rows that have a number.</summary>
    public RowSet Stated(int count)
    {
        RowSet found = RowSet.None(count);
        found.Add(rows);
        return found;
    }

    /// <summary>The rows whose number holds.</summary>
    public RowSet Select(Bound bound, int count)
    {
        RowSet found = RowSet.None(count);
        (int from, int to) = RangeOf(bound);
        bool isDefaultIn = bound.Holds(otherwise);
        // Of the two halves the smaller is marked: those in range, or those out of it where the others are in.
        if (!isDefaultIn)
        {
            found.Add(rows.AsSpan(from, to - from));
            return found;
        }

        found.Add(rows.AsSpan(0, from));
        found.Add(rows.AsSpan(to));
        found.Invert();
        return found;
    }

    private (int From, int To) RangeOf(Bound bound) => bound.Relation switch
    {
        Relation.Less => (0, First(value => value >= bound.Limit)),
        Relation.AtMost => (0, First(value => value > bound.Limit)),
        Relation.Greater => (First(value => value > bound.Limit), values.Length),
        Relation.AtLeast => (First(value => value >= bound.Limit), values.Length),
        _ => (First(value => value >= bound.Limit), First(value => value > bound.Limit)),
    };

    // The first place from which on the condition holds; it holds for all behind it.
    private int First(Func<double, bool> holds)
    {
        (int low, int high) = (0, values.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (holds(values[middle])) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <summary>Collects numbers row by row.</summary>
    internal sealed class Builder(double otherwise)
    {
        private readonly List<double> values = [];
        private readonly List<int> rows = [];

        public void Add(int row, double value)
        {
            values.Add(value);
            rows.Add(row);
        }

        public NumberColumn Build()
        {
            double[] sorted = [.. values];
            int[] order = [.. rows];
            Array.Sort(sorted, order);
            return new NumberColumn(sorted, order, otherwise);
        }
    }
}
