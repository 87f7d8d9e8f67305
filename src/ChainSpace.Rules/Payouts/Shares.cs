using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Payouts;

/// <summary>What each vote of a poll earns, in vote order, and what goes back. Their sum is the reward, to the unit.</summary>
public sealed record Shares(ImmutableArray<Amount> PerVote, Amount Refund)
{
    /// <summary>
    /// Closed: the reward among voters coherent with the answer (<c>majority</c>) or among all (<c>equal</c>).
    /// Inconclusive: among all, or back, as the terms say; but never back where the requester ended voting by hand, or a
    /// tie would be a moment to get answers for nothing. Expired: every vote its part of the maximum, the rest back.
    /// Cancelled: back. Only votes that name an option earn. A reward that does not divide evenly gives one unit more to
    /// the earliest votes.
    /// </summary>
    public static Shares Of(PollTerms terms, Outcome outcome, ReadOnlySpan<Ballot> ballots) => outcome.Kind switch
    {
        OutcomeKind.Closed when terms.Message.Payout == "majority" => Divide(terms, ballots, outcome.Count.Answer),
        OutcomeKind.Closed => Divide(terms, ballots, null),
        OutcomeKind.Inconclusive when terms.Message.Inconclusive == "equal" || outcome.Reason == EndReason.Hand =>
            Divide(terms, ballots, null),
        OutcomeKind.Expired => PayParts(terms, ballots),
        OutcomeKind.Inconclusive or OutcomeKind.Cancelled => Return(terms, ballots.Length),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>The whole reward to one vote.</summary>
    public static Shares ToWinner(PollTerms terms, ReadOnlySpan<Ballot> ballots, AccountId winner)
    {
        Amount[] amounts = new Amount[ballots.Length];
        for (int i = 0; i < amounts.Length; i++)
        {
            if (ballots[i].Voter.Id == winner) amounts[i] = terms.Message.Reward;
        }

        return new Shares([.. amounts], Amount.Zero);
    }

    private static Shares Divide(PollTerms terms, ReadOnlySpan<Ballot> ballots, int? answer)
    {
        uint winners = 0;
        foreach (Ballot ballot in ballots) winners += Earns(terms, ballot, answer) ? 1u : 0u;
        if (winners == 0) return Return(terms, ballots.Length);
        (UInt128 each, UInt128 left) = UInt128.DivRem(terms.Message.Reward.Units, winners);
        Amount[] amounts = new Amount[ballots.Length];
        for (int i = 0; i < amounts.Length; i++)
        {
            if (!Earns(terms, ballots[i], answer)) continue;
            amounts[i] = new Amount(left > 0 ? each + 1 : each);
            if (left > 0) left--;
        }

        return new Shares([.. amounts], Amount.Zero);
    }

    private static Shares PayParts(PollTerms terms, ReadOnlySpan<Ballot> ballots)
    {
        Amount part = new(terms.Message.Reward.Units / terms.Message.Maximum), paid = Amount.Zero;
        Amount[] amounts = new Amount[ballots.Length];
        for (int i = 0; i < amounts.Length; i++)
        {
            if (!ballots[i].IsCounted) continue;
            amounts[i] = part;
            paid += part;
        }

        return new Shares([.. amounts], terms.Message.Reward - paid);
    }

    private static Shares Return(PollTerms terms, int votes) =>
        new([.. new Amount[votes]], terms.Message.Reward);

    private static bool Earns(PollTerms terms, Ballot ballot, int? answer) =>
        ballot.IsCounted && (answer is null || terms.Format.AreCoherent(ballot.Choice, answer.Value));
}
