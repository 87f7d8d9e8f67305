using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Payouts;

/// <summary>
/// What a vote has told: the information of a voter of that record, times how far the *other* votes bear this one out
/// above chance. Neither factor knows the vote itself, so nobody is paid for confirming himself.
/// </summary>
internal static class VoteQuality
{
    /// <summary>Each vote's weight in millionths; where the others bear nobody out, all that count weigh the same.</summary>
    public static uint[] Of(PollTerms terms, Count count, ReadOnlySpan<Ballot> ballots)
    {
        PeerJudgement?[] judgements = Judging.Of(terms, count, ballots);
        int classes = terms.Format.Classes;
        uint[] weights = new uint[ballots.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            if (judgements[i] is not { } judged) continue;
            double aboveChance = (judged.Agreement * classes - 1) / (classes - 1);
            weights[i] = Division.Millionths(aboveChance * Information.PriceOf(ballots[i], classes) / Division.One);
        }

        return Division.Sum(weights) > 0 ? weights : Pricing.Alike(ballots);
    }
}
