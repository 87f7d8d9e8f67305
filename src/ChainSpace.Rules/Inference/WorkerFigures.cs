using System.Collections.Immutable;

namespace ChainSpace.Rules.Inference;

/// <summary>
/// What a batch says about its workers, as expected counts: a vote on an item that is surely of a class counts once, on an
/// item in doubt in parts.
/// </summary>
/// <param name="Skill">
/// Per worker the parameters of a Beta distribution of the share of right votes; the crowd's own share counts as 8 votes.
/// </param>
/// <param name="Confusions">
/// Worker → K × K chances, answer × K + label, of the workers with at least 4 K² votes; fewer do not show K² numbers.
/// </param>
public sealed record WorkerFigures(
    ImmutableArray<SkillCounts> Skill, ImmutableSortedDictionary<int, ImmutableArray<double>> Confusions)
{
    private const double VotesPerCell = 4;

    internal static WorkerFigures Of(EmKernel kernel, VoteTable table)
    {
        Span<double> right = stackalloc double[kernel.Levels], all = stackalloc double[kernel.Levels];
        HierarchicalModel.CrowdRows.Sum(kernel, kernel.Population, right, all);
        (double crowdRight, double crowdAll) = (Sum(right), Sum(all));
        double prior = crowdAll > 0 ? crowdRight / crowdAll : 0.5;
        ImmutableArray<SkillCounts>.Builder skill = ImmutableArray.CreateBuilder<SkillCounts>(table.Workers);
        var confusions = ImmutableSortedDictionary.CreateBuilder<int, ImmutableArray<double>>();
        double[] counts = new double[kernel.Classes * kernel.Width];
        for (int worker = 0; worker < table.Workers; worker++)
        {
            kernel.Counts.CopyTo(worker * counts.Length, counts);
            HierarchicalModel.CrowdRows.Sum(kernel, counts, right, all);
            (double good, double votes) = (Sum(right), Sum(all));
            double bad = Math.Max(0, votes - good);
            skill.Add(new SkillCounts(
                good + HierarchicalModel.SkillPrior * prior, bad + HierarchicalModel.SkillPrior * (1 - prior)));
            if (votes >= VotesPerCell * kernel.Classes * kernel.Classes) confusions.Add(worker, Confusion(kernel, counts));
        }

        return new WorkerFigures(skill.MoveToImmutable(), confusions.ToImmutable());
    }

    // One vote is spread over each row, so that a class the worker never met has even chances.
    private static ImmutableArray<double> Confusion(EmKernel kernel, ReadOnlySpan<double> counts)
    {
        double[] chances = new double[kernel.Classes * kernel.Classes];
        for (int answer = 0; answer < kernel.Classes; answer++)
        {
            double all = 0;
            Span<double> row = chances.AsSpan(answer * kernel.Classes, kernel.Classes);
            for (int label = 0; label < row.Length; label++)
            {
                row[label] = 1.0 / row.Length;
                for (int state = answer; state < kernel.States; state += row.Length)
                    row[label] += counts[label * kernel.Width + state];
                all += row[label];
            }

            for (int label = 0; label < row.Length; label++) row[label] /= all;
        }

        return [.. chances];
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum;
    }
}

/// <summary>Parameters of a Beta distribution.</summary>
/// <param name="For">Right votes, with the prior's.</param>
/// <param name="Against">Wrong votes, with the prior's.</param>
public readonly record struct SkillCounts(double For, double Against)
{
    /// <summary>The expected share of right votes, 0 to 1.</summary>
    public double Mean => For / (For + Against);
}
