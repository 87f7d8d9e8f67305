using ChainSpace.Protocol.Filters;

namespace ChainSpace.Node.Eligibility;

/// <summary>
/// One attribute of all accounts. A condition is asked of each distinct statement once; the rows that hold it are then a
/// list, or bits where it is held by many.
/// </summary>
internal sealed class StatedColumn
{
    private readonly Stated[] statements;
    private readonly int[] starts, rows;
    private readonly ulong[]?[] dense;
    private readonly int count;

    private StatedColumn(Stated[] statements, int[] starts, int[] rows, int count)
    {
        (this.statements, this.starts, this.rows, this.count) = (statements, starts, rows, count);
        dense = new ulong[statements.Length][];
        for (int code = 0; code < statements.Length; code++)
        {
            // Above this, a word of bits costs less than a list of rows.
            if (RowsOf(code).Length > count / 64) dense[code] = BitsOf(code);
        }
    }

    /// <summary>Adds to the set every row whose statement holds.</summary>
    public void Select(RowSet target, Func<Stated, bool> holds)
    {
        for (int code = 0; code < statements.Length; code++)
        {
            if (!holds(statements[code])) continue;
            if (dense[code] is { } bits) target.Union(bits);
            else target.Add(RowsOf(code));
        }
    }

    private ReadOnlySpan<int> RowsOf(int code) => rows.AsSpan(starts[code], starts[code + 1] - starts[code]);

    private ulong[] BitsOf(int code)
    {
        ulong[] bits = new ulong[(count + 63) / 64];
        foreach (int row in RowsOf(code)) bits[row / 64] |= 1UL << (row % 64);
        return bits;
    }

    /// <summary>Collects statements row by row.</summary>
    internal sealed class Builder
    {
        private readonly Dictionary<Stated, int> codes = [];
        private readonly List<(int Row, int Code)> entries = [];

        public void Add(int row, Stated stated)
        {
            if (!codes.TryGetValue(stated, out int code)) codes.Add(stated, code = codes.Count);
            entries.Add((row, code));
        }

        public StatedColumn Build(int count)
        {
            int[] starts = new int[codes.Count + 1], rows = new int[entries.Count];
            foreach ((_, int code) in entries) starts[code + 1]++;
            for (int code = 0; code < codes.Count; code++) starts[code + 1] += starts[code];
            int[] next = starts[..^1];
            foreach ((int row, int code) in entries) rows[next[code]++] = row;
            Stated[] statements = new Stated[codes.Count];
            foreach ((Stated stated, int code) in codes) statements[code] = stated;
            return new StatedColumn(statements, starts, rows, count);
        }
    }
}
