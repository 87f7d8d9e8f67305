using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ChainSpace.Rules.Inference;

/// <summary>
/// The consensus of a batch of items that share workers: what each worker's votes are worth is learned from all items
/// together. The answer is the mean of four beliefs, the confidence shown to people that of five, the three fitted models
/// being common to both (docs/inference.md).
/// </summary>
public static class BatchInference
{
    internal const int Levels = 3;

    internal static HierarchicalModel Careful { get; } =
        new(Levels, MostPasses: 200, CrowdPull: 1, SkillPull: 1) { IsVariational = true };

    internal static HierarchicalModel Skilled { get; } =
        new(Levels, MostPasses: 20, CrowdPull: 1, SkillPull: 8) { HasOneSkill = true };

    internal static PlainModel Plain { get; } = new();

    /// <summary>The same bits whatever the runner, the machine and the order of the votes.</summary>
    /// <exception cref="ArgumentException">A number is out of range, or a worker votes twice on an item.</exception>
    public static BatchResult Of(BatchVotes votes, Gold? gold, Runner run)
    {
        ArgumentNullException.ThrowIfNull(run);
        VoteTable table = VoteTable.Of(votes, gold);
        VoteShares counted = new(table);
        Workspace space = new(table, Levels);
        double[] shares = counted.Beliefs();
        AgreementLevels levels = AgreementLevels.Of(table, counted, Levels);

        double[] mix = new double[shares.Length], beliefs = [.. shares];
        Fit(new EmKernel(table, space, Levels, run), Careful, beliefs, levels);
        Add(beliefs, mix);
        shares.CopyTo(beliefs, 0);
        Fit(new EmKernel(table, space, 1, run), Plain, beliefs, AgreementLevels.Of(table, counted, 1));
        Add(beliefs, mix);
        shares.CopyTo(beliefs, 0);
        EmKernel skilled = new(table, space, Levels, run);
        Fit(skilled, Skilled, beliefs, levels);
        Add(beliefs, mix);
        WorkerFigures workers = WorkerFigures.Of(skilled, table);
        shares.CopyTo(beliefs, 0);
        WorkerAveraging.Fit(table, space, beliefs, run);
        Mix(table.Classes, shares, mix, beliefs);
        return new BatchResult(table.Classes, Frozen(mix), Frozen(beliefs), workers);
    }

    /// <summary>Passes until the beliefs of an item move by less than a ten-thousandth on average, or the model's limit.</summary>
    internal static void Fit(EmKernel kernel, ICrowdModel model, double[] beliefs, AgreementLevels levels)
    {
        kernel.Count(beliefs, levels);
        double still = StillBelow * beliefs.Length / kernel.Classes;
        for (int pass = 0; pass < model.MostPasses; pass++)
        {
            model.Weigh(kernel);
            if (kernel.Pass(beliefs) < still) break;
        }
    }

    internal static double StillBelow { get; set; } = 1e-4;

    // Beliefs holds worker averaging and becomes the mix of five; the mix of three becomes that of four.
    private static void Mix(int classes, double[] shares, double[] mix, double[] beliefs)
    {
        for (int first = 0; first < mix.Length; first += classes)
        {
            double cubes = 0;
            for (int place = first; place < first + classes; place++) cubes += shares[place] * shares[place] * shares[place];
            for (int place = first; place < first + classes; place++)
            {
                double sharp = shares[place] * shares[place] * shares[place] / cubes;
                beliefs[place] = (mix[place] + beliefs[place] + shares[place]) / 5;
                mix[place] = (mix[place] + sharp) / 4;
            }
        }
    }

    private static void Add(double[] from, double[] to)
    {
        for (int place = 0; place < to.Length; place++) to[place] += from[place];
    }

    private static ImmutableArray<double> Frozen(double[] values) => ImmutableCollectionsMarshal.AsImmutableArray(values);
}
