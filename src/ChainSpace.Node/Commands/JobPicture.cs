using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary>Jobs for people at a terminal.</summary>
internal static class JobPicture
{
    private const int Digits = 12;

    public static string Line(JobView job, SpaceView space) =>
        $"{job.Id[..Digits]}  {job.State,-5}  {Wording.Amount(job.Reward, space),14}  {job.Content?.Title ?? "(erased)"}";

    public static IEnumerable<string> Draw(JobView job, SpaceView space)
    {
        yield return job.Content?.Title ?? "(the text was erased)";
        yield return $"  job {job.Id}";
        string winners = job.Winners == 1 ? "" : $" for each of {job.Winners}";
        yield return $"  {job.State}, {Mode(job)}, {Wording.Amount(job.Reward, space)}{winners}, begin by {Time(job.Deadline)}";
        if (TimeOption.Words(job.Content, Wording.Units(job.Reward), space) is { } time) yield return $"  {time}";
        if (job.Bond != "0")
            yield return $"  a worker locks {Wording.Amount(job.Bond, space)}, lost without work in time or before a jury";
        if (job.Jury > 0) yield return $"  jurors' reputation is at least {Wording.Percent(job.Jury / 10_000.0)}";
        if (job.Content?.Tests is { } tests) yield return $"  hidden tests {tests}";
        foreach (AssignmentView part in job.Assignments)
        {
            string until = part.Due is null ? "" : $" until {Time(part.Due)}";
            string verdict = part.Case is null ? "" : $", case {part.Case[..Digits]} ({part.Reason})";
            yield return $"  {part.Worker[..Digits]}  {part.Phase}{until}, paid {Wording.Amount(part.Paid, space)}{verdict}";
            foreach (string line in Submissions(job, part)) yield return $"    {line}";
            if (part.RequesterHasRated) yield return $"    the requester's rating: {Stars(part.RatingOfWorker)}";
            if (part.WorkerHasRated) yield return $"    the worker's rating: {Stars(part.RatingOfRequester)}";
            if (part.Check is { } check) yield return $"    {Say(check)}";
        }

        foreach (DecisionView each in job.Decisions)
        {
            string what = $"{each.Percent} % of milestone {each.Milestone}";
            yield return $"  entry {each.Index}: {WorkWords.By(each.By)}, {what} to {each.Worker[..Digits]}";
        }

        foreach (NextAct next in job.Next.Where(IsToCome))
        {
            string until = next.Until is null ? "" : $" until {Time(next.Until)}";
            yield return $"  next: {next.Act} by {next.By?[..Digits] ?? "anyone"}{until}";
        }
    }

    private static string Mode(JobView job) => job.Mode switch
    {
        "open" => "for who claims it first",
        "apply" => "for whom the requester picks",
        "direct" => "offered to one account",
        "contest" => "a contest of sealed work",
        var other => other,
    };

    private static IEnumerable<string> Submissions(JobView job, AssignmentView part)
    {
        int older = part.Submitted - part.Submissions.Count;
        if (older > 0) yield return $"{older} older submissions";
        foreach (SubmissionView each in part.Submissions)
        {
            string milestone = job.Milestones == "100" ? "" : $" for milestone {each.Milestone}";
            string verdict = each.Case is null ? "" : $" (case {each.Case[..Digits]})";
            yield return $"{Time(each.Moment)} handed in {each.Work[..Digits]}{milestone}: {WorkWords.Fate(each)}{verdict}";
        }
    }

    private static string Stars(int? stars) => stars is { } shown ? $"{shown} of 5" : "sealed until both have rated";

    private static bool IsToCome(NextAct next) => next.Until is null
        || long.Parse(next.Until, CultureInfo.InvariantCulture) >= TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Say(CheckView check)
    {
        string fault = check.Fault is null ? "" : $": {check.Fault}";
        string hash = check.Verdict is null ? "" : $"; verdict {check.Verdict}";
        return $"{check.Passed} of {check.Passed + check.Failed} hidden tests passed{fault}{hash}";
    }

    private static string Time(string milliseconds)
    {
        long value = long.Parse(milliseconds, CultureInfo.InvariantCulture);
        return DateTimeOffset.FromUnixTimeMilliseconds(value).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
