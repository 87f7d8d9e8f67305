using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Rules.Polls;

/// <summary>From votes to an answer.</summary>
public static class Counting
{
    /// <summary>The weights of a vote cast now, from what is known of voter and crowd in the category.</summary>
    public static Weights WeightsOf(Account voter, PollTerms terms, Evidence pool, Moment now)
    {
        double pooled = VoterSkill.PooledAccuracy(pool.DecayedTo(now), terms.Options);
        double own = VoterSkill.Accuracy(voter.EvidenceIn(terms.Message.Category).DecayedTo(now), pooled, terms.Options);
        return new Weights(VoterSkill.Weight(own, terms.Options), VoterSkill.Weight(pooled, terms.Options));
    }

    /// <summary>All votes that name an option.</summary>
    public static Tally TallyOf(int options, ReadOnlySpan<Ballot> ballots)
    {
        double[] skilled = new double[options], plain = new double[options];
        int[] counts = new int[options];
        foreach (Ballot ballot in ballots)
        {
            if (!ballot.IsCounted) continue;
            skilled[ballot.Choice] += ballot.Weights.Skilled;
            plain[ballot.Choice] += ballot.Weights.Plain;
            counts[ballot.Choice]++;
        }

        return new Tally([.. skilled], [.. plain], [.. counts]);
    }

    /// <summary>The answer by the poll's aggregation.</summary>
    public static Count Of(PollTerms terms, Tally tally)
    {
        if (tally.Votes == 0) return new Count(null, 0, null, tally.Counts);
        Plurality plurality = tally.Plurality();
        Leader leader = tally.Leader();
        if (terms.Message.Aggregation == "weighted")
            return new Count(Alone(tally, leader), leader.Probability, plurality.Option, tally.Counts);
        int? answer = plurality.IsTie ? null : plurality.Option;
        double confidence = answer is { } option ? tally.Posterior()[option] : leader.Probability;
        return new Count(answer, confidence, plurality.Option, tally.Counts);
    }

    // Two options equally likely are no answer; taking the first would pay voters by the order of the options.
    private static int? Alone(Tally tally, Leader leader) =>
        tally.Posterior().Count(probability => probability == leader.Probability) == 1 ? leader.Option : null;

    /// <summary>How a poll ends whose votes have been counted.</summary>
    public static OutcomeKind KindOf(PollTerms terms, Count count) => terms.Message switch
    {
        PostPoll message when count.Votes < message.Minimum => OutcomeKind.Expired,
        _ when count.Answer is null || count.Confidence < terms.Target => OutcomeKind.Inconclusive,
        _ => OutcomeKind.Closed,
    };

    /// <summary>
    /// The operator's proof of confidence with these votes added, in order; null where they break it: the target must be
    /// reached with the poll's last vote and not before.
    /// </summary>
    public static Tally? Prove(PollTerms terms, Tally proof, (Ballot[] Votes, bool AreLast) opened)
    {
        bool isReached = false;
        foreach (Ballot ballot in opened.Votes)
        {
            if (isReached) return null;
            if (!ballot.IsCounted) continue;
            proof = proof.Add(ballot.Choice, ballot.Weights.Skilled, ballot.Weights.Plain);
            isReached = proof.Reached(terms.Target, MinimumVotes(terms));
        }

        return isReached == opened.AreLast ? proof : null;
    }

    /// <summary>Votes below which no poll closes for confidence.</summary>
    public static int MinimumVotes(PollTerms terms) => Math.Max(Limits.ConfidentVotes, (int)terms.Message.Minimum);
}
