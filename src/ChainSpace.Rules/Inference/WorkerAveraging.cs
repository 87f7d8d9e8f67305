using System.Runtime.CompilerServices;

namespace ChainSpace.Rules.Inference;

/// <summary>
/// Y. Li, B. Rubinstein and T. Cohn, "Truth inference at scale: a Bayesian model for adjudicating highly redundant crowd
/// annotations" (WWW 2019): an answer is the mean of its votes weighted by each worker's precision, a precision the inverse of
/// the worker's mean squared distance from the answers, each class against the others. Few parameters, so mild beliefs.
/// </summary>
internal sealed class WorkerAveraging
{
    private const int MostPasses = 50;
    private const double PriorVotes = 15;
    private const double MeanWeight = 1;
    private const double Tolerance = 1e-3;

    private readonly VoteTable table;
    private readonly Runner run;
    private readonly int[] chunks;
    private readonly int[] groups;
    private readonly double[][] squares;
    private readonly double[][] sums;
    private readonly bool[] moved;
    private readonly double[] votes;
    private readonly double[] precisions;
    private readonly double[] mean;

    private WorkerAveraging(VoteTable table, Workspace space, Runner run)
    {
        (this.table, this.run) = (table, run);
        (chunks, groups) = (space.Chunks, space.Groups);
        precisions = new double[table.Workers * table.Classes];
        (sums, squares) = (new double[chunks.Length - 1][], new double[chunks.Length - 1][]);
        for (int chunk = 0; chunk < sums.Length; chunk++)
            (sums[chunk], squares[chunk]) = (new double[table.Classes], new double[precisions.Length]);

        moved = new bool[sums.Length];
        votes = VotesOfWorkers(table);
        mean = new double[table.Classes];
    }

    /// <summary>Replaces vote shares by averages; they sum to one per item.</summary>
    public static void Fit(VoteTable table, Workspace space, double[] beliefs, Runner run)
    {
        WorkerAveraging fit = new(table, space, run);
        double[] prior = fit.PriorSquares(beliefs);
        for (int pass = 0; pass < MostPasses; pass++)
        {
            fit.Measure(beliefs, prior);
            fit.Average(beliefs);
            if (!Array.Exists(fit.moved, static m => m)) break;
        }

        fit.Normalise(beliefs);
    }

    private static double[] VotesOfWorkers(VoteTable table)
    {
        double[] votes = new double[table.Workers];
        for (int item = 0; item < table.Items; item++)
        {
            for (int vote = table.Starts[item]; vote < table.Starts[item + 1]; vote++)
                votes[table.Rows[vote] / table.Classes] += WeightOf(table, item, vote);
        }

        return votes;
    }

    private static double WeightOf(VoteTable table, int item, int vote) =>
        (table.Weights?[vote] ?? 1) * (table.GoldAnswers is { } gold && gold[item] >= 0 ? Gold.Weight : 1);

    // The mean variance of the vote shares, corrected so that a chance crowd has the same prior with any number of classes.
    private double[] PriorSquares(double[] beliefs)
    {
        double[] prior = new double[table.Classes];
        for (int item = 0; item < table.Items; item++)
        {
            int count = table.Starts[item + 1] - table.Starts[item];
            for (int option = 0; option < prior.Length; option++)
            {
                double share = beliefs[item * table.Classes + option];
                prior[option] += count * share * (1 - share);
            }
        }

        double scale = PriorVotes * 4 * (1 - 1.0 / table.Classes) / Math.Max(1, table.Rows.Length);
        for (int option = 0; option < prior.Length; option++) prior[option] = prior[option] * scale + 1e-9;
        return prior;
    }

    private void Measure(double[] beliefs, double[] prior)
    {
        int classes = table.Classes;
        run(sums.Length, chunk => Measure(chunk, beliefs));
        Array.Clear(mean);
        foreach (double[] sum in sums)
        {
            for (int option = 0; option < classes; option++) mean[option] += sum[option] / table.Items;
        }

        run(groups.Length - 1, group =>
        {
            for (int place = groups[group] * classes; place < groups[group + 1] * classes; place++)
            {
                double square = prior[place % classes];
                for (int chunk = 0; chunk < sums.Length; chunk++) square += squares[chunk][place];
                precisions[place] = (PriorVotes + votes[place / classes]) / square;
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(int chunk, double[] beliefs)
    {
        unchecked
        {
            int classes = table.Classes;
            double[] mine = squares[chunk], sum = sums[chunk];
            Array.Clear(sum);
            Array.Clear(mine);
            for (int item = chunks[chunk]; item < chunks[chunk + 1]; item++)
            {
                ReadOnlySpan<double> belief = beliefs.AsSpan(item * classes, classes);
                for (int option = 0; option < classes; option++) sum[option] += belief[option];
                for (int vote = table.Starts[item]; vote < table.Starts[item + 1]; vote++)
                {
                    int label = table.Rows[vote] % classes;
                    double weight = WeightOf(table, item, vote);
                    Span<double> worker = mine.AsSpan(table.Rows[vote] - label, classes);
                    for (int option = 0; option < worker.Length; option++)
                    {
                        double distance = belief[option] - (option == label ? 1 : 0);
                        worker[option] += weight * distance * distance;
                    }
                }
            }
        }
    }

    private void Average(double[] beliefs) => run(sums.Length, chunk =>
    {
        unchecked
        {
            bool hasMoved = false;
            int classes = table.Classes;
            Span<double> own = stackalloc double[classes], all = stackalloc double[classes];
            for (int item = chunks[chunk]; item < chunks[chunk + 1]; item++)
            {
                if (table.GoldAnswers is { } gold && gold[item] >= 0) continue;
                Add(item, own, all);
                for (int option = 0; option < classes; option++)
                {
                    ref double belief = ref beliefs[item * classes + option];
                    double next = (MeanWeight * mean[option] + own[option]) / (MeanWeight + all[option]);
                    hasMoved |= Math.Abs(next - belief) > 1e-8 + Tolerance * next;
                    belief = next;
                }
            }

            moved[chunk] = hasMoved;
        }
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int item, Span<double> own, Span<double> all)
    {
        unchecked
        {
            own.Clear();
            all.Clear();
            for (int vote = table.Starts[item]; vote < table.Starts[item + 1]; vote++)
            {
                int label = table.Rows[vote] % own.Length;
                double weight = table.Weights?[vote] ?? 1;
                ReadOnlySpan<double> worker = precisions.AsSpan(table.Rows[vote] - label, own.Length);
                own[label] += weight * worker[label];
                for (int option = 0; option < worker.Length; option++) all[option] += weight * worker[option];
            }
        }
    }

    private void Normalise(double[] beliefs) => run(sums.Length, chunk =>
    {
        for (int item = chunks[chunk]; item < chunks[chunk + 1]; item++)
        {
            Span<double> belief = beliefs.AsSpan(item * table.Classes, table.Classes);
            double sum = 0;
            foreach (double each in belief) sum += each;
            for (int option = 0; option < belief.Length; option++) belief[option] /= sum;
        }
    });
}
