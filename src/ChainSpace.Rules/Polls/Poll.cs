using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.Selection;

namespace ChainSpace.Rules.Polls;

/// <summary>A question with options, as long as the space keeps it in its live state. Owned by the writer.</summary>
public sealed class Poll(PollTerms terms, Stage stage)
{
    /// <summary>What holds now: as it was posted, or as it was extended since.</summary>
    public PollTerms Terms { get; private set; } = terms;

    /// <summary>Whether its terms are other than those it was posted with.</summary>
    public bool IsExtended { get; internal set; }

    public Stage Stage { get; internal set; } = stage;

    /// <summary>Votes in order; emptied when the poll has ended, for then the journal holds all that matters.</summary>
    public BallotBox Ballots { get; } = new();

    /// <summary>The open votes so far, kept until the end where the poll may close for confidence; else null.</summary>
    public Tally? Running { get; internal set; } = terms.IsCountedAsVotesCome ? Tally.Empty(terms.Options) : null;

    /// <summary>Where it stands in its batch; null where it belongs to none, or its group has been settled.</summary>
    public BatchPlace? Place { get; internal set; }

    /// <summary>What gold had shown when it was posted, where its votes are sealed; else none.</summary>
    public Calibration Calibration { get; internal init; } = Calibration.None;

    /// <summary>The known answer of a gold item, counted in options, once the requester has shown it; else null.</summary>
    public int? Truth { get; internal set; }

    /// <summary>Moment at which this poll falls due in its present stage; null while it waits for a block.</summary>
    public Moment? Due { get; internal set; } = terms.Message.Deadline;

    /// <summary>When seats without a vote go to the reserve; null where they are for keeps.</summary>
    public Moment? LeaseEnd => Stage is Stage.Voting { Places.IsEmpty: false } && Due < Terms.Message.Deadline ? Due : null;

    /// <summary>
    /// The entry whose beacon it waits for, where it does: that which posted it, ended the time to apply, or ended its voting.
    /// </summary>
    public EntryIndex Awaits => Stage switch
    {
        Stage.Raffle raffle => raffle.Outcome.At,
        Stage.Drawing drawing => drawing.After,
        _ => Terms.Posted,
    };

    /// <summary>More time, votes or reward.</summary>
    internal void Extend(PollTerms terms) => (Terms, IsExtended) = (terms, true);

    /// <summary>Puts back the votes of a poll that was kept in a snapshot.</summary>
    internal void Resume(List<Ballot> ballots, VoteChain chain)
    {
        Ballots.Refill(ballots, chain);
        if (Stage is Stage.Ended) Running = null;

        // Each option's weights are added in the order of the votes, as when they came, so the sums have the same bits.
        if (Running is not null) Running = Counting.TallyOf(Terms, Ballots.Ballots);
    }
}

/// <summary>What was agreed when the poll was posted.</summary>
/// <param name="Id">The poll.</param>
/// <param name="Requester">Whose money is locked.</param>
/// <param name="Posted">The entry that posted it.</param>
/// <param name="Message">Its words.</param>
/// <param name="Filter">The condition on voters, where there is one.</param>
public sealed record PollTerms(TaskId Id, Account Requester, EntryIndex Posted, PostPoll Message, VoterFilter? Filter)
{
    /// <summary>What an answer looks like; a message without a readable one is never accepted.</summary>
    public ResponseFormat Format { get; } = ResponseFormat.TryRead(Message.Format, Message.Options)
        ?? throw new ArgumentException("The message has no format.", nameof(Message));

    public int Options => (int)Message.Options;

    public bool IsSealed => Message.Voting == "sealed";

    public bool IsWeighted => Message.Aggregation != "majority";

    /// <summary>Confidence as a probability; zero where the poll has no target.</summary>
    public double Target => Message.Confidence / 10_000.0;

    /// <summary>True where the votes so far are kept added up, because the poll may close with any of them.</summary>
    public bool IsCountedAsVotesCome => Message.Confidence > 0 && !IsSealed && Format.IsByOption;

    /// <summary>Whether it is counted or paid with the other items of its group.</summary>
    public bool IsJoint => Message.Aggregation == "batch" || Message.Payout == "batch";

    /// <summary>Whether the poll may close on these votes: the leader is likely enough and enough people were asked.</summary>
    public bool IsReached(Tally tally, Calibration calibration) =>
        tally.Votes >= Counting.MinimumVotes(this) && ConfidenceOf(tally.Leader().Probability, calibration) >= Target;

    /// <summary>
    /// The confidence in an option believed so far: of a poll that may be gold the chance that it is true, of others the chance
    /// that the crowd agrees on it.
    /// </summary>
    public double ConfidenceOf(double belief, Calibration calibration) =>
        MayBeGold ? calibration.Confidence(belief) : belief;

    /// <summary>The requester commits to an answer or to nothing; nobody can tell which before it is shown.</summary>
    public bool MayBeGold => Message.Gold != default;

    /// <summary>
    /// Whether it closes as soon as the crowd's agreement is clear. Where votes are paid by what their voters are known to tell,
    /// their weights say just that.
    /// </summary>
    public bool AsksAgreement => IsWeighted && Message.Confidence > 0 && Format.IsByOption && !MayBeGold
        && Message is not ({ Pricing: "quality" } or { Payout: "quality" });

    /// <summary>What happens where the deadline finds no answer; a message with an unreadable rule is never accepted.</summary>
    public InconclusiveRule Inconclusive { get; } = InconclusiveRule.TryRead(Message.Inconclusive)
        ?? throw new ArgumentException("The message has no rule for polls without an answer.", nameof(Message));

    /// <summary>The same poll with other words.</summary>
    public PollTerms Amended(PostPoll message) => new(Id, Requester, Posted, message, Filter);

    public bool IsDrawn => Message.Sample > 0;

    /// <summary>Whether the operator decides who has a part in it, by attributes that are in no journal.</summary>
    public bool IsByAdmission => Message.Voters == "admitted";

    /// <summary>Seats by group; a message with unreadable ones is never accepted.</summary>
    public Quotas Quotas { get; } = Quotas.TryRead(Message.Quotas)
        ?? throw new ArgumentException("The message has no readable quotas.", nameof(Message));
}
