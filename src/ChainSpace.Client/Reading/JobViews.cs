namespace ChainSpace.Client.Reading;

/// <summary>A job: its terms, where everybody stands, what was decided, and who may do what next.</summary>
public sealed record JobView
{
    public required string Id { get; init; }

    /// <summary>The entry that posted it.</summary>
    public required string Index { get; init; }
    public required string Requester { get; init; }

    /// <summary>Title and description; null once erased.</summary>
    public PollContent? Content { get; init; }
    public required string ContentHash { get; init; }
    public required string Category { get; init; }
    public required string Mode { get; init; }

    /// <summary>Minor units for each winner.</summary>
    public required string Reward { get; init; }
    public required int Winners { get; init; }

    /// <summary>Percents of the reward, in order.</summary>
    public required string Milestones { get; init; }

    /// <summary>Minor units a worker locks.</summary>
    public required string Bond { get; init; }
    public required string Workers { get; init; }
    public required string Deadline { get; init; }

    /// <summary>Milliseconds that a worker has for each submission.</summary>
    public string Lease { get; init; } = "0";

    /// <summary>Milliseconds for a decision; silence accepts.</summary>
    public string Review { get; init; } = "0";

    /// <summary>How often each milestone's work may be sent back.</summary>
    public int Revisions { get; init; }

    /// <summary>Failed checks of a milestone that end the lease; 0: as many as the lease allows.</summary>
    public int Tries { get; init; }

    /// <summary>Least lower bound of a juror's reputation in the category, hundredths of a percent; 0: anyone.</summary>
    public int Jury { get; init; }

    /// <summary>Account whose automatic check comes before the review; null: there is none.</summary>
    public string? Checker { get; init; }

    /// <summary><c>open</c> or <c>ended</c>.</summary>
    public required string State { get; init; }

    /// <summary>Minor units still locked for workers.</summary>
    public required string Left { get; init; }
    public required IReadOnlyList<AssignmentView> Assignments { get; init; }
    public IReadOnlyList<DecisionView> Decisions { get; init; } = [];

    /// <summary>What may be said next, by whom and until when.</summary>
    public required IReadOnlyList<NextAct> Next { get; init; }
}

/// <summary>One worker's part in a job.</summary>
public sealed record AssignmentView
{
    /// <summary>Most of <see cref="Submissions"/>.</summary>
    public const int MostSubmissions = 100;

    public required string Worker { get; init; }

    /// <summary>
    /// <c>applied, reserved, offered, working, committed, checking, review, declined, done</c>.
    /// </summary>
    public required string Phase { get; init; }

    /// <summary>When this phase ends by itself, milliseconds; null where it does not.</summary>
    public string? Due { get; init; }

    /// <summary>The milestone in hand, from 1.</summary>
    public required int Milestone { get; init; }

    /// <summary>Hash of the last submission; of a contest's commitment before it is shown; null before.</summary>
    public string? Work { get; init; }
    public required string Paid { get; init; }

    /// <summary>Minor units that the worker has locked now.</summary>
    public string Locked { get; init; } = "0";

    /// <summary>How often the work of the milestone in hand was sent back.</summary>
    public int Revisions { get; init; }

    /// <summary>How many checks of the milestone in hand have failed.</summary>
    public int Failed { get; init; }

    /// <summary>What was handed in, in its order: the last 100. Empty in lists.</summary>
    public IReadOnlyList<SubmissionView> Submissions { get; init; } = [];

    /// <summary>How often something was handed in; 0 in lists.</summary>
    public int Submitted { get; init; }

    /// <summary>What hidden tests said of the last submission; null before, and where the node does not run them.</summary>
    public CheckView? Check { get; init; }

    /// <summary>The poll that decides on a declined submission.</summary>
    public string? Case { get; init; }
    public string? Reason { get; init; }
    public int? RequesterOffer { get; init; }
    public int? WorkerOffer { get; init; }

    /// <summary>Last moment to rate, milliseconds; null while the part is not over.</summary>
    public string? RateUntil { get; init; }

    /// <summary>Whether the requester has rated the worker, opened or not.</summary>
    public bool RequesterHasRated { get; init; }

    /// <summary>Whether the worker has rated the requester, opened or not.</summary>
    public bool WorkerHasRated { get; init; }

    /// <summary>The requester's rating of the worker, 1 to 5, once opened.</summary>
    public int? RatingOfWorker { get; init; }

    /// <summary>The worker's rating of the requester, 1 to 5, once opened.</summary>
    public int? RatingOfRequester { get; init; }
}

/// <summary>Work that was handed in, and what became of it.</summary>
public sealed record SubmissionView
{
    /// <summary>The entry that handed it in.</summary>
    public required string Index { get; init; }

    /// <summary>When, milliseconds.</summary>
    public required string Moment { get; init; }

    /// <summary>For which milestone, from 1.</summary>
    public required int Milestone { get; init; }

    /// <summary>Its salted hash; <c>…/submissions/{hash}</c> has it.</summary>
    public required string Work { get; init; }

    /// <summary>
    /// <c>checking</c>, <c>failed</c> (the automatic check, so the worker may try again), <c>review</c>, <c>sent-back</c>,
    /// <c>declined</c> (a jury decides), settled by <c>accepted, agreed, silence, conceded</c> or <c>verdict</c>, or
    /// <c>passed-over</c> (a contest that others won).
    /// </summary>
    public required string State { get; init; }

    /// <summary>Whether it passed the automatic check; null where none was reported.</summary>
    public bool? IsPassed { get; init; }

    /// <summary>Why it was declined; null where it was not.</summary>
    public string? Reason { get; init; }

    /// <summary>The poll that decides, or decided, on it; null where it was not declined.</summary>
    public string? Case { get; init; }

    /// <summary>Percent of the milestone the worker got; null before it was settled.</summary>
    public int? Percent { get; init; }
}

/// <summary>How a submission did in hidden tests, as far as it may be known while they are hidden.</summary>
/// <param name="Passed">Tests that went well.</param>
/// <param name="Failed">All others.</param>
public sealed record CheckView(int Passed, int Failed)
{
    /// <summary>Why it could not be run, where it is no program that the tests take; null otherwise.</summary>
    public string? Fault { get; init; }

    /// <summary>Hash of the whole verdict, for whoever runs the tests again; null until the job has ended.</summary>
    public string? Verdict { get; init; }
}

/// <summary>A submission that was settled.</summary>
/// <param name="Index">The entry that settled it.</param>
/// <param name="Worker">Whose.</param>
/// <param name="Milestone">Which, from 1.</param>
/// <param name="Percent">Percent of the milestone the worker got.</param>
/// <param name="Paid">Minor units.</param>
/// <param name="By"><c>accepted, agreed, silence, conceded</c> or <c>verdict</c>.</param>
public sealed record DecisionView(string Index, string Worker, int Milestone, int Percent, string Paid, string By);

/// <summary>Something that may be said next.</summary>
/// <param name="Act">The message's type.</param>
/// <param name="By">An account; null: whoever meets the terms.</param>
/// <param name="Worker">Whose submission it is about.</param>
/// <param name="Until">Last moment; null: none is set.</param>
public sealed record NextAct(string Act, string? By, string? Worker, string? Until);

/// <summary>How an account behaves as a party to jobs.</summary>
public sealed record PartyView
{
    public required string Account { get; init; }
    public required int Posted { get; init; }
    public required int Accepted { get; init; }

    /// <summary>Submissions paid because no decision came.</summary>
    public required int Silent { get; init; }
    public required int Declined { get; init; }
    public required int Upheld { get; init; }
    public required int Overturned { get; init; }

    /// <summary>Half of the payments came within so many hours; null before the first, and beyond 72.</summary>
    public int? MedianPayHours { get; init; }
    public required int Ratings { get; init; }

    /// <summary>Mean of the ratings received, 1 to 5.</summary>
    public double? Rating { get; init; }
}
