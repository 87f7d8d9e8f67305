using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ChainSpace.Rules.Inference;

/// <summary>
/// What all models of the crowd share. An item is in one of several states (its class and how hard it is, state = level ×
/// classes + class); a pass gives every item the chances of its states from its votes' weights and at once counts, per worker
/// and label, how often which state was answered so. Between passes a model turns counts into weights.
/// </summary>
internal sealed class EmKernel
{
    private readonly VoteTable table;
    private readonly Workspace space;
    private readonly Runner run;
    private readonly double[][] stateSums;
    private readonly double[] changes;

    public EmKernel(VoteTable table, Workspace space, int levels, Runner run)
    {
        (this.table, this.space, this.run) = (table, space, run);
        States = table.Classes * levels;
        Width = Lanes.Padded(States);
        Levels = levels;
        Prior = new double[Width];
        StateCounts = new double[Width];
        stateSums = new double[space.Chunks.Length - 1][];
        for (int chunk = 0; chunk < stateSums.Length; chunk++) stateSums[chunk] = new double[Width];
        changes = new double[stateSums.Length];
        Population = new double[table.Classes * Width];
        GroupPopulations = new double[space.Groups.Length - 1][];
        for (int group = 0; group < GroupPopulations.Length; group++) GroupPopulations[group] = new double[table.Classes * Width];
    }

    public int Classes => table.Classes;

    public int Levels { get; }

    /// <summary>Classes × levels; beyond it, up to <see cref="Width"/>, there is only padding.</summary>
    public int States { get; }

    public int Width { get; }

    /// <summary>Logarithm of each state's chance before any vote, up to a constant.</summary>
    public double[] Prior { get; }

    /// <summary>How many items are expected in each state.</summary>
    public double[] StateCounts { get; }

    /// <summary>The counts of all workers together, per label and state.</summary>
    public double[] Population { get; }

    public double[] Counts => space.Counts[0];

    public double[] Weights => space.Weights;

    private double[][] GroupPopulations { get; }

    /// <summary>Counts what workers answered if items are as believed, with the shares of the levels per item.</summary>
    public void Count(double[] beliefs, AgreementLevels levels)
    {
        run(stateSums.Length, chunk =>
        {
            double[] counts = Cleared(chunk);
            Span<double> states = stackalloc double[Width];
            for (int item = space.Chunks[chunk]; item < space.Chunks[chunk + 1]; item++)
            {
                ReadOnlySpan<double> shares = levels.SharesOf(item);
                for (int state = 0; state < States; state++)
                    states[state] = beliefs[item * Classes + state % Classes] * shares[state / Classes];
                Scatter(item, states, counts, stateSums[chunk]);
            }
        });
        Combine();
    }

    /// <summary>One step: beliefs from weights, and counts from beliefs. Returns the sum of all absolute changes.</summary>
    /// <param name="beliefs">Per item and class; read for the change, then overwritten.</param>
    public double Pass(double[] beliefs)
    {
        for (int lane = States; lane < Width; lane++) Prior[lane] = Lanes.Never;
        run(stateSums.Length, chunk =>
        {
            double[] counts = Cleared(chunk);
            Span<double> states = stackalloc double[Width];
            double change = 0;
            for (int item = space.Chunks[chunk]; item < space.Chunks[chunk + 1]; item++)
            {
                Gather(item, states);
                change += Normalise(states, beliefs.AsSpan(item * Classes, Classes));
                Scatter(item, states, counts, stateSums[chunk]);
            }

            changes[chunk] = change;
        });
        Combine();
        double sum = 0;
        foreach (double change in changes) sum += change;
        return sum;
    }

    /// <summary>The chances of one item's states by the present weights.</summary>
    public void StatesOf(int item, Span<double> states)
    {
        Gather(item, states);
        Span<double> beliefs = stackalloc double[Classes];
        Normalise(states, beliefs);
    }

    /// <summary>Work on all workers, in fixed groups.</summary>
    public void ForWorkers(Action<int, int> work) =>
        run(space.Groups.Length - 1, group => work(space.Groups[group], space.Groups[group + 1]));

    private double[] Cleared(int chunk)
    {
        Array.Clear(stateSums[chunk]);
        Array.Clear(space.Counts[chunk], 0, table.Workers * Classes * Width);
        return space.Counts[chunk];
    }

    private void Gather(int item, Span<double> states)
    {
        unchecked
        {
            ref double weights = ref MemoryMarshal.GetArrayDataReference(space.Weights);
            ReadOnlySpan<int> rows = table.Rows.AsSpan(table.Starts[item], table.Starts[item + 1] - table.Starts[item]);
            int gold = table.GoldAnswers is null ? -1 : table.GoldAnswers[item];
            for (int lane = 0; lane < states.Length; lane += Lanes.Count)
            {
                Vector256<double> sum = Vector256.LoadUnsafe(ref Prior[lane]);
                if (table.Weights is null)
                {
                    foreach (int row in rows) sum += Vector256.LoadUnsafe(ref weights, (nuint)(row * states.Length + lane));
                }
                else
                {
                    sum = WeightedSum(sum, item, lane);
                }

                sum.StoreUnsafe(ref states[lane]);
            }

            if (gold < 0) return;
            for (int state = 0; state < States; state++)
            {
                if (state % Classes != gold) states[state] = Lanes.Never;
            }
        }
    }

    private Vector256<double> WeightedSum(Vector256<double> sum, int item, int lane)
    {
        for (int vote = table.Starts[item]; vote < table.Starts[item + 1]; vote++)
        {
            nuint place = (nuint)table.Rows[vote] * (nuint)Width + (nuint)lane;
            sum += Vector256.LoadUnsafe(ref space.Weights[0], place) * table.Weights![vote];
        }

        return sum;
    }

    /// <summary>Logarithms to chances that sum to one, and the classes' chances; returns how far those have moved.</summary>
    private double Normalise(Span<double> states, Span<double> beliefs)
    {
        unchecked
        {
            Vector256<double> most = Vector256.LoadUnsafe(ref states[0]);
            for (int lane = Lanes.Count; lane < states.Length; lane += Lanes.Count)
                most = Vector256.Max(most, Vector256.LoadUnsafe(ref states[lane]));
            Vector256<double> largest = Vector256.Create(Lanes.Max(most));
            Vector256<double> sums = Vector256<double>.Zero;
            for (int lane = 0; lane < states.Length; lane += Lanes.Count)
            {
                Vector256<double> chance = Lanes.Exp(Vector256.LoadUnsafe(ref states[lane]) - largest);
                sums += chance;
                chance.StoreUnsafe(ref states[lane]);
            }

            Vector256<double> scale = Vector256.Create(1 / Lanes.Sum(sums));
            for (int lane = 0; lane < states.Length; lane += Lanes.Count)
                (Vector256.LoadUnsafe(ref states[lane]) * scale).StoreUnsafe(ref states[lane]);
            return Collect(states, beliefs);
        }
    }

    private double Collect(Span<double> states, Span<double> beliefs)
    {
        unchecked
        {
            double change = 0;
            for (int option = 0; option < beliefs.Length; option++)
            {
                double belief = states[option];
                for (int state = option + beliefs.Length; state < States; state += beliefs.Length) belief += states[state];
                change += Math.Abs(belief - beliefs[option]);
                beliefs[option] = belief;
            }

            return change;
        }
    }

    private void Scatter(int item, Span<double> states, double[] counts, double[] sums)
    {
        unchecked
        {
            ref double first = ref MemoryMarshal.GetArrayDataReference(counts);
            ReadOnlySpan<int> rows = table.Rows.AsSpan(table.Starts[item], table.Starts[item + 1] - table.Starts[item]);
            double factor = table.GoldAnswers is not null && table.GoldAnswers[item] >= 0 ? Gold.Weight : 1;
            for (int lane = 0; lane < states.Length; lane += Lanes.Count)
            {
                Vector256<double> chance = Vector256.LoadUnsafe(ref states[lane]);
                (Vector256.LoadUnsafe(ref sums[lane]) + chance).StoreUnsafe(ref sums[lane]);
                chance *= factor;
                if (table.Weights is not null)
                {
                    ScatterWeighted(item, lane, chance, counts);
                    continue;
                }

                foreach (int row in rows)
                {
                    nuint place = (nuint)(row * states.Length + lane);
                    (Vector256.LoadUnsafe(ref first, place) + chance).StoreUnsafe(ref first, place);
                }
            }
        }
    }

    private void ScatterWeighted(int item, int lane, Vector256<double> chance, double[] counts)
    {
        for (int vote = table.Starts[item]; vote < table.Starts[item + 1]; vote++)
        {
            nuint place = (nuint)table.Rows[vote] * (nuint)Width + (nuint)lane;
            Vector256<double> old = Vector256.LoadUnsafe(ref counts[0], place);
            (old + chance * table.Weights![vote]).StoreUnsafe(ref counts[0], place);
        }
    }

    private void Combine()
    {
        run(space.Groups.Length - 1, Combine);
        Array.Clear(Population);
        foreach (double[] group in GroupPopulations) Add(group, 0, Population);
        Array.Clear(StateCounts);
        foreach (double[] sums in stateSums) Add(sums, 0, StateCounts);
    }

    private void Combine(int group)
    {
        int perWorker = Classes * Width;
        Array.Clear(GroupPopulations[group]);
        for (int worker = space.Groups[group]; worker < space.Groups[group + 1]; worker++)
        {
            Span<double> all = space.Counts[0].AsSpan(worker * perWorker, perWorker);
            for (int chunk = 1; chunk < space.Counts.Length; chunk++) Add(space.Counts[chunk], worker * perWorker, all);
            Add(space.Counts[0], worker * perWorker, GroupPopulations[group]);
        }
    }

    private static void Add(double[] from, int start, Span<double> to)
    {
        for (int lane = 0; lane < to.Length; lane += Lanes.Count)
        {
            Vector256<double> sum = Vector256.LoadUnsafe(ref to[lane]) + Vector256.LoadUnsafe(ref from[start + lane]);
            sum.StoreUnsafe(ref to[lane]);
        }
    }
}
