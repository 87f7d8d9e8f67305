namespace ChainSpace.Client.Reading;

/// <summary>
/// What anybody can read of a node. Two implementations: over HTTP, and inside the node for its own pages. Null means
/// that there is no such thing.
/// </summary>
public interface ISpaceReader
{
    Task<Page<SpaceView>> SpacesAsync(CancellationToken cancellationToken);

    Task<SpaceView?> SpaceAsync(string space, CancellationToken cancellationToken);

    Task<Page<PollView>> PollsAsync(string space, PollQuery query, CancellationToken cancellationToken);

    Task<PollView?> PollAsync(string space, string poll, CancellationToken cancellationToken);

    Task<Page<VoteView>> VotesAsync(string space, string poll, PageQuery query, CancellationToken cancellationToken);

    /// <summary>Who was drawn for a poll.</summary>
    Task<Page<SeatView>> SeatsAsync(string space, string poll, PageQuery query, CancellationToken cancellationToken);

    /// <summary>Batches, newest first.</summary>
    Task<Page<BatchView>> BatchesAsync(string space, PageQuery query, CancellationToken cancellationToken);

    /// <summary>Who was drawn to answer all items of a batch.</summary>
    Task<Page<SeatView>> PanelAsync(string space, string batch, PageQuery query, CancellationToken cancellationToken);

    Task<BatchView?> BatchAsync(string space, string batch, CancellationToken cancellationToken);

    /// <summary>Jobs, newest first.</summary>
    Task<Page<JobView>> JobsAsync(string space, JobQuery query, CancellationToken cancellationToken);

    Task<JobView?> JobAsync(string space, string job, CancellationToken cancellationToken);

    /// <summary>How an account behaves as a party to jobs; null for one that has not been any.</summary>
    Task<PartyView?> PartyAsync(string space, string account, CancellationToken cancellationToken);

    /// <summary>What an account can prove of itself.</summary>
    Task<ProfileView?> ProfileAsync(string space, string account, CancellationToken cancellationToken);

    Task<AccountView?> AccountAsync(string space, string account, CancellationToken cancellationToken);

    Task<Page<HistoryItem>> HistoryAsync(string space, string account, PageQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Accounts that meet a filter (spec/filters.md) by what is public; nobody where the filter cannot be asked.
    /// </summary>
    Task<Page<PersonView>> PeopleAsync(string space, string filter, CancellationToken cancellationToken);

    /// <summary>Null also while no checkpoint covers the entry.</summary>
    Task<ReceiptDocument?> ReceiptAsync(string space, long index, CancellationToken cancellationToken);
}

/// <summary>Where to go on and how much to take (1 to 200).</summary>
public record PageQuery(string? Cursor = null, int Limit = 50);

/// <summary>Which polls: by state, category, requester; null takes all.</summary>
public sealed record PollQuery(string? State = null, string? Category = null, string? Requester = null) : PageQuery
{
    /// <summary>Stands for no batch in <see cref="Batch"/>.</summary>
    public const string NoBatch = "none";

    /// <summary>Id of the batch whose items are asked for; <c>none</c>: polls that stand alone; null: all polls.</summary>
    public string? Batch { get; init; }

    /// <summary>Whether the oldest come first, in the order of a batch's items; else the newest.</summary>
    public bool IsOldestFirst { get; init; }
}

/// <summary>Which jobs: of a state, and those an account posted or has a part in; null takes all.</summary>
public sealed record JobQuery(string? State = null, string? Account = null) : PageQuery;
