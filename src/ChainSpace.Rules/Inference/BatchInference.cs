using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ChainSpace.Rules.Inference;

/// <summary>
/// The consensus of a batch of items that share workers: what each worker's votes are worth is learned from all items
/// together. The answer is a mean of four beliefs, the confidence shown to people one of five, the three fitted models being
/// common to both (docs/inference.md).
/// </summary>
public static class BatchInference
{
    internal const int Levels = 3;

    internal static HierarchicalModel Careful { get; } =
        new(Levels, MostPasses: 200, CrowdPull: 1, SkillPull: 1) { IsVariational = true };

    internal static HierarchicalModel Skilled { get; } =
        new(Levels, MostPasses: 20, CrowdPull: 1, SkillPull: 8) { HasOneSkill = true };

    internal static PlainModel Plain { get; } = new();

    // Models that know of difficulty count half as much again as the other members of the answer.
    private const double Hierarchical = 1.5;
    private const double AnswerWeights = 2 * Hierarchical + 2;
    private const double ShownWeights = 5;

    // A fit ends when the beliefs of an item move less than this on average.
    private const double Still = 1e-5;

    /// <summary>The same bits whatever the runner, the machine and the order of the votes.</summary>
    /// <exception cref="ArgumentException">A number is out of range, or a worker votes twice on an item.</exception>
    public static BatchResult Of(BatchVotes votes, Gold? gold, Runner run)
    {
        ArgumentNullException.ThrowIfNull(run);
        VoteTable table = VoteTable.Of(votes, gold);
        VoteShares counted = new(table);
        Workspace space = new(table, Levels);
        AgreementLevels levels = AgreementLevels.Of(table, counted, Levels);
        int size = table.Items * table.Classes;
        double[] answer = new double[size], shown = new double[size], beliefs = new double[size];

        Fit(new EmKernel(table, space, Levels, run), Careful, counted.Fill(beliefs), levels);
        Add(beliefs, Hierarchical / AnswerWeights, answer, shown);
        Fit(new EmKernel(table, space, 1, run), Plain, counted.Fill(beliefs), AgreementLevels.Of(table, counted, 1));
        Add(beliefs, 1 / AnswerWeights, answer, shown);
        EmKernel skilled = new(table, space, Levels, run);
        Fit(skilled, Skilled, counted.Fill(beliefs), levels);
        Add(beliefs, Hierarchical / AnswerWeights, answer, shown);
        WorkerFigures workers = WorkerFigures.Of(skilled, table);
        WorkerAveraging.Fit(table, space, counted.Fill(beliefs), run);
        Add(beliefs, 0, answer, shown);
        Add(counted.Fill(beliefs), 0, answer, shown);
        Sharpen(table.Classes, beliefs);
        for (int place = 0; place < size; place++) answer[place] += beliefs[place] / AnswerWeights;
        return new BatchResult(table.Classes, Frozen(answer), Frozen(shown), workers);
    }

    /// <summary>Passes from the given beliefs until they are still, or the model's limit.</summary>
    internal static void Fit(EmKernel kernel, ICrowdModel model, double[] beliefs, AgreementLevels levels)
    {
        kernel.Count(beliefs, levels);
        double still = Still * beliefs.Length / kernel.Classes;
        for (int pass = 0; pass < model.MostPasses; pass++)
        {
            model.Weigh(kernel);
            if (kernel.Pass(beliefs) < still) break;
        }
    }

    private static void Add(double[] beliefs, double weight, double[] answer, double[] shown)
    {
        for (int place = 0; place < beliefs.Length; place++)
        {
            answer[place] += weight * beliefs[place];
            shown[place] += beliefs[place] / ShownWeights;
        }
    }

    // Vote shares cubed: a clear majority is taken for nearly certain, a narrow one is not.
    private static void Sharpen(int classes, double[] shares)
    {
        for (int first = 0; first < shares.Length; first += classes)
        {
            double cubes = 0;
            for (int place = first; place < first + classes; place++)
            {
                shares[place] = shares[place] * shares[place] * shares[place];
                cubes += shares[place];
            }

            for (int place = first; place < first + classes; place++) shares[place] /= cubes;
        }
    }

    private static ImmutableArray<double> Frozen(double[] values) => ImmutableCollectionsMarshal.AsImmutableArray(values);
}
