using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Jobs;

namespace ChainSpace.Rules.State;

/// <summary>What jobs and the records of their parties consist of, in the state hash and in a snapshot, and back.</summary>
internal static class JobEncoding
{
    public static void Write(FieldWriter fields, JobBook book)
    {
        fields.Number(book.All.Count);
        foreach (Job job in book.All)
        {
            WriteJob(fields, job);
            fields.Bytes(CanonicalMessage.Write(job.Terms.Message));
        }

        fields.Number(book.Records.Count);
        foreach ((AccountId account, PartyRecord record) in book.Records) WriteRecord(fields, account, record);
    }

    public static void Read(FieldReader fields, SpaceState state)
    {
        for (int jobs = fields.Number32(); jobs > 0; jobs--) state.Jobs.Put(ReadJob(fields, state));
        for (int records = fields.Number32(); records > 0; records--)
            state.Jobs.SetRecord(fields.Account(), ReadRecord(fields));
        state.Jobs.Changed.Clear();
        state.Jobs.ChangedRecords.Clear();
    }

    /// <summary>A job as it is hashed; its id is the digest of its terms.</summary>
    public static void WriteJob(FieldWriter fields, Job job)
    {
        fields.Id(job.Terms.Id.Value);
        fields.Number(job.Terms.Posted.Value);
        fields.Money(job.Left);
        WriteMoment(fields, job.Ended);
        WriteMoment(fields, job.Due);
        fields.Number(job.Assignments.Length);
        foreach (Assignment each in job.Assignments) WriteAssignment(fields, each);
        fields.Number(job.Judges.Length);
        foreach (AccountId judge in job.Judges) fields.Id(judge.Value);
    }

    public static void WriteRecord(FieldWriter fields, AccountId account, PartyRecord record)
    {
        fields.Id(account.Value);
        ReadOnlySpan<uint> counts =
        [
            record.Posted, record.Accepted, record.Silent, record.Declined, record.Upheld, record.Overturned,
            record.PayTimes.Hour, record.PayTimes.Quarter, record.PayTimes.Day, record.PayTimes.ThreeDays,
            record.PayTimes.Longer, record.Ratings, record.RatingSum,
        ];
        foreach (uint count in counts) fields.Number((ulong)count);
    }

    private static PartyRecord ReadRecord(FieldReader fields) =>
        new(Count(fields), Count(fields), Count(fields), Count(fields), Count(fields))
        {
            Overturned = Count(fields),
            PayTimes = (Count(fields), Count(fields), Count(fields), Count(fields), Count(fields)),
            Ratings = Count(fields),
            RatingSum = Count(fields),
        };

    private static uint Count(FieldReader fields) => (uint)fields.Unsigned64();

    private static Job ReadJob(FieldReader fields, SpaceState state)
    {
        TaskId id = new(fields.Id());
        EntryIndex posted = fields.Index();
        Amount left = fields.Money();
        Moment? ended = ReadMoment(fields), due = ReadMoment(fields);
        Assignment[] assignments = new Assignment[fields.Number32()];
        for (int i = 0; i < assignments.Length; i++) assignments[i] = ReadAssignment(fields);
        AccountId[] judges = new AccountId[fields.Number32()];
        for (int i = 0; i < judges.Length; i++) judges[i] = fields.Account();
        PostJob message = StateDecoding.Read<PostJob>(fields.Bytes());
        Account requester = state.FindAccount(message.Header.Account)
            ?? throw new InvalidDataException("The snapshot holds no readable requester.");
        JobTerms terms = new(id, requester, posted, message, JobTerms.FilterOf(message));
        return new Job(terms, left, [.. assignments]) { Ended = ended, Due = due, Judges = [.. judges] };
    }

    private static void WriteAssignment(FieldWriter fields, Assignment each)
    {
        fields.Id(each.Worker.Value);
        fields.Tag((byte)each.Phase);
        fields.Money(each.Bond);
        WriteMoment(fields, each.Due);
        fields.Number((ulong)each.Part);
        fields.Number((ulong)each.Revisions);
        fields.Number((ulong)each.Failed);
        fields.Id(each.Work);
        fields.Number(each.Since.Milliseconds);
        fields.Number(each.Rest);
        fields.Money(each.Paid);
        fields.Id(each.Case.Value);
        fields.Text(each.Reason);
        fields.Number(each.RequesterOffer);
        fields.Number(each.WorkerOffer);
        WriteRating(fields, each.OfWorker);
        WriteRating(fields, each.OfRequester);
    }

    private static Assignment ReadAssignment(FieldReader fields) =>
        new(fields.Account(), (Phase)fields.Tag(), fields.Money())
        {
            Due = ReadMoment(fields),
            Part = Count(fields),
            Revisions = Count(fields),
            Failed = Count(fields),
            Work = fields.Id(),
            Since = fields.Moment(),
            Rest = fields.Number64(),
            Paid = fields.Money(),
            Case = new TaskId(fields.Id()),
            Reason = fields.Text(),
            RequesterOffer = fields.Number32(),
            WorkerOffer = fields.Number32(),
            OfWorker = ReadRating(fields),
            OfRequester = ReadRating(fields),
        };

    private static void WriteRating(FieldWriter fields, Rating rating)
    {
        fields.Id(rating.Commitment);
        fields.Number((ulong)rating.Score);
    }

    private static Rating ReadRating(FieldReader fields) => new(fields.Id(), Count(fields));

    private static void WriteMoment(FieldWriter fields, Moment? moment) =>
        fields.Number(moment?.Milliseconds ?? StateEncoding.None);

    private static Moment? ReadMoment(FieldReader fields) => fields.Moment() is { Milliseconds: >= 0 } moment ? moment : null;
}
