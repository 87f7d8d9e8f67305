using ChainSpace.Protocol;

namespace ChainSpace.Rules.Jobs;

/// <summary>Where one worker stands in a job.</summary>
public enum Phase
{
    /// <summary>Asked for the job; the requester has not picked.</summary>
    Applied = 1,

    /// <summary>Next where a lease lapses.</summary>
    Reserved,

    /// <summary>Offered the job; has not answered.</summary>
    Offered,

    /// <summary>Has the job on a lease.</summary>
    Working,

    /// <summary>Bound to a contest's work nobody has seen.</summary>
    Committed,

    /// <summary>Handed in; the automatic check runs.</summary>
    Checking,

    /// <summary>Handed in; the requester decides, or stays silent and thereby accepts.</summary>
    Review,

    /// <summary>Declined; a jury decides.</summary>
    Declined,

    /// <summary>Over for this worker.</summary>
    Done,
}

/// <summary>One worker's part in a job.</summary>
/// <param name="Worker">Who.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Bond">What the worker has locked for it now.</param>
public sealed record Assignment(AccountId Worker, Phase Phase, Amount Bond)
{
    /// <summary>Stands for no counter-offer.</summary>
    public const int NoOffer = -1;

    /// <summary>When this phase ends by itself.</summary>
    public Moment? Due { get; init; }

    /// <summary>The milestone in hand, from zero.</summary>
    public uint Part { get; init; }

    /// <summary>Revisions asked for of the milestone in hand.</summary>
    public uint Revisions { get; init; }

    /// <summary>Checks of the milestone in hand that failed.</summary>
    public uint Failed { get; init; }

    /// <summary>The last submission's hash; in a contest that is not yet opened, its commitment.</summary>
    public Bytes32 Work { get; init; }

    /// <summary>When it was handed in, or when all was over.</summary>
    public Moment Since { get; init; }

    /// <summary>Milliseconds of the lease that were left when the work was handed in.</summary>
    public long Rest { get; init; }

    /// <summary>What the worker has been paid for this job.</summary>
    public Amount Paid { get; init; }

    /// <summary>The poll that decides on a declined submission.</summary>
    public TaskId Case { get; init; }

    /// <summary>Why it was declined.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Percent the requester would settle for, or <see cref="NoOffer"/>.</summary>
    public int RequesterOffer { get; init; } = NoOffer;

    /// <summary>Percent the worker would settle for, or <see cref="NoOffer"/>.</summary>
    public int WorkerOffer { get; init; } = NoOffer;

    /// <summary>The requester's rating of the worker.</summary>
    public Rating OfWorker { get; init; }

    /// <summary>The worker's rating of the requester.</summary>
    public Rating OfRequester { get; init; }
}

/// <summary>A rating: bound to first, opened later.</summary>
/// <param name="Commitment">Zero before it was given.</param>
/// <param name="Score">1 to 5; 0 while it is sealed.</param>
public readonly record struct Rating(Bytes32 Commitment, uint Score);
