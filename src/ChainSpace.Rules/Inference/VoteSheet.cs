namespace ChainSpace.Rules.Inference;

/// <summary>
/// The two acts that touch every vote: adding up what the votes of items weigh, and crediting the items' chances to the workers
/// who voted. Items come in blocks, one row of numbers each.
/// </summary>
internal sealed class VoteSheet(VoteTable table)
{
    private readonly int[] starts = table.Starts;
    private readonly int[] rows = table.Rows;
    private readonly double[]? weights = table.Weights;
    private readonly int[]? gold = table.GoldAnswers;

    /// <summary>Prior and weights of each item's votes summed, per state; classes that gold denies are ruled out.</summary>
    public void Gather((int First, int Count) items, double[] prior, PackedTable perRow, Span<double> block)
    {
        if (weights is null) perRow.Gather(starts.AsSpan(items.First, items.Count + 1), rows, prior, block);
        if (weights is null && gold is null) return;
        for (int each = 0; each < items.Count; each++)
        {
            Span<double> states = block.Slice(each * prior.Length, prior.Length);
            if (weights is not null) GatherWeighted(items.First + each, prior, perRow, states);
            if (gold is not null && gold[items.First + each] >= 0) RuleOut(gold[items.First + each], states);
        }
    }

    /// <summary>Adds each item's chances to the counts of its votes' rows.</summary>
    public void Scatter((int First, int Count) items, ReadOnlySpan<double> block, PackedTable counts)
    {
        if (weights is null && gold is null)
        {
            counts.Scatter(starts.AsSpan(items.First, items.Count + 1), rows, block);
            return;
        }

        int width = block.Length / items.Count;
        for (int each = 0; each < items.Count; each++)
            ScatterWeighted(items.First + each, block.Slice(each * width, width), counts);
    }

    private void GatherWeighted(int item, double[] prior, PackedTable perRow, Span<double> states)
    {
        prior.CopyTo(states);
        for (int vote = starts[item]; vote < starts[item + 1]; vote++)
        {
            int first = rows[vote] * states.Length;
            for (int state = 0; state < states.Length; state++) states[state] += weights![vote] * perRow[first + state];
        }
    }

    private void ScatterWeighted(int item, ReadOnlySpan<double> states, PackedTable counts)
    {
        double factor = gold is not null && gold[item] >= 0 ? Gold.Weight : 1;
        if (weights is null && factor == 1)
        {
            counts.Scatter(starts.AsSpan(item, 2), rows, states);
            return;
        }

        Span<double> weighted = stackalloc double[states.Length];
        for (int vote = starts[item]; vote < starts[item + 1]; vote++)
        {
            double weight = factor * (weights?[vote] ?? 1);
            for (int state = 0; state < states.Length; state++) weighted[state] = weight * states[state];
            counts.Scatter([0, 1], rows.AsSpan(vote, 1), weighted);
        }
    }

    private void RuleOut(int answer, Span<double> states)
    {
        for (int state = 0; state < states.Length; state++)
        {
            if (state % table.Classes != answer) states[state] = Lanes.Never;
        }
    }
}
