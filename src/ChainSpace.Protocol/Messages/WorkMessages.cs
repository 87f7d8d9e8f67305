namespace ChainSpace.Protocol.Messages;

/// <summary>A worker asks for a job whose requester picks; locks the bond.</summary>
public sealed record ApplyForJob(Header Header, TaskId Job) : JobMessage(Header, Job)
{
    internal override void WriteTo<TFields>(ref TFields fields) => WritePlain(ref fields, "ApplyForJob"u8);
}

/// <summary>A worker takes an open job, or the offer made to the account; locks the bond.</summary>
public sealed record ClaimJob(Header Header, TaskId Job) : JobMessage(Header, Job)
{
    internal override void WriteTo<TFields>(ref TFields fields) => WritePlain(ref fields, "ClaimJob"u8);
}

/// <summary>
/// The worker steps back: withdraws an application, turns down an offer, gives up an assignment, or concedes a declined
/// submission before the jury has begun.
/// </summary>
public sealed record LeaveJob(Header Header, TaskId Job) : JobMessage(Header, Job)
{
    internal override void WriteTo<TFields>(ref TFields fields) => WritePlain(ref fields, "LeaveJob"u8);
}

/// <summary>
/// Takes part in a contest without showing the work: binds to the SubmitWork that follows after the deadline. Said again
/// before the deadline, it replaces what was bound to before. See <see cref="Domain.WorkCommitment"/>.
/// </summary>
public sealed record CommitWork(Header Header, TaskId Job, Bytes32 Commitment) : JobMessage(Header, Job)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Id("commitment"u8, Commitment);
        WriteMiddle(ref fields);
        fields.Type("CommitWork"u8);
    }
}

/// <summary>Hands in work; <paramref name="Content"/> is the salted hash of what travels beside the message.</summary>
public sealed record SubmitWork(Header Header, TaskId Job, Bytes32 Content) : JobMessage(Header, Job)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Id("content"u8, Content);
        WriteMiddle(ref fields);
        fields.Type("SubmitWork"u8);
    }
}

/// <summary>One side binds itself to a rating of the other, which the other cannot see before it has done the same.</summary>
public sealed record RateJob(Header Header, TaskId Job, AccountId Worker, Bytes32 Commitment) : JobMessage(Header, Job)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Id("commitment"u8, Commitment);
        WriteMiddle(ref fields);
        fields.Type("RateJob"u8);
        fields.Id("worker"u8, Worker.Value);
    }
}

/// <summary>Opens a rating of 1 to 5; see <see cref="Domain.RatingCommitment"/>.</summary>
public sealed record OpenRating(Header Header, TaskId Job, AccountId Worker, uint Score) : JobMessage(Header, Job)
{
    /// <summary>32 secret random bytes.</summary>
    public required Bytes32 Salt { get; init; }

    internal override void WriteTo<TFields>(ref TFields fields)
    {
        WriteStart(ref fields);
        fields.Id("salt"u8, Salt);
        fields.Number("score"u8, Score);
        fields.Type("OpenRating"u8);
        fields.Id("worker"u8, Worker.Value);
    }
}
