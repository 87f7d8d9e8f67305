using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;
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
        int classes = terms.Format.Classes;
        double pooled = VoterSkill.PooledAccuracy(pool.DecayedTo(now), classes);
        Evidence record = voter.EvidenceIn(terms.Message.Category).DecayedTo(now);
        double own = VoterSkill.Weight(VoterSkill.Accuracy(record, pooled, classes), classes);
        if (terms.AsksAgreement) own *= VoterSkill.Emphasis(record);
        return new Weights(own, VoterSkill.Weight(pooled, classes));
    }

    /// <summary>All votes that name an option, of a poll whose votes are counted by option.</summary>
    public static Tally TallyOf(PollTerms terms, ReadOnlySpan<Ballot> ballots)
    {
        int options = terms.Options;
        double[] skilled = new double[options], plain = new double[options];
        int[] counts = new int[options];
        foreach (Ballot ballot in ballots)
        {
            if (!ballot.IsCounted) continue;
            int option = terms.Format.OptionOf(ballot.Choice);
            skilled[option] += ballot.Weights.Skilled;
            plain[option] += ballot.Weights.Plain;
            counts[option]++;
        }

        return new Tally([.. skilled], [.. plain], [.. counts]);
    }

    /// <summary>The answer by the poll's format and aggregation.</summary>
    public static Count Of(PollTerms terms, ReadOnlySpan<Ballot> ballots)
    {
        WeighedAnswer[] answers = WeighedAnswer.Of(ballots, terms.IsWeighted);
        return terms.Format switch
        {
            SetFormat format => SetConsensus.Of(format, answers),
            NumberFormat format => NumberConsensus.Of(format, answers),
            RankingFormat format => OrderConsensus.Of(format, answers),
            PairFormat format => OrderConsensus.Of(format, answers),
            OpenFormat => OpenConsensus.Of(answers),
            OrdinalFormat => Middle(terms, TallyOf(terms, ballots)),
            _ => Of(terms, TallyOf(terms, ballots)),
        };
    }

    private static Count Of(PollTerms terms, Tally tally)
    {
        if (tally.Votes == 0) return Count.None(tally.Counts);
        Plurality plurality = tally.Plurality();
        Leader leader = tally.Leader();
        int? most = plurality.IsTie ? null : plurality.Option;
        int? answer = terms.IsWeighted ? Alone(tally, leader) : most;
        double confidence = answer is { } option ? tally.Posterior()[option] : leader.Probability;
        return new Count(answer, confidence, plurality.Option, tally.Counts) { Votes = tally.Votes };
    }

    // Half of the votes, or of the belief, lies on either side: the grade that is nearest to all (L1). Where the middle lies
    // between two grades, it is the one half-way, the lower of two.
    private static Count Middle(PollTerms terms, Tally tally)
    {
        if (tally.Votes == 0) return Count.None(tally.Counts);
        ImmutableArray<double> posterior = tally.Posterior();
        double[] weights = terms.IsWeighted ? [.. posterior] : [.. tally.Counts.Select(static votes => (double)votes)];
        int low = Middle(weights), high = weights.Length - 1 - Middle([.. weights.Reverse()]);
        int answer = (low + high) / 2;
        return new Count(answer, posterior[answer], tally.Plurality().Option, tally.Counts) { Votes = tally.Votes };
    }

    // The first grade with which half of the whole weight is reached.
    private static int Middle(double[] weights)
    {
        double half = weights.Sum() / 2, sum = 0;
        for (int grade = 0; grade < weights.Length; grade++)
        {
            sum += weights[grade];
            if (sum >= half) return grade;
        }

        return weights.Length - 1;
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
    public static Tally? Prove(Poll poll, Tally proof, (Ballot[] Votes, bool AreLast) opened)
    {
        PollTerms terms = poll.Terms;
        bool isReached = false;
        foreach (Ballot ballot in opened.Votes)
        {
            if (isReached) return null;
            if (!ballot.IsCounted) continue;
            proof = proof.Add(terms.Format.OptionOf(ballot.Choice), ballot.Weights.Skilled, ballot.Weights.Plain);
            isReached = terms.IsReached(proof, poll.Calibration);
        }

        return isReached == opened.AreLast ? proof : null;
    }

    /// <summary>
    /// Whether a poll may close with the vote just added, where its votes are not kept added up: all of them are counted.
    /// </summary>
    public static bool IsSure(Poll poll)
    {
        if (poll.Terms.Message.Confidence == 0 || poll.Terms.IsSealed) return false;
        Count count = Of(poll.Terms, poll.Ballots.Ballots);
        return count.Answer is not null && count.Votes >= MinimumVotes(poll.Terms) && count.Confidence >= poll.Terms.Target;
    }

    /// <summary>Votes below which no poll closes for confidence.</summary>
    public static int MinimumVotes(PollTerms terms) => Math.Max(Limits.ConfidentVotes, (int)terms.Message.Minimum);
}
