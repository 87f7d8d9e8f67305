using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Selection;

namespace ChainSpace.Rules.Polls;

/// <summary>Where a poll stands. docs/polls.md draws the transitions.</summary>
public abstract record Stage
{
    private Stage() { }

    /// <summary>Where a poll on these terms begins.</summary>
    public static Stage First(PollTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (!terms.IsDrawn) return new Voting([]);
        return terms.IsByAdmission ? new Gathering() : new Drawing(terms.Posted);
    }

    /// <summary>The operator admits accounts among which seats will be drawn.</summary>
    public sealed record Gathering : Stage;

    /// <summary>Waiting for the block whose root draws the voters.</summary>
    /// <param name="After">The entry that settled who is eligible, which the block must cover.</param>
    public sealed record Drawing(EntryIndex After) : Stage;

    /// <summary>Taking votes.</summary>
    /// <param name="Seats">Drawn accounts, sorted; empty where the poll was not drawn.</param>
    public sealed record Voting(ImmutableArray<AccountId> Seats) : Stage
    {
        /// <summary>Everybody drawn, reserve included, in the order of the draw; empty where seats have no lease.</summary>
        public ImmutableArray<Place> Places { get; init; } = [];
    }

    /// <summary>Voting has ended, sealed votes are being opened.</summary>
    /// <param name="Reason">Why voting ended.</param>
    /// <param name="Next">Number of the first vote the operator has not dealt with.</param>
    /// <param name="Unread">Votes before <paramref name="Next"/> that are still closed.</param>
    /// <param name="Proof">
    /// What the operator itself has opened so far, kept where that must show that the confidence was reached. Votes that
    /// their voters open are not in it: a voter who hides a vote from the operator cannot spoil its proof.
    /// </param>
    public sealed record Opening(EndReason Reason, int Next, int Unread, Tally? Proof) : Stage;

    /// <summary>Voting has ended; it is counted or paid with the other items of its group.</summary>
    /// <param name="Reason">Why voting ended.</param>
    /// <param name="At">The entry that ended it.</param>
    /// <param name="Now">That entry's moment.</param>
    /// <param name="IsLeftClosed">Whether votes stayed closed by the operator's fault, so that nobody may win.</param>
    public sealed record Waiting(EndReason Reason, EntryIndex At, Moment Now, bool IsLeftClosed) : Stage;

    /// <summary>Counted; the block that draws who wins has not come.</summary>
    public sealed record Raffle(Outcome Outcome) : Stage
    {
        /// <summary>Each vote's own chance, in millionths, to earn its part; empty: one vote wins all.</summary>
        public ImmutableArray<uint> Chances { get; init; } = [];
    }

    /// <summary>Over and paid.</summary>
    public sealed record Ended(Outcome Outcome) : Stage;
}

/// <summary>Why voting ended.</summary>
public enum EndReason
{
    Maximum,
    Confidence,
    Deadline,
    Height,
    Hand,
    Cancelled,
}

/// <summary>How a poll ended.</summary>
public enum OutcomeKind
{
    Closed,
    Inconclusive,
    Expired,
    Cancelled,
}

/// <summary>The result of a poll.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Reason">Why voting ended.</param>
/// <param name="At">The entry that ended it.</param>
/// <param name="Now">That entry's moment.</param>
/// <param name="Count">What was counted.</param>
public sealed record Outcome(OutcomeKind Kind, EndReason Reason, EntryIndex At, Moment Now, Count Count);

/// <summary>The counted votes of a poll.</summary>
/// <param name="Answer">Consensus answer; null without votes, or where a majority poll is tied.</param>
/// <param name="Confidence">Probability of the answer (of the leading option where there is none), 0 to 1.</param>
/// <param name="Plurality">
/// Option with most votes, lowest of equals; null without votes, and where votes are not counted by option.
/// </param>
/// <param name="PerOption">
/// Votes for each option; votes that choose it among others; in orders, votes that put it first; of numbers, votes in each tenth
/// of the range.
/// </param>
public sealed record Count(int? Answer, double Confidence, int? Plurality, ImmutableArray<int> PerOption)
{
    /// <summary>Votes that were counted.</summary>
    public int Votes { get; init; }

    /// <summary>Half the width of the 95 % interval about a number, in its steps; 0 in other formats.</summary>
    public double Margin { get; init; }

    /// <summary>What the votes alone make the confidence, before gold items are asked how far that is to be believed.</summary>
    public double Belief { get; init; }

    /// <summary>Gold items the confidence rests on.</summary>
    public int GoldItems { get; init; }

    /// <summary>With the confidence that gold items leave of the belief, in formats counted by option.</summary>
    internal Count By(PollTerms terms, Calibration calibration) => terms.Format.IsByOption
        ? this with
        {
            Belief = Confidence,
            Confidence = terms.ConfidenceOf(Confidence, calibration),
            GoldItems = terms.MayBeGold ? calibration.Items : 0,
        }
        : this with { Belief = Confidence };

    internal static Count None(ImmutableArray<int> perOption) => new(null, 0, null, perOption);
}
