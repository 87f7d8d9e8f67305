using System.Text.Json;
using ChainSpace.Client.Reading;

namespace ChainSpace.Tests.Web;

/// <summary>Jobs in the phases that the pages treat differently, and how their parties behave.</summary>
internal sealed class SampleJobs(SampleReader reader)
{
    private const string Hash = "0x1111111111111111111111111111111111111111111111111111111111111111";

    public JobView[] All => [Review, Declined, Untaken, Contest, Ended, Hostile, Freed, Late];

    /// <summary>Two milestones, the first paid, the second handed in; hidden tests; an offer; an applicant.</summary>
    public JobView Review => new()
    {
        Id = SampleReader.Id(7, 1),
        Index = "3",
        Requester = reader.Journal.Voter,
        Content = new("Translate the museum guide", "Forty pages,\nfrom Spanish.", [])
        {
            Tests = Hash,
            Seconds = 36_000,
        },
        ContentHash = SampleReader.Id(3, 7),
        Category = "translation",
        Mode = "apply",
        Reward = "8001",
        Winners = 2,
        Milestones = "40,60",
        Bond = "961",
        Workers = "receipts>=2",
        Deadline = reader.Ago(-60 * 24 * 3),
        Lease = "86400000",
        Review = "259200000",
        Revisions = 2,
        Jury = 6_000,
        Checker = reader.Space.Operator,
        State = "open",
        Left = "12802",
        Assignments =
        [
            Part(1, "review") with
            {
                Due = reader.Ago(-90), Milestone = 2, Work = Hash, Paid = "3200", Locked = "961", Revisions = 1,
                Check = new CheckView(17, 3), RequesterOffer = 60, Submitted = 104,
                Submissions =
                [
                    Submission(90, 1, "silence") with { Percent = 100 }, Submission(50, 2, "failed") with { IsPassed = false },
                    Submission(40, 2, "sent-back") with { IsPassed = true },
                    Submission(9, 2, "review") with { IsPassed = true },
                ],
            },
            Part(2, "applied") with { Due = reader.Ago(-60) },
        ],
        Decisions = [new DecisionView("5", SampleReader.Id(1, 1), 1, 100, "3200", "silence")],
        Next =
        [
            new NextAct("AcceptWork", reader.Journal.Voter, SampleReader.Id(1, 1), reader.Ago(-90)),
            new NextAct("ApplyForJob", null, null, reader.Ago(-60)),
            new NextAct("RateJob", reader.Journal.Voter, null, reader.Ago(5)),
        ],
    };

    public JobView Declined => Review with
    {
        Id = SampleReader.Id(7, 2),
        Milestones = "100",
        Assignments =
        [
            Part(1, "declined") with
            {
                Work = Hash, Case = reader.Closed.Id, Reason = "incomplete", WorkerOffer = 80, Locked = "961", Submitted = 1,
                Submissions = [Submission(9, 1, "declined") with { Reason = "incomplete", Case = reader.Closed.Id }],
            },
        ],
        Decisions = [],
        Next = [],
    };

    public JobView Untaken => Review with
    {
        Id = SampleReader.Id(7, 3),
        Mode = "open",
        Assignments = [],
        Decisions = [],
        Content = null,
        Requester = SampleReader.Id(0, 9),
    };

    public JobView Contest => Untaken with
    {
        Id = SampleReader.Id(7, 4),
        Mode = "contest",
        Content = new("Draw a sign", "", []),
        Assignments = [Part(3, "committed") with { Due = reader.Ago(-1500), Work = Hash }],
    };

    public JobView Ended => Review with
    {
        Id = SampleReader.Id(7, 5),
        State = "ended",
        Left = "0",
        Assignments =
        [
            Part(1, "done") with
            {
                Paid = "8001", Work = Hash, RateUntil = reader.Ago(-900), RequesterHasRated = true, WorkerHasRated = true,
                RatingOfWorker = 5, RatingOfRequester = 4, Check = new CheckView(20, 0) { Verdict = Hash }, Submitted = 1,
                Submissions =
                [
                    Submission(1500, 1, "verdict") with { Reason = "wrong", Case = reader.Closed.Id, Percent = 50 },
                ],
            },
            Part(2, "done") with { Check = new CheckView(0, 0) { Fault = "no <b>program</b>" }, RateUntil = reader.Ago(9) },
        ],
    };

    /// <summary>The place is free again.</summary>
    public JobView Freed => Untaken with { Id = SampleReader.Id(7, 7), Assignments = [Part(4, "done")] };

    /// <summary>A contest whose deadline is over.</summary>
    public JobView Late => Contest with { Id = SampleReader.Id(7, 8), Deadline = reader.Ago(30) };

    public JobView Hostile => Review with
    {
        Id = SampleReader.Id(7, 6),
        Category = "x\" onmouseover=\"alert(1)",
        Workers = "<b>bold</b>",
        Content = new(SampleReader.Hostile, "<img src=x onerror=alert(1)>", []),
        Assignments =
        [
            Part(1, "<b>bold</b>") with
            {
                Reason = "<b>bold</b>", Case = "\" onclick=\"x", Due = "soon", Submitted = 2,
                Submissions = [Submission(1, 1, "<b>bold</b>"), Submission(1, 1, "x") with { Work = "\" onclick=\"x" }],
            },
        ],
    };

    public PartyView Party => new()
    {
        Account = reader.Journal.Voter,
        Posted = 14,
        Accepted = 9,
        Silent = 2,
        Declined = 3,
        Upheld = 1,
        Overturned = 1,
        MedianPayHours = 6,
        Ratings = 8,
        Rating = 4.2,
    };

    public ProfileView Profile => new()
    {
        Id = reader.Journal.Voter,
        Attributes = "language=de",
        Reputation = [],
        Receipts = [new("moderation", 41), new("work/translation", 3)],
        Party = Party,
        Entries = [],
        Credentials =
        [
            Credential(SampleReader.Id(1, 5), false, """{"occupation":"nurse","skills":["first aid","<b>bold</b>"]}"""),
            Credential(reader.Journal.Voter, true, """{"interest":"birds"}"""),
        ],
    };

    private CredentialView Credential(string issuer, bool isSelfStated, string attributes) => new(
        issuer, isSelfStated, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(attributes)!,
        reader.Ago(-60 * 24 * 200), "presentation");

    private SubmissionView Submission(int minutesAgo, int milestone, string state) => new()
    {
        Index = "5",
        Moment = reader.Ago(minutesAgo),
        Milestone = milestone,
        Work = Hash,
        State = state,
    };

    private static AssignmentView Part(int worker, string phase) =>
        new() { Worker = SampleReader.Id(1, worker), Phase = phase, Milestone = 1, Paid = "0" };
}
