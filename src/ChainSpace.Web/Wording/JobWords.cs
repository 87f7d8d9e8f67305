using System.Globalization;
using System.Numerics;
using ChainSpace.Client.Reading;

namespace ChainSpace.Web.Wording;

/// <summary>A job in words. The lists are open: an unknown code is shown as it is.</summary>
internal static class JobWords
{
    private static readonly (string Phase, string One, string Many)[] _standings =
    [
        ("review", "to be decided on", "to be decided on"), ("declined", "before a jury", "before a jury"),
        ("checking", "being checked", "being checked"), ("working", "at work", "at work"),
        ("committed", "sealed entry", "sealed entries"), ("offered", "offer out", "offers out"),
        ("reserved", "in reserve", "in reserve"), ("applied", "applicant", "applicants"),
    ];

    public static string Title(JobView job) => job.Content?.Title ?? "The text has been erased";

    public static string State(JobView job) => job.State == "open" ? "Open" : job.State == "ended" ? "Ended" : job.State;

    /// <summary>Whom a part is shown to wait for: those who only asked for the job stand apart from those who do it.</summary>
    public static bool IsApplicant(AssignmentView part) => part.Phase is "applied" or "reserved";

    /// <summary>Where everybody stands, in a few words.</summary>
    public static string Standing(JobView job)
    {
        IEnumerable<string> words =
            from each in _standings
            let count = job.Assignments.Count(part => part.Phase == each.Phase)
            where count > 0
            select string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? each.One : each.Many)}");
        string standing = string.Join(", ", words);
        if (standing.Length > 0) return standing;
        if (job.State == "ended") return IsPaid(job) ? "Done and paid" : "Ended without work";
        if (job.Assignments.Count > 0)
            return job.Mode is "open" or "direct" ? "Nobody is at work; a place is free" : "Nobody is at work";
        return job.Mode switch
        {
            "apply" => "Nobody has applied yet",
            "contest" => "Nobody has entered yet",
            _ => "Nobody has taken it yet",
        };
    }

    public static string Mode(JobView job) => job.Mode switch
    {
        "open" => "whoever claims it first has it",
        "apply" => "people apply, and the requester picks",
        "direct" => "offered to one account",
        "contest" => "everybody hands in, sealed until the deadline, and the requester picks",
        _ => job.Mode,
    };

    public static string Workers(JobView job) =>
        job.Workers == "open" ? "every account" : $"accounts with {SelectionWords.Filter(job.Workers)}";

    /// <summary>A phase on a badge.</summary>
    public static string Phase(AssignmentView part) => part.Phase switch
    {
        "applied" => "Applied",
        "reserved" => "In reserve",
        "offered" => "Offered",
        "working" => "At work",
        "committed" => "Sealed entry",
        "checking" => "Being checked",
        "review" => "To be decided on",
        "declined" => "Before a jury",
        "done" => part.Paid == "0" ? "Over" : "Done",
        _ => part.Phase,
    };

    /// <summary>The colours of a poll's state that fit a phase.</summary>
    public static string Tone(AssignmentView part) => part.Phase switch
    {
        "working" or "checking" or "offered" or "committed" => "voting",
        "review" or "declined" => "waiting",
        "done" when part.Paid != "0" => "closed",
        _ => part.Phase,
    };

    /// <summary>What happens by itself at the end of a phase, to be said before its time; null where nothing does.</summary>
    public static string? AtItsEnd(AssignmentView part) => part.Due is null ? null : part.Phase switch
    {
        "applied" or "reserved" => "The application lapses",
        "offered" => "The offer lapses",
        "working" => "Without work handed in, place and bond are lost",
        "committed" => "An entry that has not been shown is out",
        "checking" => "Where no check is reported the work goes on to review",
        "review" => "Silence counts as accepted",
        "declined" => "The jury’s time ends",
        _ => "This phase ends",
    };

    /// <summary>How a submission did in hidden tests, as counts.</summary>
    public static string Check(CheckView check) => check.Fault is { } fault
        ? $"Could not be run: {fault}"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{check.Passed:N0} of {check.Passed + check.Failed:N0} hidden tests passed");

    public static string Act(JobView job, NextAct next) => next.Act switch
    {
        "SubmitWork" when job.Mode == "contest" => "may show the work behind the entry",
        "CancelJob" => "may take the job back",
        "ClaimJob" => "may take the job",
        "ApplyForJob" => "may apply",
        "CommitWork" => "may enter sealed work",
        "AssignJob" => "may give the job to",
        "LeaveJob" => "may step back",
        "SubmitWork" => "may hand in work",
        "ReportCheck" => "reports the check of",
        "AcceptWork" => "may accept the work of",
        "DeclineWork" => "may decline, with a reason, and so open a case about",
        "CounterOffer" => "may offer to settle for a part",
        "RequestRevision" => "may send back the work of",
        "RateJob" => "may rate the other side",
        "OpenRating" => "may open the sealed rating",
        _ => next.Act,
    };

    /// <summary>Whether the act is about somebody else's part, who is then named behind it.</summary>
    public static bool IsAboutWorker(NextAct next) =>
        next.Act is "AssignJob" or "ReportCheck" or "AcceptWork" or "DeclineWork" or "RequestRevision" && next.Worker is not null;

    /// <summary>Percents of the reward by milestone, in order.</summary>
    public static int[] Milestones(JobView job) => [.. job.Milestones.Split(',').Select(ReadPercent)];

    /// <summary>What a milestone pays, in minor units: rounded down, and the last what is left.</summary>
    public static string AmountOf(JobView job, int milestone)
    {
        int[] parts = Milestones(job);
        BigInteger reward = Read(job.Reward);
        BigInteger rest = reward - Sum(parts[..^1].Select(part => reward * part / 100));
        return (milestone == parts.Length ? rest : reward * parts[milestone - 1] / 100).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What all workers together were paid, in minor units.</summary>
    public static string Paid(JobView job) =>
        Sum(job.Assignments.Select(static part => Read(part.Paid))).ToString(CultureInfo.InvariantCulture);

    /// <summary>What has gone back to the requester once the job has ended, in minor units.</summary>
    public static string Refunded(JobView job) =>
        BigInteger.Max(0, Read(job.Reward) * job.Winners - Read(Paid(job))).ToString(CultureInfo.InvariantCulture);

    /// <summary>Why a part is over that brought nothing; null where it is not over, or brought something.</summary>
    public static string? WhyNothing(AssignmentView part) =>
        part is { Phase: "done", Paid: "0", Work: null }
            ? "Over without work handed in: the time ran out, or the worker stepped back."
            : null;

    private static int ReadPercent(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out int read) ? read : 0;

    private static bool IsPaid(JobView job) => job.Assignments.Any(static part => part.Paid != "0");

    private static BigInteger Sum(IEnumerable<BigInteger> amounts) => amounts.Aggregate(BigInteger.Zero, BigInteger.Add);

    private static BigInteger Read(string units) =>
        BigInteger.TryParse(units, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger read) ? read : BigInteger.Zero;
}
