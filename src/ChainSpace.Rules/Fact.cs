using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Jobs;
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

    /// <summary>The poll goes on by these terms.</summary>
    public sealed record Extended(PollTerms Terms) : Fact;

    /// <summary>The poll went into a stage that is not its end.</summary>
    public sealed record StageChanged(TaskId Poll, Stage Stage) : Fact;

    /// <summary>Seats were given, or have lapsed for want of a vote.</summary>
    /// <param name="Poll">Whose.</param>
    /// <param name="Lapsed">Who has lost a seat and may not vote any more.</param>
    /// <param name="Seated">Who has got one.</param>
    /// <param name="LeaseEnd">When seats without a vote go to the reserve; null where they are for keeps.</param>
    public sealed record SeatsChanged(
        TaskId Poll, ImmutableArray<AccountId> Lapsed, ImmutableArray<AccountId> Seated, Moment? LeaseEnd) : Fact;

    /// <summary>The operator has told what it knows of the person behind an account.</summary>
    public sealed record Attested(AccountId Account, int Level, Bytes32 Cluster) : Fact;

    /// <summary>The poll is over and paid.</summary>
    public sealed record Ended(TaskId Poll, Outcome Outcome, ImmutableArray<PaidVote> Votes, Amount Refund) : Fact
    {
        /// <summary>What the space's fund received of lost deposits.</summary>
        public Amount Fund { get; init; }
    }

    public sealed record EvidenceChanged(AccountId Account, string Category, Evidence Evidence) : Fact;

    public sealed record BatchPosted(BatchTerms Terms) : Fact;

    /// <summary>A poll joined a batch as the item of this number.</summary>
    public sealed record BatchJoined(TaskId Batch, TaskId Poll, int Number) : Fact;

    /// <summary>The batch takes no more items.</summary>
    public sealed record BatchEnded(TaskId Batch) : Fact;

    /// <summary>Who may answer the items of a batch; sorted.</summary>
    public sealed record PanelDrawn(TaskId Batch, ImmutableArray<AccountId> Seats) : Fact;

    /// <summary>One task more has paid the account; <paramref name="Count"/> of them in this category.</summary>
    public sealed record ReceiptCounted(AccountId Account, string Category, int Count) : Fact;

    /// <summary>The account may vote on the poll, for what it showed the node.</summary>
    public sealed record Admitted(TaskId Poll, AccountId Voter) : Fact;

    /// <summary>The journal up to a size is anchored on the chain for good.</summary>
    public sealed record Anchored(ulong Size, Bytes32 PayoutRoot, ulong Height, Bytes32 Transaction) : Fact;

    /// <summary>A job as it stands now; that it was posted is told the same way.</summary>
    public sealed record JobChanged(Job Job) : Fact;

    /// <summary>A submission was settled for a percent of its milestone.</summary>
    /// <param name="Job">Which job.</param>
    /// <param name="Worker">Whose submission.</param>
    /// <param name="Part">The milestone, from zero.</param>
    /// <param name="Percent">Percent of it the worker got.</param>
    /// <param name="Paid">Units.</param>
    /// <param name="By"><c>accepted, agreed, silence, conceded</c> or <c>verdict</c>.</param>
    public sealed record WorkSettled(TaskId Job, AccountId Worker, uint Part, uint Percent, Amount Paid, string By) : Fact;

    /// <summary>What is known of an account as a party to jobs.</summary>
    public sealed record PartyChanged(AccountId Account, PartyRecord Record) : Fact;

    /// <summary>
    /// A gold item's known answer, counted in options, and what all of the requester's in that category show together.
    /// </summary>
    public sealed record GoldShown(TaskId Poll, int Truth, Calibration Calibration) : Fact;

    /// <summary>The content of this hash is to be forgotten.</summary>
    public sealed record ContentErased(Bytes32 Content) : Fact;
}

/// <summary>A vote after its poll has ended.</summary>
public readonly record struct PaidVote(EntryIndex Index, AccountId Voter, int? Choice, Amount Paid)
{
    /// <summary>The deposit it lost; zero where that went back, or there was none.</summary>
    public Amount Lost { get; init; }
}
