using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Tests.Views;

public sealed class SubmissionViewTests : IDisposable
{
    private const int Requester = 1, Worker = 2, Other = 3, Checker = 4;

    private readonly Village village = new();

    public SubmissionViewTests()
    {
        for (int person = 1; person < 5; person++) village.Register(person);
    }

    public void Dispose() => village.Dispose();

    [Fact]
    public void A_part_shows_all_that_was_handed_in_and_what_became_of_each()
    {
        TaskId job = Claimed(terms => terms with { Milestones = "50,50", Revisions = 1, Checker = village.Person(Checker) });
        Submit(job, 1);
        Assert.Equal([(1, "checking", null)], Fates(job));
        Report(job, passed: 0);
        Submit(job, 2);
        Report(job, passed: 1);
        Assert.Equal([(1, "failed", false), (1, "review", true)], Fates(job));
        Say(new RequestRevision(village.HeaderOf(Requester), job, village.Person(Worker)));
        Submit(job, 3);
        Report(job, passed: 1);
        Say(new AcceptWork(village.HeaderOf(Requester), job, village.Person(Worker)));
        Submit(job, 4);
        Report(job, passed: 1);
        Assert.Equal(
            [(1, "failed", false), (1, "sent-back", true), (1, "accepted", true), (2, "review", true)], Fates(job));

        SubmissionView[] shown = [.. Part(job).Submissions];
        Assert.Equal([Work(1), Work(2), Work(3), Work(4)], shown.Select(static each => each.Work));
        Assert.Equal(
            village.Entries.Where(static each => each.Entry.Message is SubmitWork)
                .Select(static each => (each.Index.ToString(), each.Entry.Moment.ToString())),
            shown.Select(static each => (each.Index, each.Moment)));
        Assert.Equal([null, null, 100, null], shown.Select(static each => each.Percent));
        Assert.Equal(4, Part(job).Submitted);
    }

    [Fact]
    public void A_declined_submission_leads_to_its_case_and_the_case_back_to_the_job_also_when_all_is_over()
    {
        TaskId job = Claimed();
        Submit(job, 1);
        Say(new DeclineWork(village.HeaderOf(Requester), job, village.Person(Worker), "wrong"));
        SubmissionView declined = Assert.Single(Part(job).Submissions);
        Assert.Equal(("declined", "wrong", Part(job).Case), (declined.State, declined.Reason, declined.Case));
        Say(new LeaveJob(village.HeaderOf(Worker), job));

        SubmissionView conceded = Assert.Single(Part(job).Submissions);
        Assert.Equal(("conceded", 0, "wrong"), (conceded.State, conceded.Percent, conceded.Reason));
        Assert.Null(Part(job).Case);
        using Showing showing = new Showing(village).Fold();
        Assert.Equal(job.ToString(), Assert.Single(showing.Polls(), poll => poll.Id == conceded.Case).Job);
    }

    [Fact]
    public void A_hundred_of_a_part_are_shown_and_the_older_ones_counted()
    {
        TaskId job = Claimed(terms => terms with { Checker = village.Person(Checker) });
        for (int number = 1; number <= 103; number++)
        {
            Submit(job, (byte)number);
            Report(job, passed: 0);
        }

        AssignmentView part = Part(job);
        Assert.Equal((103, 100), (part.Submitted, part.Submissions.Count));
        Assert.Equal((Work(4), Work(103)), (part.Submissions[0].Work, part.Submissions[^1].Work));
        Assert.All(part.Submissions, static each => Assert.Equal("failed", each.State));
    }

    [Fact]
    public void An_entry_of_a_contest_that_others_won_was_passed_over()
    {
        PostJob terms = village.JobOf(Requester) with { Mode = "contest" };
        Say(terms);
        TaskId job = village.IdOf(terms);
        foreach (int person in (int[])[Worker, Other])
        {
            Bytes32 commitment = village.Domain.WorkCommitment(job, village.Person(person), Content((byte)person));
            Say(new CommitWork(village.HeaderOf(person), job, commitment));
        }

        Assert.All(Show(job).Assignments, static part => Assert.Empty(part.Submissions));
        village.Now = terms.Deadline;
        foreach (int person in (int[])[Worker, Other])
            Say(new SubmitWork(village.HeaderOf(person), job, Content((byte)person)));
        Say(new AcceptWork(village.HeaderOf(Requester), job, village.Person(Other)));

        Assert.Equal("passed-over", Assert.Single(Part(job).Submissions).State);
        AssignmentView winner = Show(job).Assignments.Single(part => part.Worker == village.Person(Other).ToString());
        Assert.Equal("accepted", Assert.Single(winner.Submissions).State);
    }

    [Fact]
    public void Lists_leave_submissions_out()
    {
        TaskId job = Claimed();
        Submit(job, 1);
        using Showing showing = new Showing(village).Fold();

        AssignmentView part = Assert.Single(Assert.Single(showing.AllJobs(new JobQuery())).Assignments);
        Assert.Empty(part.Submissions);
        Assert.Equal(Work(1), part.Work);
    }

    private TaskId Claimed(Func<PostJob, PostJob>? terms = null)
    {
        PostJob message = (terms ?? (static same => same))(village.JobOf(Requester));
        Say(message);
        Say(new ClaimJob(village.HeaderOf(Worker), village.IdOf(message)));
        return village.IdOf(message);
    }

    private void Submit(TaskId job, byte number) => Say(new SubmitWork(village.HeaderOf(Worker), job, Content(number)));

    private void Report(TaskId job, uint passed) =>
        Say(new ReportCheck(village.HeaderOf(Checker), job, village.Person(Worker), passed));

    private void Say(Message message) => Assert.Null(village.Say(message));

    private IEnumerable<(int Milestone, string State, bool? IsPassed)> Fates(TaskId job) =>
        Part(job).Submissions.Select(static each => (each.Milestone, each.State, each.IsPassed));

    private AssignmentView Part(TaskId job) =>
        Show(job).Assignments.Single(part => part.Worker == village.Person(Worker).ToString());

    private JobView Show(TaskId job)
    {
        using Showing showing = new Showing(village).Fold();
        return showing.Jobs.Find(job)!;
    }

    private static Bytes32 Content(byte number) => Keccak256.Hash([200, number]);

    private static string Work(byte number) => Content(number).ToString();
}
