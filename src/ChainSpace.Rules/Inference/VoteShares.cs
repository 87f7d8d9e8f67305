namespace ChainSpace.Rules.Inference;

/// <summary>
/// Each class's share of an item's votes: the start of every model and, as majority vote, a member of the mix. With gold, a
/// vote counts by how far its worker was better than chance on gold; a worker not seen there counts as the average.
/// </summary>
internal sealed class VoteShares
{
    // Workers are taken for average until this many gold votes speak.
    private const double Shrinkage = 8;

    private readonly VoteTable table;
    private readonly double[]? workerWeights;

    public VoteShares(VoteTable table)
    {
        this.table = table;
        workerWeights = table.GoldAnswers is null ? null : WeightsByGold(table, table.GoldAnswers);
    }

    /// <summary>Per item and class; an item without votes has equal shares, a gold item its answer.</summary>
    /// <returns>The array that was filled.</returns>
    public double[] Fill(double[] beliefs)
    {
        for (int item = 0; item < table.Items; item++) Share(item, beliefs.AsSpan(item * table.Classes, table.Classes));
        return beliefs;
    }

    /// <summary>How far each item's voters agree: (most votes for a class + 1) / (votes + classes).</summary>
    public double[] Agreements()
    {
        double[] agreements = new double[table.Items];
        double[] sums = new double[table.Classes];
        for (int item = 0; item < agreements.Length; item++)
        {
            double all = Sum(item, sums), most = 0;
            foreach (double sum in sums) most = Math.Max(most, sum);
            agreements[item] = (most + 1) / (all + table.Classes);
        }

        return agreements;
    }

    private void Share(int item, Span<double> shares)
    {
        if (table.GoldAnswers is { } gold && gold[item] >= 0)
        {
            shares.Clear();
            shares[gold[item]] = 1;
            return;
        }

        double all = Sum(item, shares);
        for (int option = 0; option < shares.Length; option++)
            shares[option] = all > 0 ? shares[option] / all : 1.0 / shares.Length;
    }

    private double Sum(int item, Span<double> sums)
    {
        sums.Clear();
        double all = 0;
        for (int vote = table.Starts[item]; vote < table.Starts[item + 1]; vote++)
        {
            (int worker, int label) = Math.DivRem(table.Rows[vote], table.Classes);
            double weight = (table.Weights?[vote] ?? 1) * (workerWeights?[worker] ?? 1);
            sums[label] += weight;
            all += weight;
        }

        return all;
    }

    private static double[] WeightsByGold(VoteTable table, int[] gold)
    {
        double[] right = new double[table.Workers], all = new double[table.Workers];
        double allRight = 1, allVotes = table.Classes;
        for (int item = 0; item < table.Items; item++)
        {
            if (gold[item] < 0) continue;
            for (int vote = table.Starts[item]; vote < table.Starts[item + 1]; vote++)
            {
                (int worker, int label) = Math.DivRem(table.Rows[vote], table.Classes);
                double isRight = label == gold[item] ? 1 : 0;
                (right[worker], all[worker]) = (right[worker] + isRight, all[worker] + 1);
                (allRight, allVotes) = (allRight + isRight, allVotes + 1);
            }
        }

        double chance = 1.0 / table.Classes, average = allRight / allVotes;
        double[] weights = new double[table.Workers];
        for (int worker = 0; worker < weights.Length; worker++)
        {
            double evidence = Gold.Weight * all[worker] + Shrinkage;
            double skill = (Gold.Weight * right[worker] + Shrinkage * average) / evidence;
            weights[worker] = Math.Max(0, (skill - chance) / (1 - chance));
        }

        return weights;
    }
}
