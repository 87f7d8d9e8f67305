using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Jobs;

namespace ChainSpace.Node.Views.Folding;

// All that was handed in for a job, and what became of each submission. A worker has one in hand at most, the last; while
// nothing has become of it, its state is that of the worker's part and is not kept here.
internal sealed class SubmissionRows(ViewDatabase database)
{
    public const string Failed = "failed", SentBack = "sent-back";

    // After the facts of its entry, which name the milestone and the case.
    public void Add(JobMessage message, CommittedEntry entry)
    {
        switch (message)
        {
            case SubmitWork submit:
                Add(submit, entry);
                break;
            case ReportCheck check:
                OfLast(check.Job, check.Worker, "passed = ?3").Bind(3, check.Passed).Run();
                if (check.Passed == 0) SetState((check.Job, check.Worker), Failed, null);
                break;
            case RequestRevision revise:
                SetState((revise.Job, revise.Worker), SentBack, null);
                break;
            case DeclineWork decline:
                Add(decline, entry);
                break;
        }
    }

    public void Add(Fact.WorkSettled settled) => SetState((settled.Job, settled.Worker), settled.By, settled.Percent);

    private void Add(SubmitWork submit, CommittedEntry entry)
    {
        Assignment part = PartOf(entry, submit.Job, submit.Header.Account);
        database.On("INSERT INTO submission VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, NULL, NULL, NULL, NULL)")
            .Bind(1, submit.Job.Value).Bind(2, submit.Header.Account.Value).Bind(3, entry.Index.Value)
            .Bind(4, entry.Entry.Moment.Milliseconds).Bind(5, part.Part + 1).Bind(6, submit.Content).Run();
    }

    private void Add(DeclineWork decline, CommittedEntry entry)
    {
        Bytes32 hearing = PartOf(entry, decline.Job, decline.Worker).Case.Value;
        OfLast(decline.Job, decline.Worker, "reason = ?3, hearing = ?4").Bind(3, decline.Reason).Bind(4, hearing).Run();
        database.On("UPDATE poll SET job = ?2 WHERE id = ?1").Bind(1, hearing).Bind(2, decline.Job.Value).Run();
    }

    private void SetState((TaskId Job, AccountId Worker) of, string state, long? percent) =>
        OfLast(of.Job, of.Worker, "state = ?3, percent = ?4").Bind(3, state).Bind(4, percent).Run();

    private Statement OfLast(TaskId job, AccountId worker, string change) => database
        .On($"""
            UPDATE submission SET {change} WHERE job = ?1 AND worker = ?2
            AND idx = (SELECT max(idx) FROM submission WHERE job = ?1 AND worker = ?2)
            """)
        .Bind(1, job.Value).Bind(2, worker.Value);

    private static Assignment PartOf(CommittedEntry entry, TaskId job, AccountId worker) => entry.Facts
        .OfType<Fact.JobChanged>().Last(changed => changed.Job.Terms.Id == job).Job.Assignments
        .Single(each => each.Worker == worker);
}
