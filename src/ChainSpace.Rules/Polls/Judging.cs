using ChainSpace.Protocol.Formats;
using ChainSpace.Rules.Aggregation;

namespace ChainSpace.Rules.Polls;

/// <summary>How far the other votes of a poll bear each vote out, so that nobody confirms himself.</summary>
internal static class Judging
{
    /// <summary>One judgement for each vote; null for votes that name no answer, and where there is no right one.</summary>
    public static PeerJudgement?[] Of(PollTerms terms, Count count, ReadOnlySpan<Ballot> ballots)
    {
        PeerJudgement?[] judgements = new PeerJudgement?[ballots.Length];
        if (terms.Format is OpinionFormat) return judgements;
        Tally? tally = terms.Format.IsByOption ? Counting.TallyOf(terms, ballots) : null;
        for (int i = 0; i < ballots.Length; i++)
        {
            if (!ballots[i].IsCounted) continue;
            judgements[i] = tally is null ? ByNearness(terms, count, ballots, i) : ByOption(tally, ballots[i]);
        }

        return judgements;
    }

    private static PeerJudgement ByOption(Tally tally, Ballot ballot) =>
        tally.LeaveOneOut(ballot.Choice, ballot.Weights.Skilled, ballot.Weights.Plain);

    // The nearer to what the others say, the more for the voter; the surer the others, the more it weighs. One vote among many
    // hardly moves the answer, so there the whole count stands for the others'.
    private static PeerJudgement ByNearness(PollTerms terms, Count count, ReadOnlySpan<Ballot> ballots, int number)
    {
        Count others = ballots.Length > Limits.JudgedApart
            ? count
            : Counting.Of(terms, [.. ballots[..number], .. ballots[(number + 1)..]]);
        return others.Answer is { } answer
            ? new PeerJudgement(terms.Format.Similarity(ballots[number].Choice, answer), others.Confidence)
            : new PeerJudgement(ResponseFormat.Coherent, 0);
    }
}
