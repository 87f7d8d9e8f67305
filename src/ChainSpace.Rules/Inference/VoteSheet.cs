namespace ChainSpace.Rules.Inference;

/// <summary>
/// The two acts that touch every vote: adding up what an item's votes weigh, and crediting the item's chances to the workers
/// who voted.
/// </summary>
internal sealed class VoteSheet(VoteTable table)
{
    private readonly int[] starts = table.Starts;
    private readonly int[] rows = table.Rows;
    private readonly double[]? weights = table.Weights;
    private readonly int[]? gold = table.GoldAnswers;

    /// <summary>Prior and weights of an item's votes summed, per state; other classes than a gold item's are ruled out.</summary>
    public void Gather(int item, double[] prior, PackedTable perRow, Span<double> states)
    {
        if (weights is null) perRow.Gather(Voted(item), prior, states);
        else GatherWeighted(item, prior, perRow, states);
        if (gold is not null && gold[item] >= 0) RuleOut(gold[item], states);
    }

    /// <summary>Adds an item's chances to the counts of each of its votes' rows.</summary>
    public void Scatter(int item, ReadOnlySpan<double> states, PackedTable counts)
    {
        double factor = gold is not null && gold[item] >= 0 ? Gold.Weight : 1;
        if (weights is null && factor == 1) counts.Scatter(Voted(item), states);
        else ScatterWeighted(item, factor, states, counts);
    }

    private ReadOnlySpan<int> Voted(int item) => rows.AsSpan(starts[item], starts[item + 1] - starts[item]);

    private void GatherWeighted(int item, double[] prior, PackedTable perRow, Span<double> states)
    {
        prior.CopyTo(states);
        for (int vote = starts[item]; vote < starts[item + 1]; vote++)
        {
            int first = rows[vote] * states.Length;
            for (int state = 0; state < states.Length; state++) states[state] += weights![vote] * perRow[first + state];
        }
    }

    private void ScatterWeighted(int item, double factor, ReadOnlySpan<double> states, PackedTable counts)
    {
        Span<double> weighted = stackalloc double[states.Length];
        for (int vote = starts[item]; vote < starts[item + 1]; vote++)
        {
            double weight = factor * (weights?[vote] ?? 1);
            for (int state = 0; state < states.Length; state++) weighted[state] = weight * states[state];
            counts.Scatter(rows.AsSpan(vote, 1), weighted);
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
