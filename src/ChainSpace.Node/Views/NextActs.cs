using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Rules;
using ChainSpace.Rules.Jobs;

namespace ChainSpace.Node.Views;

/// <summary>Who may say what of a job next, and until when. The rules decide; this is what they would say now.</summary>
internal static class NextActs
{
    public static IEnumerable<NextAct> Of(Job job)
    {
        if (job.Ended is not null) return job.Assignments.SelectMany(each => Ratings(job, each));
        List<NextAct> acts = [];
        string requester = job.Terms.Requester.Id.ToString(), deadline = job.Terms.Message.Deadline.ToString();
        bool isFree = job.Assignments.All(static each => each.Phase is Phase.Applied or Phase.Reserved or Phase.Offered);
        if (isFree) acts.Add(new NextAct("CancelJob", requester, null, null));
        string? begin = job.Terms.Message.Mode switch
        {
            "open" when job.HasRoom => "ClaimJob",
            "apply" => "ApplyForJob",
            "contest" => "CommitWork",
            _ => null,
        };
        if (begin is not null) acts.Add(new NextAct(begin, null, null, deadline));
        foreach (Assignment each in job.Assignments) acts.AddRange(Of(job, each));
        return acts;
    }

    /// <summary>Last moment to rate a part that is over.</summary>
    public static string RateUntil(Assignment each) =>
        new Moment(each.Since.Milliseconds + Limits.RatingMilliseconds).ToString();

    // Who has not rated may; once both have, each may open. That one may open alone when the time is over, no entry tells.
    private static IEnumerable<NextAct> Ratings(Job job, Assignment each)
    {
        string worker = each.Worker.ToString(), requester = job.Terms.Requester.Id.ToString();
        bool areBoth = !each.OfWorker.Commitment.IsZero && !each.OfRequester.Commitment.IsZero;
        string? forgotten = job.Ended is { } end ? new Moment(end.Milliseconds + Limits.RetentionMilliseconds).ToString() : null;
        foreach ((string by, Rating own) in ((string, Rating)[])[(requester, each.OfWorker), (worker, each.OfRequester)])
        {
            if (own.Commitment.IsZero) yield return new NextAct("RateJob", by, worker, RateUntil(each));
            else if (areBoth && own.Score == 0) yield return new NextAct("OpenRating", by, worker, forgotten);
        }
    }

    private static IEnumerable<NextAct> Of(Job job, Assignment each)
    {
        string worker = each.Worker.ToString(), requester = job.Terms.Requester.Id.ToString();
        string? due = each.Due?.ToString();
        NextAct Worker(string act) => new(act, worker, worker, due);
        NextAct Requester(string act) => new(act, requester, worker, due);
        return each.Phase switch
        {
            Phase.Applied or Phase.Reserved => [Requester("AssignJob"), Worker("LeaveJob")],
            Phase.Offered => [Worker("ClaimJob"), Worker("LeaveJob")],
            Phase.Working or Phase.Committed => [Worker("SubmitWork"), Worker("LeaveJob")],
            Phase.Checking => [new NextAct("ReportCheck", job.Terms.Message.Checker.ToString(), worker, due)],
            Phase.Review when job.Terms.IsContest => [Requester("AcceptWork"), Requester("DeclineWork")],
            Phase.Review =>
            [
                Requester("AcceptWork"), Requester("DeclineWork"), Requester("CounterOffer"), Worker("CounterOffer"),
                .. each.Revisions < job.Terms.Message.Revisions ? [Requester("RequestRevision")] : (NextAct[])[],
            ],
            Phase.Declined => [Requester("AcceptWork"), Requester("CounterOffer"), Worker("CounterOffer"), Worker("LeaveJob")],
            Phase.Done => Ratings(job, each),
            _ => throw new ArgumentOutOfRangeException(nameof(each)),
        };
    }
}
