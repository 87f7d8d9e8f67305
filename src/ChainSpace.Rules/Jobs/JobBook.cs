using ChainSpace.Protocol;

namespace ChainSpace.Rules.Jobs;

/// <summary>The jobs of the live state, what falls due of them, and the records of those who take part.</summary>
public sealed class JobBook
{
    private readonly SortedDictionary<TaskId, Job> jobs = [];
    private readonly SortedDictionary<AccountId, PartyRecord> records = [];
    private readonly Dictionary<TaskId, TaskId> cases = [];
    private readonly SortedSet<TaskId> checking = [];

    /// <summary>Jobs in the order of their ids.</summary>
    public IReadOnlyCollection<Job> All => jobs.Values;

    /// <summary>Records by account.</summary>
    public IReadOnlyDictionary<AccountId, PartyRecord> Records => records;

    /// <summary>Those with a submission that waits for its automatic check, in the order of their ids.</summary>
    public IEnumerable<Job> Checking => checking.Select(id => jobs[id]);

    /// <summary>What must happen at a moment.</summary>
    internal SortedSet<(Moment At, TaskId Job)> Due { get; } = [];

    /// <summary>Changed since the state was last hashed.</summary>
    internal HashSet<TaskId> Changed { get; } = [];

    /// <inheritdoc cref="Changed"/>
    internal HashSet<AccountId> ChangedRecords { get; } = [];

    internal Moment? NextDue => Due.Count > 0 ? Due.Min.At : null;

    public Job? Find(TaskId id) => jobs.GetValueOrDefault(id);

    /// <summary>The job whose declined submission this poll decides on; null for any other poll.</summary>
    public Job? FindByCase(TaskId poll) => cases.TryGetValue(poll, out TaskId job) ? Find(job) : null;

    public PartyRecord RecordOf(AccountId account) => records.GetValueOrDefault(account);

    internal void SetRecord(AccountId account, PartyRecord record)
    {
        records[account] = record;
        ChangedRecords.Add(account);
    }

    internal void Put(Job job)
    {
        if (Find(job.Terms.Id) is { } before) Forget(before);
        jobs[job.Terms.Id] = job;
        if (job.Due is { } due) Due.Add((due, job.Terms.Id));
        foreach (Assignment each in job.Assignments)
        {
            if (each.Phase == Phase.Declined) cases[each.Case] = job.Terms.Id;
        }

        if (job.Assignments.Any(static each => each.Phase == Phase.Checking)) checking.Add(job.Terms.Id);
        Changed.Add(job.Terms.Id);
    }

    internal void Remove(Job job)
    {
        Forget(job);
        jobs.Remove(job.Terms.Id);
        Changed.Add(job.Terms.Id);
    }

    private void Forget(Job job)
    {
        if (job.Due is { } due) Due.Remove((due, job.Terms.Id));
        checking.Remove(job.Terms.Id);
        foreach (Assignment each in job.Assignments) cases.Remove(each.Case);
    }
}
