using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ChainSpace.Rules.Inference;

/// <summary>Turns what was counted into what a vote is worth.</summary>
internal interface ICrowdModel
{
    int Levels { get; }

    /// <summary>A fit ends at this many passes.</summary>
    int MostPasses { get; }

    void Weigh(EmKernel kernel);
}

/// <summary>
/// A. P. Dawid and A. M. Skene, "Maximum likelihood estimation of observer error-rates using the EM algorithm" (1979), stopped
/// early: ten steps keep it from trusting its own errors.
/// </summary>
internal sealed class PlainModel : ICrowdModel
{
    private const double Floor = 1e-10;

    public int Levels => 1;

    public int MostPasses => 10;

    public void Weigh(EmKernel kernel)
    {
        double items = 0;
        foreach (double count in kernel.StateCounts.AsSpan(0, kernel.States)) items += count;
        for (int lane = 0; lane < kernel.Width; lane += Lanes.Count)
        {
            Vector256<double> share = Vector256.LoadUnsafe(ref kernel.StateCounts[lane]) / items + Vector256.Create(Floor);
            Lanes.Log(share).StoreUnsafe(ref kernel.Prior[lane]);
        }

        kernel.ForWorkers((from, to) =>
        {
            double[] counts = new double[kernel.Classes * kernel.Width], weights = new double[counts.Length];
            for (int worker = from; worker < to; worker++)
            {
                kernel.Counts.CopyTo(worker * counts.Length, counts);
                for (int lane = 0; lane < kernel.Width; lane += Lanes.Count) Weigh(counts, weights, (lane, kernel.Width));
                kernel.Weights.Fill(worker * weights.Length, weights);
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Weigh(double[] counts, double[] weights, (int First, int Step) column)
    {
        Vector256<double> floor = Vector256.Create(Floor), sum = Vector256<double>.Zero;
        for (int place = column.First; place < counts.Length; place += column.Step)
            sum += Vector256.LoadUnsafe(ref counts[place]) + floor;
        Vector256<double> inverse = Vector256.Create(1.0) / sum;
        for (int place = column.First; place < counts.Length; place += column.Step)
        {
            Vector256<double> share = (Vector256.LoadUnsafe(ref counts[place]) + floor) * inverse;
            Lanes.Log(Vector256.Max(share, floor)).StoreUnsafe(ref weights[place]);
        }
    }
}

/// <summary>
/// Dawid and Skene with levels of difficulty and with workers drawn to the crowd: a worker's row of the confusion matrix has
/// as prior the row of all workers (as <see cref="CrowdPull"/> votes) and one that is right as often as the worker is in
/// general (as <see cref="SkillPull"/> votes) and else errs as the crowd errs.
/// </summary>
internal sealed record HierarchicalModel(int Levels, int MostPasses, double CrowdPull, double SkillPull) : ICrowdModel
{
    // Votes by which a worker's skill is drawn to the crowd's, and the crowd's rows to a prior that favours the right label.
    public const double SkillPrior = 8;
    private const double CrowdPrior = 20;
    private const double RightLabel = 4;

    /// <summary>Weights are expected logarithms (variational Bayes) instead of logarithms of expectations.</summary>
    public bool IsVariational { get; init; }

    /// <summary>A worker has one skill on all levels.</summary>
    public bool HasOneSkill { get; init; }

    public void Weigh(EmKernel kernel)
    {
        for (int lane = 0; lane < kernel.Width; lane += Lanes.Count)
        {
            Vector256<double> count = Vector256.LoadUnsafe(ref kernel.StateCounts[lane]);
            Lanes.Digamma(count + Vector256.Create(1.0 / Levels)).StoreUnsafe(ref kernel.Prior[lane]);
        }

        CrowdRows crowd = new(kernel, this);
        kernel.ForWorkers((from, to) =>
        {
            double[] skills = new double[kernel.Width], counts = new double[kernel.Classes * kernel.Width];
            for (int worker = from; worker < to; worker++)
            {
                kernel.Counts.CopyTo(worker * counts.Length, counts);
                FindSkills(kernel, crowd, counts, skills);
                for (int lane = 0; lane < kernel.Width; lane += Lanes.Count) Weigh(crowd, counts, lane, skills);
                kernel.Weights.Fill(worker * counts.Length, counts);
            }
        });
    }

    /// <summary>Each state's chance that the worker is right there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindSkills(EmKernel kernel, CrowdRows crowd, double[] counts, double[] skills)
    {
        Span<double> right = stackalloc double[Levels], all = stackalloc double[Levels];
        CrowdRows.Sum(kernel, counts, right, all);
        double rightOnAll = 0, allOnAll = 0;
        for (int level = 0; level < Levels; level++)
        {
            rightOnAll += right[level];
            allOnAll += all[level];
        }

        for (int level = 0; level < Levels; level++)
        {
            double skill = HasOneSkill
                ? (rightOnAll + SkillPrior * crowd.Skill) / (allOnAll + SkillPrior)
                : (right[level] + SkillPrior * crowd.Skills[level]) / (all[level] + SkillPrior);
            skills.AsSpan(level * kernel.Classes, kernel.Classes).Fill(skill);
        }
    }

    /// <summary>Turns the counts of one column of states into weights, in their place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Weigh(CrowdRows crowd, double[] counts, int lane, double[] skills)
    {
        Vector256<double> skill = Vector256.LoadUnsafe(ref skills[lane]);
        Vector256<double> error = Vector256.Create(1.0) - skill;
        Vector256<double> sum = Vector256<double>.Zero;
        for (int place = lane; place < counts.Length; place += skills.Length)
        {
            Vector256<double> expected = Vector256.LoadUnsafe(ref crowd.Priors[place])
                + skill * Vector256.LoadUnsafe(ref crowd.Right[place])
                + error * Vector256.LoadUnsafe(ref crowd.Wrong[place]);
            Vector256<double> count = Vector256.LoadUnsafe(ref counts[place]) + expected;
            sum += count;
            Weight(count).StoreUnsafe(ref counts[place]);
        }

        Vector256<double> total = Weight(sum);
        for (int place = lane; place < counts.Length; place += skills.Length)
            (Vector256.LoadUnsafe(ref counts[place]) - total).StoreUnsafe(ref counts[place]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> Weight(Vector256<double> count) => IsVariational ? Lanes.Digamma(count) : Lanes.Log(count);

    /// <summary>How the crowd as a whole answers, per label and state, times the pulls of the model.</summary>
    internal sealed class CrowdRows
    {
        public CrowdRows(EmKernel kernel, HierarchicalModel model)
        {
            int size = kernel.Classes * kernel.Width;
            (Priors, Right, Wrong) = (new double[size], new double[size], new double[size]);
            Skills = new double[kernel.Levels];
            Span<double> right = stackalloc double[kernel.Levels], all = stackalloc double[kernel.Levels];
            Sum(kernel, kernel.Population, right, all);
            double rightOnAll = 0, allOnAll = 0;
            for (int level = 0; level < kernel.Levels; level++)
            {
                Skills[level] = (right[level] + PriorRight(kernel)) / (all[level] + 1);
                rightOnAll += right[level];
                allOnAll += all[level];
            }

            Skill = (rightOnAll + PriorRight(kernel)) / (allOnAll + 1);
            for (int lane = 0; lane < kernel.Width; lane++) Fill(kernel, model, lane);
        }

        public double[] Priors { get; }

        public double[] Right { get; }

        public double[] Wrong { get; }

        public double[] Skills { get; }

        public double Skill { get; }

        /// <summary>Of the counts of one worker or all: how many were right, and how many there are, per level.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Sum(EmKernel kernel, ReadOnlySpan<double> counts, Span<double> right, Span<double> all)
        {
            right.Clear();
            all.Clear();
            for (int label = 0; label < kernel.Classes; label++)
            {
                ReadOnlySpan<double> row = counts.Slice(label * kernel.Width, kernel.States);
                for (int level = 0; level < right.Length; level++)
                {
                    foreach (double count in row.Slice(level * kernel.Classes, kernel.Classes)) all[level] += count;
                    right[level] += row[level * kernel.Classes + label];
                }
            }
        }

        private static double PriorRight(EmKernel kernel) => RightLabel / (RightLabel + kernel.Classes - 1);

        // Padding gets the prior alone, so that no logarithm of zero is taken there.
        private void Fill(EmKernel kernel, HierarchicalModel model, int lane)
        {
            double all = 0, wrong = 0;
            int right = lane < kernel.States ? lane % kernel.Classes : -1;
            for (int label = 0; label < kernel.Classes; label++)
            {
                double count = kernel.Population[label * kernel.Width + lane];
                all += count;
                if (label != right) wrong += count + 1;
            }

            for (int label = 0; label < kernel.Classes; label++)
            {
                int place = label * kernel.Width + lane;
                double prior = (label == right ? RightLabel : 1) / (RightLabel + kernel.Classes - 1);
                Priors[place] = model.CrowdPull * (kernel.Population[place] + CrowdPrior * prior) / (all + CrowdPrior);
                Right[place] = label == right ? model.SkillPull : 0;
                Wrong[place] = label == right ? 0 : model.SkillPull * (kernel.Population[place] + 1) / wrong;
            }
        }
    }
}
