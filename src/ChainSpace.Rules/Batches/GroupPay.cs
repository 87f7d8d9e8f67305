using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Payouts;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Batches;

/// <summary>How an item's votes are paid where its batch says how.</summary>
/// <param name="Sure">What each earns; null where that is drawn.</param>
/// <param name="Chances">Each vote's chance, in millionths, to earn its whole part; empty where nothing is drawn.</param>
internal sealed record ItemPay(Shares? Sure, ImmutableArray<uint> Chances);

/// <summary>
/// What the votes of a group earn where its batch pays by agreement across items: each voter has one score, and each of his
/// votes earns that share of an item's reward ÷ maximum, or with that chance all of it. What is not earned goes back.
/// docs/payouts.md has the scores.
/// </summary>
internal static class GroupPay
{
    /// <summary>For each item how it pays; null where the item pays by itself.</summary>
    public static ItemPay?[] Of(PostBatch terms, Poll[] items)
    {
        ItemPay?[] shares = new ItemPay?[items.Length];
        Poll[] paid = [.. items.Where(static item => item.Terms.Message.Payout == "batch")];
        if (paid.Length == 0) return shares;
        bool isDrawn = terms.Payout is "lottery" or "exact-lottery";
        Dictionary<Account, uint> earned = Earned(terms, paid);
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].Terms.Message.Payout != "batch") continue;
            shares[i] = isDrawn ? new ItemPay(null, Chances(items[i], earned)) : new ItemPay(Divide(items[i], earned), []);
        }

        return shares;
    }

    private static Dictionary<Account, uint> Earned(PostBatch terms, Poll[] items)
    {
        (AnswerTable table, Account[] voters) = TableOf(terms, items);
        double[] scores = terms.Payout == "determinant"
            ? DeterminantInformation.Scores(table)
            : CorrelatedAgreement.Scores(table);

        // What is usual is what half of those reach who score at all: lazy voters score nothing and do not lower it.
        double[] above = [.. scores.Where(static score => score > 0).Order()];
        double usual = above.Length == 0 ? 1 : above[above.Length / 2];
        Dictionary<Account, uint> earned = new(voters.Length);
        for (int voter = 0; voter < voters.Length; voter++)
        {
            double chance = terms.Payout == "exact-lottery"
                ? CorrelatedAgreement.AffineChance(scores[voter])
                : CorrelatedAgreement.ClippedChance(scores[voter], usual);
            earned.Add(voters[voter], Division.Millionths(chance));
        }

        return earned;
    }

    private static ImmutableArray<uint> Chances(Poll item, Dictionary<Account, uint> earned)
    {
        ImmutableArray<uint>.Builder chances = ImmutableArray.CreateBuilder<uint>(item.Ballots.Count);
        foreach (Ballot ballot in item.Ballots.Ballots) chances.Add(ballot.IsCounted ? earned[ballot.Voter] : 0);
        return chances.MoveToImmutable();
    }

    private static (AnswerTable Table, Account[] Voters) TableOf(PostBatch terms, Poll[] items)
    {
        Dictionary<Account, int[]> answers = [];
        List<Account> voters = [];
        for (int item = 0; item < items.Length; item++)
        {
            foreach (Ballot ballot in items[item].Ballots.Ballots)
            {
                if (!ballot.IsCounted) continue;
                if (!answers.TryGetValue(ballot.Voter, out int[]? row))
                {
                    answers.Add(ballot.Voter, row = [.. Enumerable.Repeat(AnswerTable.None, items.Length)]);
                    voters.Add(ballot.Voter);
                }

                row[item] = items[item].Terms.Format.OptionOf(ballot.Choice);
            }
        }

        ImmutableArray<ImmutableArray<int>> rows = [.. voters.Select(voter => answers[voter].ToImmutableArray())];
        return (new AnswerTable((int)terms.Options, rows), [.. voters]);
    }

    private static Shares Divide(Poll item, Dictionary<Account, uint> earned)
    {
        Amount part = Pricing.PartOf(item.Terms), paid = Amount.Zero;
        ReadOnlySpan<Ballot> ballots = item.Ballots.Ballots;
        Amount[] amounts = new Amount[ballots.Length];
        for (int i = 0; i < amounts.Length; i++)
        {
            if (!ballots[i].IsCounted) continue;
            amounts[i] = Division.Share(part, earned[ballots[i].Voter]);
            paid += amounts[i];
        }

        return new Shares([.. amounts], item.Terms.Message.Reward - paid);
    }
}
