using System.Collections.Immutable;
using ChainSpace.Rules.Inference;

namespace ChainSpace.Tests.Inference;

/// <summary>Votes of workers of known skill on items of known answers.</summary>
internal sealed record InventedCrowd(BatchVotes Votes, ImmutableArray<int> Answers)
{
    /// <summary>Workers numbered below <paramref name="liars"/> are always wrong, the others right in 50 to 95 %.</summary>
    public static InventedCrowd Of(int seed, int items = 60, int workers = 12, int classes = 3, int liars = 0)
    {
        Random random = new(seed);
        ImmutableArray<int> answers = [.. Enumerable.Range(0, items).Select(_ => random.Next(classes))];
        double[] skills = [.. Enumerable.Range(0, workers).Select(w => w < liars ? 0 : 0.5 + 0.45 * random.NextDouble())];
        List<BatchVote> votes = [];
        int perItem = Math.Min(7, workers);
        for (int item = 0; item < items; item++)
        {
            int[] voters = [.. Enumerable.Range(0, workers)];
            random.Shuffle(voters);
            foreach (int worker in voters.AsSpan(0, perItem))
            {
                int wrong = (answers[item] + 1 + (worker < liars ? 0 : random.Next(classes - 1))) % classes;
                votes.Add(new BatchVote(item, worker, random.NextDouble() < skills[worker] ? answers[item] : wrong));
            }
        }

        return new InventedCrowd(new BatchVotes([.. votes], items, workers, classes), answers);
    }

    public Gold GoldOf(int items) =>
        new(Enumerable.Range(0, items).ToImmutableSortedDictionary(static item => item, item => Answers[item]));

    public double Accuracy(BatchResult result, int from = 0) => Enumerable.Range(from, Answers.Length - from)
        .Average(item => result.AnswerOf(item) == Answers[item] ? 1.0 : 0);

    public double MajorityAccuracy() => Votes.Votes.GroupBy(static v => v.Item).Average(item =>
        item.GroupBy(static v => v.Label).MaxBy(static label => label.Count())!.Key == Answers[item.Key] ? 1.0 : 0);
}
