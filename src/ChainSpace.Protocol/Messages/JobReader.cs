using System.Collections.Immutable;

namespace ChainSpace.Protocol.Messages;

/// <summary>Reads the messages about jobs; part of <see cref="MessageReader"/>.</summary>
internal static class JobReader
{
    /// <summary>Null where the type is none of a job.</summary>
    public static Message? Read(ReadOnlySpan<byte> type, ref CanonicalFields fields) => type switch
    {
        _ when type.SequenceEqual("PostJob"u8) => ReadPostJob(ref fields),
        _ when type.SequenceEqual("CancelJob"u8) => new CancelJob(Plain(ref fields, type, out TaskId job), job),
        _ when type.SequenceEqual("ApplyForJob"u8) => new ApplyForJob(Plain(ref fields, type, out TaskId job), job),
        _ when type.SequenceEqual("ClaimJob"u8) => new ClaimJob(Plain(ref fields, type, out TaskId job), job),
        _ when type.SequenceEqual("LeaveJob"u8) => new LeaveJob(Plain(ref fields, type, out TaskId job), job),
        _ when type.SequenceEqual("AssignJob"u8) => ReadAssignJob(ref fields),
        _ when type.SequenceEqual("CommitWork"u8) => ReadCommitWork(ref fields),
        _ when type.SequenceEqual("SubmitWork"u8) => ReadSubmitWork(ref fields),
        _ when type.SequenceEqual("AcceptWork"u8) => ReadAcceptWork(ref fields),
        _ when type.SequenceEqual("DeclineWork"u8) => ReadDeclineWork(ref fields),
        _ when type.SequenceEqual("RequestRevision"u8) => ReadRequestRevision(ref fields),
        _ when type.SequenceEqual("CounterOffer"u8) => ReadCounterOffer(ref fields),
        _ when type.SequenceEqual("ReportCheck"u8) => ReadReportCheck(ref fields),
        _ when type.SequenceEqual("RateJob"u8) => ReadRateJob(ref fields),
        _ when type.SequenceEqual("OpenRating"u8) => ReadOpenRating(ref fields),
        _ => null,
    };

    private static PostJob ReadPostJob(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        uint bond = fields.Number32("bond"u8);
        string category = fields.Text("category"u8);
        AccountId checker = new(fields.Id("checker"u8));
        Bytes32 content = fields.Id("content"u8);
        Moment deadline = fields.Moment("deadline"u8), expires = fields.Moment("expires"u8);
        uint jury = fields.Number32("jury"u8);
        ulong lease = fields.Number("lease"u8);
        string milestones = fields.Text("milestones"u8), mode = fields.Text("mode"u8);
        ulong nonce = fields.Number("nonce"u8), review = fields.Number("review"u8);
        uint revisions = fields.Number32("revisions"u8);
        Amount reward = fields.Amount("reward"u8);
        AccountId to = new(fields.Id("to"u8));
        uint tries = fields.Number32("tries"u8);
        fields.Type("PostJob"u8);
        return new PostJob(new Header(account, nonce, expires))
        {
            Bond = bond,
            Category = category,
            Checker = checker,
            Content = content,
            Deadline = deadline,
            Jury = jury,
            Lease = lease,
            Milestones = milestones,
            Mode = mode,
            Review = review,
            Revisions = revisions,
            Reward = reward,
            To = to,
            Tries = tries,
            Winners = fields.Number32("winners"u8),
            Workers = fields.Text("workers"u8),
        };
    }

    private static AssignJob ReadAssignJob(ref CanonicalFields fields)
    {
        Header header = Start(ref fields, out TaskId job);
        ImmutableArray<AccountId> reserve = fields.Ids("reserve"u8);
        return new AssignJob(header, job, Worker(ref fields, "AssignJob"u8)) { Reserve = reserve };
    }

    private static CommitWork ReadCommitWork(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Bytes32 commitment = fields.Id("commitment"u8);
        Header header = Middle(ref fields, account, out TaskId job);
        fields.Type("CommitWork"u8);
        return new CommitWork(header, job, commitment);
    }

    private static SubmitWork ReadSubmitWork(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Bytes32 content = fields.Id("content"u8);
        Header header = Middle(ref fields, account, out TaskId job);
        fields.Type("SubmitWork"u8);
        return new SubmitWork(header, job, content);
    }

    private static AcceptWork ReadAcceptWork(ref CanonicalFields fields) =>
        new(Start(ref fields, out TaskId job), job, Worker(ref fields, "AcceptWork"u8));

    private static RequestRevision ReadRequestRevision(ref CanonicalFields fields) =>
        new(Start(ref fields, out TaskId job), job, Worker(ref fields, "RequestRevision"u8));

    private static DeclineWork ReadDeclineWork(ref CanonicalFields fields)
    {
        Header header = Start(ref fields, out TaskId job);
        string reason = fields.Text("reason"u8);
        return new DeclineWork(header, job, Worker(ref fields, "DeclineWork"u8), reason);
    }

    private static CounterOffer ReadCounterOffer(ref CanonicalFields fields)
    {
        Header header = Start(ref fields, out TaskId job);
        uint percent = fields.Number32("percent"u8);
        return new CounterOffer(header, job, Worker(ref fields, "CounterOffer"u8), percent);
    }

    private static ReportCheck ReadReportCheck(ref CanonicalFields fields)
    {
        Header header = Start(ref fields, out TaskId job);
        uint passed = fields.Number32("passed"u8);
        return new ReportCheck(header, job, Worker(ref fields, "ReportCheck"u8), passed);
    }

    private static RateJob ReadRateJob(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Bytes32 commitment = fields.Id("commitment"u8);
        Header header = Middle(ref fields, account, out TaskId job);
        return new RateJob(header, job, Worker(ref fields, "RateJob"u8), commitment);
    }

    private static OpenRating ReadOpenRating(ref CanonicalFields fields)
    {
        Header header = Start(ref fields, out TaskId job);
        Bytes32 salt = fields.Id("salt"u8);
        uint score = fields.Number32("score"u8);
        return new OpenRating(header, job, Worker(ref fields, "OpenRating"u8), score) { Salt = salt };
    }

    private static Header Plain(ref CanonicalFields fields, ReadOnlySpan<byte> type, out TaskId job)
    {
        Header header = Start(ref fields, out job);
        fields.Type(type);
        return header;
    }

    private static Header Start(ref CanonicalFields fields, out TaskId job) =>
        Middle(ref fields, new AccountId(fields.Id("account"u8)), out job);

    private static Header Middle(ref CanonicalFields fields, AccountId account, out TaskId job)
    {
        Moment expires = fields.Moment("expires"u8);
        job = new TaskId(fields.Id("job"u8));
        return new Header(account, fields.Number("nonce"u8), expires);
    }

    private static AccountId Worker(ref CanonicalFields fields, ReadOnlySpan<byte> type)
    {
        fields.Type(type);
        return new AccountId(fields.Id("worker"u8));
    }
}
