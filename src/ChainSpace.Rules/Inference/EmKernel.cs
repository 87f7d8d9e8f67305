using System.Runtime.CompilerServices;
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
    // Numbers that stay in the nearest cache while a block of items is worked on.
    private const int BlockSize = 1024;

    private readonly VoteTable table;
    private readonly VoteSheet sheet;
    private readonly Workspace space;
    private readonly Runner run;
    private readonly double[][] stateSums;
    private readonly double[] changes;

    public EmKernel(VoteTable table, Workspace space, int levels, Runner run)
    {
        (this.table, this.space, this.run) = (table, space, run);
        sheet = new VoteSheet(table);
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

    public PackedTable Counts => space.Counts[0];

    public PackedTable Weights => space.Weights;

    private double[][] GroupPopulations { get; }

    /// <summary>Counts what workers answered if items are as believed, with the shares of the levels per item.</summary>
    public void Count(double[] beliefs, AgreementLevels levels)
    {
        run(stateSums.Length, chunk =>
        {
            PackedTable counts = Cleared(chunk);
            Span<double> states = stackalloc double[Width];
            for (int item = space.Chunks[chunk]; item < space.Chunks[chunk + 1]; item++)
            {
                ReadOnlySpan<double> shares = levels.SharesOf(item), classes = beliefs.AsSpan(item * Classes, Classes);
                for (int level = 0; level < Levels; level++)
                {
                    for (int option = 0; option < Classes; option++)
                        states[level * Classes + option] = classes[option] * shares[level];
                }

                sheet.Scatter((item, 1), states, counts);
                Add(states, stateSums[chunk]);
            }
        });
        Combine();
    }

    /// <summary>One step: beliefs from weights, and counts from beliefs. Returns the sum of all absolute changes.</summary>
    /// <param name="beliefs">Per item and class; read for the change, then overwritten.</param>
    public double Pass(double[] beliefs)
    {
        for (int lane = States; lane < Width; lane++) Prior[lane] = Lanes.Never;
        run(stateSums.Length, chunk => changes[chunk] = Pass(chunk, beliefs));
        Combine();
        double sum = 0;
        foreach (double change in changes) sum += change;
        return sum;
    }

    /// <summary>The chances of one item's states by the present weights.</summary>
    public void StatesOf(int item, Span<double> states)
    {
        for (int lane = States; lane < Width; lane++) Prior[lane] = Lanes.Never;
        sheet.Gather((item, 1), Prior, space.Weights, states);
        Normalise(states, Width);
    }

    /// <summary>The chances of the classes, all levels together.</summary>
    public void Classify(ReadOnlySpan<double> states, Span<double> classes)
    {
        classes.Clear();
        for (int state = 0; state < States; state++) classes[state % Classes] += states[state];
    }

    // A few items at a time: short loops of nothing but reading or writing keep more of the slow memory busy.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Pass(int chunk, double[] beliefs)
    {
        unchecked
        {
            double change = 0;
            PackedTable counts = Cleared(chunk);
            int most = Math.Max(1, BlockSize / Width), end = space.Chunks[chunk + 1];
            Span<double> block = stackalloc double[most * Width];
            for (int item = space.Chunks[chunk]; item < end; item += most)
            {
                int items = Math.Min(most, end - item);
                Span<double> rows = block[..(items * Width)];
                sheet.Gather((item, items), Prior, space.Weights, rows);
                Normalise(rows, Width);
                for (int each = 0; each < items; each++)
                {
                    Span<double> states = rows.Slice(each * Width, Width);
                    change += Collect(states, beliefs.AsSpan((item + each) * Classes, Classes));
                    Add(states, stateSums[chunk]);
                }

                sheet.Scatter((item, items), rows, counts);
            }

            return change;
        }
    }

    /// <summary>Work on all workers, in fixed groups.</summary>
    public void ForWorkers(Action<int, int> work) =>
        run(space.Groups.Length - 1, group => work(space.Groups[group], space.Groups[group + 1]));

    private PackedTable Cleared(int chunk)
    {
        Array.Clear(stateSums[chunk]);
        space.Counts[chunk].Clear(table.Workers * Classes * Width);
        return space.Counts[chunk];
    }

    /// <summary>Rows of logarithms of chances, up to a constant, to chances that sum to one.</summary>
    // In three rounds, so that the long chains of one row's exponentials run beside those of the next.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalise(Span<double> rows, int width)
    {
        unchecked
        {
            ref double first = ref MemoryMarshal.GetReference(rows);
            nuint end = (nuint)rows.Length, step = (nuint)width;
            for (nuint row = 0; row < end; row += step)
            {
                Vector256<double> most = Vector256.LoadUnsafe(ref first, row);
                for (nuint place = row + Lanes.Count; place < row + step; place += Lanes.Count)
                    most = Vector256.Max(most, Vector256.LoadUnsafe(ref first, place));
                Vector256<double> largest = Vector256.Create(Lanes.Max(most));
                for (nuint place = row; place < row + step; place += Lanes.Count)
                    (Vector256.LoadUnsafe(ref first, place) - largest).StoreUnsafe(ref first, place);
            }

            for (nuint place = 0; place < end; place += Lanes.Count)
                Lanes.Exp(Vector256.LoadUnsafe(ref first, place)).StoreUnsafe(ref first, place);
            for (nuint row = 0; row < end; row += step)
            {
                Vector256<double> sums = Vector256<double>.Zero;
                for (nuint place = row; place < row + step; place += Lanes.Count)
                    sums += Vector256.LoadUnsafe(ref first, place);
                Vector256<double> scale = Vector256.Create(1 / Lanes.Sum(sums));
                for (nuint place = row; place < row + step; place += Lanes.Count)
                    (Vector256.LoadUnsafe(ref first, place) * scale).StoreUnsafe(ref first, place);
            }
        }
    }

    /// <summary>The chances of the classes, all levels together; returns how far they have moved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Collect(ReadOnlySpan<double> states, Span<double> beliefs)
    {
        unchecked
        {
            ref double first = ref MemoryMarshal.GetReference(states);
            ref double old = ref MemoryMarshal.GetReference(beliefs);
            nuint classes = (nuint)beliefs.Length, end = (nuint)States, option = 0;
            Vector256<double> moved = Vector256<double>.Zero;
            for (; option + Lanes.Count <= classes; option += Lanes.Count)
            {
                Vector256<double> belief = Vector256.LoadUnsafe(ref first, option);
                for (nuint state = option + classes; state < end; state += classes)
                    belief += Vector256.LoadUnsafe(ref first, state);
                moved += Vector256.Abs(belief - Vector256.LoadUnsafe(ref old, option));
                belief.StoreUnsafe(ref old, option);
            }

            double change = Lanes.Sum(moved);
            for (int rest = (int)option; rest < beliefs.Length; rest++)
            {
                double belief = states[rest];
                for (int state = rest + beliefs.Length; state < States; state += beliefs.Length) belief += states[state];
                change += Math.Abs(belief - beliefs[rest]);
                beliefs[rest] = belief;
            }

            return change;
        }
    }

    private void Combine()
    {
        run(space.Groups.Length - 1, Combine);
        Array.Clear(Population);
        foreach (double[] group in GroupPopulations) Add(group, Population);
        Array.Clear(StateCounts);
        foreach (double[] sums in stateSums) Add(sums, StateCounts);
    }

    private void Combine(int group)
    {
        int perWorker = Classes * Width;
        Array.Clear(GroupPopulations[group]);
        (int From, int To) places = (space.Groups[group] * perWorker, space.Groups[group + 1] * perWorker);
        space.Counts[0].Collect(space.Counts.AsSpan(1), places, GroupPopulations[group]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<double> from, double[] to)
    {
        unchecked
        {
            ref double one = ref MemoryMarshal.GetReference(from);
            ref double sum = ref MemoryMarshal.GetArrayDataReference(to);
            for (nuint lane = 0; lane < (nuint)from.Length; lane += Lanes.Count)
                (Vector256.LoadUnsafe(ref sum, lane) + Vector256.LoadUnsafe(ref one, lane)).StoreUnsafe(ref sum, lane);
        }
    }
}
