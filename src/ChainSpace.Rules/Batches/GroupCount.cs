using System.Collections.Immutable;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Inference;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Batches;

/// <summary>What an item of a group came to.</summary>
/// <param name="Item">The poll, whose voting has ended.</param>
/// <param name="Count">Its votes, counted in the light of all votes of the group where its terms say so.</param>
/// <param name="Pay">What its votes earn if it is closed, where the batch says how; null: as the poll says.</param>
internal readonly record struct CountedItem(Poll Item, Count Count, ItemPay? Pay);

/// <summary>
/// Counts the items of a group together: who is worth what is learned from all of them, by <see cref="BatchInference"/>.
/// docs/inference.md has the models.
/// </summary>
internal static class GroupCount
{
    /// <summary>In the order of the items.</summary>
    public static CountedItem[] Of(PostBatch terms, Poll[] items)
    {
        Poll[] together = [.. items.Where(static item => item.Terms.Message.Aggregation == "batch")];
        Dictionary<Poll, Count> counts = together.Length == 0 ? [] : Infer(terms, together);
        ItemPay?[] pays = GroupPay.Of(terms, items);
        return [.. items.Select((item, i) => new CountedItem(item, CountOf(item, counts), pays[i]))];
    }

    // Who has shown an answer does not decide by it who is paid for the item: that one is counted by its own votes.
    private static Count CountOf(Poll item, Dictionary<Poll, Count> together) =>
        item.Truth is null && together.TryGetValue(item, out Count? count)
            ? count
            : Counting.Of(item.Terms, item.Ballots.Ballots);

    private static Dictionary<Poll, Count> Infer(PostBatch terms, Poll[] items)
    {
        Dictionary<Account, int> workers = [];
        ImmutableArray<BatchVote>.Builder votes = ImmutableArray.CreateBuilder<BatchVote>();
        for (int item = 0; item < items.Length; item++)
        {
            foreach (Ballot ballot in items[item].Ballots.Ballots)
            {
                if (!ballot.IsCounted) continue;
                if (!workers.TryGetValue(ballot.Voter, out int worker)) workers.Add(ballot.Voter, worker = workers.Count);
                votes.Add(new BatchVote(item, worker, items[item].Terms.Format.OptionOf(ballot.Choice)));
            }
        }

        BatchVotes all = new(votes.ToImmutable(), items.Length, workers.Count, (int)terms.Options);
        BatchResult result = BatchInference.Of(all, GoldOf(items), Runners.InOrder);
        Dictionary<Poll, Count> counts = new(items.Length);
        for (int item = 0; item < items.Length; item++)
            counts.Add(items[item], CountOf(Counting.TallyOf(items[item].Terms, items[item].Ballots.Ballots), result, item));
        return counts;
    }

    // The items whose answer was shown while they waited for the group.
    private static Inference.Gold? GoldOf(Poll[] items)
    {
        var answers = ImmutableSortedDictionary.CreateBuilder<int, int>();
        for (int item = 0; item < items.Length; item++)
        {
            if (items[item].Truth is { } truth) answers.Add(item, truth);
        }

        return answers.Count == 0 ? null : new Inference.Gold(answers.ToImmutable());
    }

    // Two answers of one chance are none: the first would win by its number.
    private static Count CountOf(Tally tally, BatchResult result, int item)
    {
        if (tally.Votes == 0) return Count.None(tally.Counts);
        int answer = result.AnswerOf(item);
        ReadOnlySpan<double> chances = result.Posterior.AsSpan(item * result.Classes, result.Classes);
        bool isAlone = chances.Count(chances[answer]) == 1;
        double confidence = result.ConfidenceOf(item);
        return new Count(isAlone ? answer : null, confidence, tally.Plurality().Option, tally.Counts)
        {
            Votes = tally.Votes,
            Belief = confidence,
        };
    }
}
