using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Rules;

/// <summary>
/// Something that followed from an entry, told to views. Facts are never truth: whoever drops them and replays the
/// journal gets them again.
/// </summary>
public abstract record Fact
{
    private Fact() { }

    public sealed record Registered(AccountId Account, string Attributes) : Fact;

    public sealed record BalanceChanged(AccountId Account, Balance Balance) : Fact;

    public sealed record Posted(PollTerms Terms) : Fact;

    /// <summary>The poll went into a stage that is not its end.</summary>
    public sealed record StageChanged(TaskId Poll, Stage Stage) : Fact;

    /// <summary>The poll is over and paid.</summary>
    public sealed record Ended(TaskId Poll, Outcome Outcome, ImmutableArray<PaidVote> Votes, Amount Refund) : Fact;

    public sealed record EvidenceChanged(AccountId Account, string Category, Evidence Evidence) : Fact;

    /// <summary>The journal up to a size is anchored on the chain for good.</summary>
    public sealed record Anchored(ulong Size, Bytes32 PayoutRoot, ulong Height, Bytes32 Transaction) : Fact;

    /// <summary>
    /// A gold item's known answer, counted in options, and what all of the requester's in that category show together.
    /// </summary>
    public sealed record GoldShown(TaskId Poll, int Truth, Calibration Calibration) : Fact;

    /// <summary>The content of this hash is to be forgotten.</summary>
    public sealed record ContentErased(Bytes32 Content) : Fact;
}

/// <summary>A vote after its poll has ended.</summary>
public readonly record struct PaidVote(EntryIndex Index, AccountId Voter, int? Choice, Amount Paid);
