namespace ChainSpace.Client.Reading;

/// <summary>A drawn account.</summary>
/// <param name="Account">Who.</param>
/// <param name="State"><c>seated</c>, or <c>lapsed</c> where a lease ended without a vote.</param>
/// <param name="LeaseEnd">Moment at which a seat without a vote goes to the reserve; null where it is for keeps.</param>
public sealed record SeatView(string Account, string State, string? LeaseEnd);

/// <summary>Something an account can do now, or was paid for.</summary>
public sealed record InboxItem
{
    /// <summary>
    /// <c>seat</c>: it was drawn and has not voted; <c>vote</c>: it may vote; <c>apply</c>: it can show that it may stand in a
    /// draw; <c>open</c>: its sealed vote waits to be opened, which the operator usually does; <c>paid</c>: the poll has ended.
    /// </summary>
    public required string Kind { get; init; }

    public required string Poll { get; init; }

    /// <summary>Null where the content was erased.</summary>
    public string? Title { get; init; }

    public required string Category { get; init; }

    /// <summary>What all voters share.</summary>
    public required string Reward { get; init; }

    /// <summary>Votes at which the poll closes.</summary>
    public required int Maximum { get; init; }

    /// <summary>Moment by which to act: the end of the lease, or the deadline; null where nothing is to be done.</summary>
    public string? Before { get; init; }

    /// <summary>What the vote earned; only where the poll has ended.</summary>
    public string? Paid { get; init; }
}
