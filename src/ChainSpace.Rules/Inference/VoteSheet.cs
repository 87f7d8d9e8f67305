using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ChainSpace.Rules.Inference;

/// <summary>
/// The two acts that touch every vote: adding up what an item's votes weigh, and crediting the item's chances to the workers
/// who voted. Three vectors are carried at once where the states fill them, for the reading of votes is what costs.
/// </summary>
internal sealed class VoteSheet(VoteTable table)
{
    private const int Three = 3 * Lanes.Count;

    private readonly int[] starts = table.Starts;
    private readonly int[] rows = table.Rows;
    private readonly double[]? weights = table.Weights;
    private readonly int[]? gold = table.GoldAnswers;

    /// <summary>Prior and weights of an item's votes summed, per state; other classes than a gold item's are ruled out.</summary>
    public void Gather(int item, double[] prior, double[] perRow, Span<double> states)
    {
        unchecked
        {
            ReadOnlySpan<int> voted = rows.AsSpan(starts[item], starts[item + 1] - starts[item]);
            ref double from = ref MemoryMarshal.GetArrayDataReference(perRow);
            ref double before = ref MemoryMarshal.GetArrayDataReference(prior);
            ref double to = ref MemoryMarshal.GetReference(states);
            nuint width = (nuint)states.Length, lane = 0;
            if (weights is not null)
            {
                GatherWeighted(item, prior, perRow, states);
                lane = width;
            }

            for (; lane + Three <= width; lane += Three)
            {
                Vector256<double> one = Vector256.LoadUnsafe(ref before, lane);
                Vector256<double> two = Vector256.LoadUnsafe(ref before, lane + Lanes.Count);
                Vector256<double> three = Vector256.LoadUnsafe(ref before, lane + 2 * Lanes.Count);
                foreach (int row in voted)
                {
                    nuint place = (nuint)(uint)row * width + lane;
                    one += Vector256.LoadUnsafe(ref from, place);
                    two += Vector256.LoadUnsafe(ref from, place + Lanes.Count);
                    three += Vector256.LoadUnsafe(ref from, place + 2 * Lanes.Count);
                }

                one.StoreUnsafe(ref to, lane);
                two.StoreUnsafe(ref to, lane + Lanes.Count);
                three.StoreUnsafe(ref to, lane + 2 * Lanes.Count);
            }

            for (; lane < width; lane += Lanes.Count)
            {
                Vector256<double> sum = Vector256.LoadUnsafe(ref before, lane);
                foreach (int row in voted) sum += Vector256.LoadUnsafe(ref from, (nuint)(uint)row * width + lane);
                sum.StoreUnsafe(ref to, lane);
            }

            if (gold is not null && gold[item] >= 0) RuleOut(gold[item], states);
        }
    }

    /// <summary>Adds an item's chances to the counts of each of its votes' rows, and to the sums of all items.</summary>
    public void Scatter(int item, ReadOnlySpan<double> states, double[] counts, double[] sums)
    {
        unchecked
        {
            ReadOnlySpan<int> voted = rows.AsSpan(starts[item], starts[item + 1] - starts[item]);
            ref double to = ref MemoryMarshal.GetArrayDataReference(counts);
            ref double from = ref MemoryMarshal.GetReference(states);
            ref double sum = ref MemoryMarshal.GetArrayDataReference(sums);
            nuint width = (nuint)states.Length, lane = 0;
            for (; lane < width; lane += Lanes.Count)
                (Vector256.LoadUnsafe(ref sum, lane) + Vector256.LoadUnsafe(ref from, lane)).StoreUnsafe(ref sum, lane);
            if (weights is not null || (gold is not null && gold[item] >= 0))
            {
                ScatterWeighted(item, states, counts);
                return;
            }

            for (lane = 0; lane + Three <= width; lane += Three)
            {
                Vector256<double> one = Vector256.LoadUnsafe(ref from, lane);
                Vector256<double> two = Vector256.LoadUnsafe(ref from, lane + Lanes.Count);
                Vector256<double> three = Vector256.LoadUnsafe(ref from, lane + 2 * Lanes.Count);
                foreach (int row in voted)
                {
                    nuint place = (nuint)(uint)row * width + lane;
                    Add(one, ref to, place);
                    Add(two, ref to, place + Lanes.Count);
                    Add(three, ref to, place + 2 * Lanes.Count);
                }
            }

            for (; lane < width; lane += Lanes.Count)
            {
                Vector256<double> chance = Vector256.LoadUnsafe(ref from, lane);
                foreach (int row in voted) Add(chance, ref to, (nuint)(uint)row * width + lane);
            }
        }
    }

    private static void Add(Vector256<double> chance, ref double counts, nuint place) =>
        (Vector256.LoadUnsafe(ref counts, place) + chance).StoreUnsafe(ref counts, place);

    private void GatherWeighted(int item, double[] prior, double[] perRow, Span<double> states)
    {
        prior.CopyTo(states);
        for (int vote = starts[item]; vote < starts[item + 1]; vote++)
        {
            ReadOnlySpan<double> from = perRow.AsSpan(rows[vote] * states.Length, states.Length);
            for (int state = 0; state < states.Length; state++) states[state] += weights![vote] * from[state];
        }
    }

    private void ScatterWeighted(int item, ReadOnlySpan<double> states, double[] counts)
    {
        double factor = gold is not null && gold[item] >= 0 ? Gold.Weight : 1;
        for (int vote = starts[item]; vote < starts[item + 1]; vote++)
        {
            double weight = factor * (weights?[vote] ?? 1);
            Span<double> to = counts.AsSpan(rows[vote] * states.Length, states.Length);
            for (int state = 0; state < states.Length; state++) to[state] += weight * states[state];
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
