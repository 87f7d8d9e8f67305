using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Reputation;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Polls;

/// <summary>Gold items: polls whose answer the requester knew, commits to and shows when they have ended.</summary>
public static class Gold
{
    /// <summary>Ordinary outcomes that one known answer weighs as evidence for or against a voter.</summary>
    public const double Weight = 5;

    /// <summary>Most votes of a gold item: they are kept until the answer is shown, and counted again then.</summary>
    public const uint Votes = 10_000;

    /// <summary>
    /// What <see cref="PostPoll.Gold"/> holds. It binds space, content, requester, answer and a secret salt. A random value in
    /// its place cannot be told from it, so a requester puts one into every poll that is none.
    /// </summary>
    public static Bytes32 Commitment(Domain domain, PostPoll poll, Opening answer)
    {
        ArgumentNullException.ThrowIfNull(domain);
        ArgumentNullException.ThrowIfNull(poll);
        return domain.Commitment(new TaskId(poll.Content), poll.Header.Account, answer);
    }

    /// <summary>Whether the known answer may be shown now, and is the one the poll was posted with.</summary>
    public static Refusal? Reveal(Poll poll, RevealGold message, Domain domain)
    {
        ArgumentNullException.ThrowIfNull(poll);
        ArgumentNullException.ThrowIfNull(message);
        PostPoll posted = poll.Terms.Message;
        if (poll.Terms.Requester.Id != message.Header.Account) return new RequesterOnly();
        if (posted.Gold == default) return new InvalidTerm("poll", "one that was posted with gold");
        if (poll.Stage is not (Stage.Ended or Stage.Waiting)) return new InvalidTerm("poll", "one whose voting has ended");
        if (poll.Truth is not null) return new InvalidTerm("poll", "one with votes, shown once");
        if (!poll.Terms.Format.Accepts(message.Choice)) return new NoSuchAnswer(posted.Format, poll.Terms.Options);
        if (Commitment(domain, posted, new Opening(message.Choice, message.Salt)) != posted.Gold)
            return new InvalidTerm("salt", "that of the poll's gold, with its choice");
        return poll.Ballots.Count > 0 ? null : new InvalidTerm("poll", "one with votes, shown once");
    }

    /// <summary>For each level the votes reached, in their order, the option that led when they did.</summary>
    public static int[] Leaders(PollTerms terms, ReadOnlySpan<Ballot> ballots)
    {
        ArgumentNullException.ThrowIfNull(terms);
        List<int> leaders = [];
        Tally tally = Tally.Empty(terms.Options);
        foreach (Ballot ballot in ballots)
        {
            if (!ballot.IsCounted) continue;
            tally = tally.Add(terms.Format.OptionOf(ballot.Choice), ballot.Weights.Skilled, ballot.Weights.Plain);
            if (tally.Votes < Counting.MinimumVotes(terms)) continue;
            Leader leader = tally.Leader();
            while (leaders.Count < Calibration.Levels.Length && leader.Probability >= Calibration.Levels[leaders.Count])
                leaders.Add(leader.Option);
        }

        return [.. leaders];
    }

    /// <summary>A voter's evidence with the known answer, which weighs more than what other voters think.</summary>
    public static Evidence Judge(Evidence evidence, bool isTrue, Moment now) => evidence.Add(isTrue ? 1 : 0, Weight, now);
}
