using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Payouts;

/// <summary>
/// What each vote of a poll earns, in vote order, and what goes back. With what goes to the fund, their sum is the reward and the
/// lost deposits, to the unit. docs/payouts.md has the formulas.
/// </summary>
public sealed record Shares(ImmutableArray<Amount> PerVote, Amount Refund)
{
    /// <summary>Of lost deposits the fund keeps a fifth, rounded down; else a group would only pay itself.</summary>
    public const uint FundShare = 200_000;

    /// <summary>Votes that lose their deposit, in vote order; empty where none does.</summary>
    public ImmutableArray<bool> Lost { get; init; } = [];

    /// <summary>What the space's fund receives.</summary>
    public Amount Fund { get; init; }

    public bool IsLost(int vote) => !Lost.IsEmpty && Lost[vote];

    /// <summary>
    /// Closed: by the terms, among voters coherent with the answer (<c>majority</c>), all (<c>equal</c>), by what each has told
    /// (<c>quality</c>) or by the truth serum. Inconclusive: among all, or back, as the terms say; but never back where the
    /// requester ended voting by hand, or a tie would be a moment to get answers for nothing. Expired: every vote its part of
    /// the maximum, the rest back. Cancelled: back. Only votes that name an option earn. Deposits are lost only by votes
    /// that are not coherent with the answer of a closed poll.
    /// </summary>
    public static Shares Of(PollTerms terms, Outcome outcome, ReadOnlySpan<Ballot> ballots) => outcome.Kind switch
    {
        OutcomeKind.Closed => Close(terms, outcome.Count, ballots),
        OutcomeKind.Inconclusive when terms.Inconclusive.Paid || outcome.Reason == EndReason.Hand =>
            Divide(terms, ballots, Pricing.Alike(ballots)),
        OutcomeKind.Expired => PayParts(terms, ballots),
        OutcomeKind.Inconclusive or OutcomeKind.Cancelled => Return(terms, ballots.Length),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    /// <summary>The whole price to one vote.</summary>
    public static Shares ToWinner(PollTerms terms, ReadOnlySpan<Ballot> ballots, AccountId winner)
    {
        Amount pot = Pricing.PotOf(terms, ballots, Pricing.Alike(ballots));
        Amount[] amounts = new Amount[ballots.Length];
        for (int i = 0; i < amounts.Length; i++)
        {
            if (ballots[i].Voter.Id == winner) amounts[i] = pot;
        }

        return new Shares([.. amounts], terms.Message.Reward - pot);
    }

    private static Shares Close(PollTerms terms, Count count, ReadOnlySpan<Ballot> ballots) => terms.Message.Payout switch
    {
        "majority" => Redistribute(terms, ballots, Coherent(terms, ballots, count.Answer!.Value)),
        "quality" => Divide(terms, ballots, VoteQuality.Of(terms, count, ballots)),
        "truth-serum" => TruthSerum.Pay(terms, ballots),
        _ => Divide(terms, ballots, Pricing.Alike(ballots)),
    };

    private static Shares Divide(PollTerms terms, ReadOnlySpan<Ballot> ballots, uint[] weights, Amount lost = default)
    {
        if (Division.Sum(weights) == 0) return Return(terms, ballots.Length);
        Amount pot = Pricing.PotOf(terms, ballots, weights);
        return new Shares([.. Division.Of(pot + lost, weights)], terms.Message.Reward - pot);
    }

    // Whose sealed vote stayed closed loses nothing: the node takes none it cannot open, so that one did is the operator's doing.
    // Whoever agreed with nobody's answer has nobody to lose to.
    private static Shares Redistribute(PollTerms terms, ReadOnlySpan<Ballot> ballots, uint[] weights)
    {
        if (terms.Message.Deposit == Amount.Zero || Division.Sum(weights) == 0) return Divide(terms, ballots, weights);
        bool[] lost = new bool[ballots.Length];
        Amount sum = Amount.Zero;
        for (int i = 0; i < lost.Length; i++)
        {
            lost[i] = weights[i] == 0 && ballots[i].Choice != Ballot.Hidden;
            if (lost[i]) sum += terms.Message.Deposit;
        }

        Amount fund = Division.Share(sum, FundShare);
        return Divide(terms, ballots, weights, sum - fund) with { Lost = [.. lost], Fund = fund };
    }

    private static Shares PayParts(PollTerms terms, ReadOnlySpan<Ballot> ballots)
    {
        Amount part = Pricing.PartOf(terms), paid = Amount.Zero;
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

    private static uint[] Coherent(PollTerms terms, ReadOnlySpan<Ballot> ballots, int answer)
    {
        uint[] weights = new uint[ballots.Length];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = ballots[i].IsCounted && terms.Format.AreCoherent(ballots[i].Choice, answer) ? 1u : 0;
        return weights;
    }
}
