using System.Collections.Immutable;
using ChainSpace.Protocol.Numbers;

namespace ChainSpace.Rules.Inference;

/// <summary>
/// What one vote did to its item, by the model of workers with one skill each. The agreement is a chance without the vote
/// itself, so that nobody confirms himself; what others learned about the worker from this vote is left in.
/// </summary>
/// <param name="Agreement">The chance of the voted class without this vote, 0 to 1.</param>
/// <param name="Weight">
/// By how much the vote raised the log-odds of its class; below zero where the worker is believed to invert.
/// </param>
/// <param name="Gain">
/// By how much the vote lowered the entropy of the item's answer, in nats; below zero where it raised doubts.
/// </param>
public readonly record struct VoteJudgement(double Agreement, double Weight, double Gain);

/// <summary>Judges every vote of a batch, for payment by agreement and for showing what a vote was worth.</summary>
public static class VoteJudgements
{
    private const double Least = 1e-12;

    /// <summary>One judgement per vote, in the order of the batch.</summary>
    /// <exception cref="ArgumentException">A number is out of range, or a worker votes twice on an item.</exception>
    public static ImmutableArray<VoteJudgement> Of(BatchVotes votes, Gold? gold, Runner run)
    {
        ArgumentNullException.ThrowIfNull(run);
        VoteTable table = VoteTable.Of(votes, gold);
        VoteShares counted = new(table);
        Workspace space = new(table, BatchInference.Levels);
        EmKernel kernel = new(table, space, BatchInference.Levels, run);
        AgreementLevels levels = AgreementLevels.Of(table, counted, BatchInference.Levels);
        double[] beliefs = counted.Fill(new double[table.Items * table.Classes]);
        BatchInference.Fit(kernel, BatchInference.Skilled, beliefs, levels);

        int[] order = VoteTable.OrderOf(votes);
        VoteJudgement[] judgements = new VoteJudgement[order.Length];
        run(space.Chunks.Length - 1, chunk =>
        {
            for (int item = space.Chunks[chunk]; item < space.Chunks[chunk + 1]; item++)
                Judge(table, kernel, item, order, judgements);
        });
        return [.. judgements];
    }

    private static void Judge(VoteTable table, EmKernel kernel, int item, int[] order, VoteJudgement[] judgements)
    {
        double[] states = new double[kernel.Width], without = new double[kernel.Width];
        double[] with = new double[table.Classes], others = new double[table.Classes];
        kernel.StatesOf(item, states);
        kernel.Classify(states, with);
        double doubt = Entropy(with);
        for (int vote = table.Starts[item]; vote < table.Starts[item + 1]; vote++)
        {
            double weight = table.Weights?[vote] ?? 1;
            for (int state = 0; state < states.Length; state++)
            {
                double added = weight * kernel.Weights[table.Rows[vote] * kernel.Width + state];
                without[state] = states[state] > 0 ? DeterministicMath.Log(states[state]) - added : Lanes.Never;
            }

            EmKernel.Normalise(without, without.Length);
            kernel.Classify(without, others);
            int label = table.Rows[vote] % table.Classes;
            judgements[order[vote]] = new VoteJudgement(
                others[label], LogOdds(with[label]) - LogOdds(others[label]), Entropy(others) - doubt);
        }
    }

    private static double LogOdds(double chance)
    {
        double kept = Math.Clamp(chance, Least, 1 - Least);
        return DeterministicMath.Log(kept / (1 - kept));
    }

    private static double Entropy(double[] chances)
    {
        double sum = 0;
        foreach (double chance in chances)
        {
            if (chance > 0) sum -= chance * DeterministicMath.Log(chance);
        }

        return sum;
    }
}
