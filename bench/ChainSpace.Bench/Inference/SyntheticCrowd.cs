using System.Collections.Immutable;
using ChainSpace.Rules.Inference;

namespace ChainSpace.Bench.Inference;

/// <summary>Five votes per item, two hundred per worker, of workers who are right in Beta(6, 2) of their votes.</summary>
internal static class SyntheticCrowd
{
    public static BatchVotes Of(int votes, int classes)
    {
        Random random = new(1);
        const int perItem = 5, perWorker = 200;
        int items = votes / perItem, workers = votes / perWorker;
        double[] skills = [.. Enumerable.Range(0, workers).Select(_ => Beta(random, 6, 2))];
        ImmutableArray<BatchVote>.Builder all = ImmutableArray.CreateBuilder<BatchVote>(votes);
        HashSet<int> seen = [];
        for (int item = 0; item < items; item++)
        {
            int truth = random.Next(classes);
            seen.Clear();
            while (seen.Count < perItem)
            {
                int worker = random.Next(workers);
                if (!seen.Add(worker)) continue;
                bool isRight = random.NextDouble() < skills[worker];
                all.Add(new BatchVote(item, worker, isRight ? truth : (truth + 1 + random.Next(classes - 1)) % classes));
            }
        }

        return new BatchVotes(all.MoveToImmutable(), items, workers, classes);
    }

    private static double Beta(Random random, int good, int bad)
    {
        double one = Gamma(random, good);
        return one / (one + Gamma(random, bad));
    }

    private static double Gamma(Random random, int shape)
    {
        double sum = 0;
        for (int each = 0; each < shape; each++) sum -= Math.Log(1 - random.NextDouble());
        return sum;
    }
}
