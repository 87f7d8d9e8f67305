using System.Collections.Immutable;

namespace ChainSpace.Protocol.Messages;

/// <summary>Posts a job and locks its reward for every winner. The message's id becomes the job's id.</summary>
public sealed record PostJob(Header Header) : Message(Header)
{
    /// <summary>What a worker locks, in hundredths of a percent of the reward (1200 = 12 %); 0: nothing.</summary>
    public required uint Bond { get; init; }

    /// <summary>Field of knowledge in which evidence is kept: 1 to 32 of a-z, 0-9 and hyphen.</summary>
    public required string Category { get; init; }

    /// <summary>Account whose automatic check a submission must pass before it is reviewed; zero: none.</summary>
    public AccountId Checker { get; init; }

    /// <summary>Salted hash of title and description; the text itself lives beside the journal.</summary>
    public required Bytes32 Content { get; init; }

    /// <summary>Moment after which nobody may begin, and by which a first submission must be in.</summary>
    public required Moment Deadline { get; init; }

    /// <summary>Least lower bound of a juror's reputation in the category, in hundredths of a percent; 0: anyone.</summary>
    public required uint Jury { get; init; }

    /// <summary>Milliseconds a worker has for each submission.</summary>
    public required ulong Lease { get; init; }

    /// <summary>Percents of the reward that each milestone pays, in order, summing to 100: <c>100</c>, <c>40,60</c>.</summary>
    public string Milestones { get; init; } = "100";

    /// <summary>
    /// <c>open</c>: who claims it first; <c>apply</c>: the requester picks; <c>direct</c>: offered to one account;
    /// <c>contest</c>: all hand in, sealed until the deadline.
    /// </summary>
    public required string Mode { get; init; }

    /// <summary>Milliseconds for a decision; silence accepts.</summary>
    public required ulong Review { get; init; }

    /// <summary>How often the requester may send each milestone's work back.</summary>
    public required uint Revisions { get; init; }

    /// <summary>Money for each winner.</summary>
    public required Amount Reward { get; init; }

    /// <summary>The account a <c>direct</c> job is offered to; else zero.</summary>
    public AccountId To { get; init; }

    /// <summary>Checks that may fail for each milestone; the last one ends the lease. 0: as many as the lease allows.</summary>
    public uint Tries { get; init; }

    /// <summary>Workers who may be paid the reward, side by side.</summary>
    public required uint Winners { get; init; }

    /// <summary><c>open</c>, or a filter such as <c>skill=writing,reputation&gt;=0.8</c> that workers must meet.</summary>
    public required string Workers { get; init; }

    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("bond"u8, Bond);
        fields.Text("category"u8, Category);
        fields.Id("checker"u8, Checker.Value);
        fields.Id("content"u8, Content);
        fields.Number("deadline"u8, (ulong)Deadline.Milliseconds);
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Number("jury"u8, Jury);
        fields.Number("lease"u8, Lease);
        fields.Text("milestones"u8, Milestones);
        fields.Text("mode"u8, Mode);
        fields.Number("nonce"u8, Header.Nonce);
        fields.Number("review"u8, Review);
        fields.Number("revisions"u8, Revisions);
        fields.Number("reward"u8, Reward);
        fields.Id("to"u8, To.Value);
        fields.Number("tries"u8, Tries);
        fields.Type("PostJob"u8);
        fields.Number("winners"u8, Winners);
        fields.Text("workers"u8, Workers);
    }
}

/// <summary>Something said about a job that has been posted.</summary>
public abstract record JobMessage(Header Header, TaskId Job) : Message(Header)
{
    private protected void WriteStart<TFields>(ref TFields fields)
        where TFields : struct, IFieldWriter, allows ref struct
    {
        fields.Id("account"u8, Header.Account.Value);
        WriteMiddle(ref fields);
    }

    private protected void WriteMiddle<TFields>(ref TFields fields)
        where TFields : struct, IFieldWriter, allows ref struct
    {
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Id("job"u8, Job.Value);
        fields.Number("nonce"u8, Header.Nonce);
    }

    private protected void WritePlain<TFields>(ref TFields fields, ReadOnlySpan<byte> type)
        where TFields : struct, IFieldWriter, allows ref struct
    {
        WriteStart(ref fields);
        fields.Type(type);
    }

    private protected void WriteAbout<TFields>(ref TFields fields, ReadOnlySpan<byte> type, AccountId worker)
        where TFields : struct, IFieldWriter, allows ref struct
    {
        WriteStart(ref fields);
        fields.Type(type);
        fields.Id("worker"u8, worker.Value);
    }
}

/// <summary>The requester takes a job back; only before anybody has begun.</summary>
public sealed record CancelJob(Header Header, TaskId Job) : JobMessage(Header, Job)
{
    internal override void WriteTo<TFields>(ref TFields fields) => WritePlain(ref fields, "CancelJob"u8);
}

/// <summary>The requester gives the job to an applicant, and says who follows where the lease lapses.</summary>
public sealed record AssignJob(Header Header, TaskId Job, AccountId Worker) : JobMessage(Header, Job)
{
    /// <summary>Applicants in the order in which they are to follow.</summary>
    public ImmutableArray<AccountId> Reserve { get; init; } = [];

    internal override void WriteTo<TFields>(ref TFields fields)
    {
        WriteStart(ref fields);
        fields.Ids("reserve"u8, Reserve.AsSpan());
        fields.Type("AssignJob"u8);
        fields.Id("worker"u8, Worker.Value);
    }
}

/// <summary>The requester accepts a submission and pays its milestone.</summary>
public sealed record AcceptWork(Header Header, TaskId Job, AccountId Worker) : JobMessage(Header, Job)
{
    internal override void WriteTo<TFields>(ref TFields fields) => WriteAbout(ref fields, "AcceptWork"u8, Worker);
}

/// <summary>The requester declines a submission, which opens a case and locks what the jury costs.</summary>
/// <param name="Header">What every message carries.</param>
/// <param name="Job">Which job.</param>
/// <param name="Worker">Whose submission.</param>
/// <param name="Reason"><c>incomplete</c>, <c>wrong</c>, <c>copied</c>, <c>unusable</c> or <c>other</c>.</param>
public sealed record DeclineWork(Header Header, TaskId Job, AccountId Worker, string Reason) : JobMessage(Header, Job)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        WriteStart(ref fields);
        fields.Text("reason"u8, Reason);
        fields.Type("DeclineWork"u8);
        fields.Id("worker"u8, Worker.Value);
    }
}

/// <summary>The requester sends a submission back; the worker has another lease for it.</summary>
public sealed record RequestRevision(Header Header, TaskId Job, AccountId Worker) : JobMessage(Header, Job)
{
    internal override void WriteTo<TFields>(ref TFields fields) => WriteAbout(ref fields, "RequestRevision"u8, Worker);
}

/// <summary>
/// Either side offers to settle a milestone for a part of it. Settled when both sides have said the same percent, so
/// whoever agrees has signed what was agreed.
/// </summary>
public sealed record CounterOffer(Header Header, TaskId Job, AccountId Worker, uint Percent) : JobMessage(Header, Job)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        WriteStart(ref fields);
        fields.Number("percent"u8, Percent);
        fields.Type("CounterOffer"u8);
        fields.Id("worker"u8, Worker.Value);
    }
}

/// <summary>The operator or the job's checker says whether a submission passed its automatic check.</summary>
/// <param name="Header">What every message carries.</param>
/// <param name="Job">Which job.</param>
/// <param name="Worker">Whose submission.</param>
/// <param name="Passed">1: on to the review; 0: back to work, the lease runs on.</param>
public sealed record ReportCheck(Header Header, TaskId Job, AccountId Worker, uint Passed) : JobMessage(Header, Job)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        WriteStart(ref fields);
        fields.Number("passed"u8, Passed);
        fields.Type("ReportCheck"u8);
        fields.Id("worker"u8, Worker.Value);
    }
}
