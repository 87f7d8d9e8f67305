using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Rules;
using ChainSpace.Rules.Jobs;

namespace ChainSpace.Node.Views;

/// <summary>Jobs as people are shown them.</summary>
internal static class JobWords
{
    public static string StateOf(Job job) => job.Ended is null ? "open" : "ended";

    public static JobView Of(Job job) => new()
    {
        Id = job.Terms.Id.ToString(),
        Index = job.Terms.Posted.ToString(),
        Requester = job.Terms.Requester.Id.ToString(),
        ContentHash = job.Terms.Message.Content.ToString(),
        Category = job.Terms.Message.Category,
        Mode = job.Terms.Message.Mode,
        Reward = job.Terms.Message.Reward.ToString(),
        Winners = (int)job.Terms.Message.Winners,
        Milestones = job.Terms.Message.Milestones,
        Bond = job.Terms.Bond.ToString(),
        Workers = job.Terms.Message.Workers,
        Deadline = job.Terms.Message.Deadline.ToString(),
        Lease = job.Terms.Message.Lease.ToString(CultureInfo.InvariantCulture),
        Review = job.Terms.Message.Review.ToString(CultureInfo.InvariantCulture),
        Revisions = (int)job.Terms.Message.Revisions,
        Tries = (int)job.Terms.Message.Tries,
        Jury = (int)job.Terms.Message.Jury,
        Checker = job.Terms.Message.Checker.Value.IsZero ? null : job.Terms.Message.Checker.ToString(),
        State = StateOf(job),
        Left = job.Left.ToString(),
        Assignments = [.. job.Assignments.Select(Of)],
        Next = [.. NextActs.Of(job)],
    };

    public static PartyView Of(Fact.PartyChanged party)
    {
        PartyRecord record = party.Record;
        int? median = record.MedianPayTime;
        return new PartyView
        {
            Account = party.Account.ToString(),
            Posted = (int)record.Posted,
            Accepted = (int)record.Accepted,
            Silent = (int)record.Silent,
            Declined = (int)record.Declined,
            Upheld = (int)record.Upheld,
            Overturned = (int)record.Overturned,
            MedianPayHours = median < PartyRecord.Hours.Length ? (int)PartyRecord.Hours[median.Value] : null,
            Ratings = (int)record.Ratings,
            Rating = record.Ratings == 0 ? null : record.RatingSum / (double)record.Ratings,
        };
    }

    private static AssignmentView Of(Assignment each) => new()
    {
        Worker = each.Worker.ToString(),
        Phase = Of(each.Phase),
        Due = each.Due?.ToString(),
        Milestone = (int)each.Part + 1,
        Work = each.Work.IsZero ? null : each.Work.ToString(),
        Paid = each.Paid.Units.ToString(CultureInfo.InvariantCulture),
        Locked = each.Bond.Units.ToString(CultureInfo.InvariantCulture),
        Revisions = (int)each.Revisions,
        Failed = (int)each.Failed,
        Case = each.Case.Value.IsZero ? null : each.Case.ToString(),
        Reason = each.Reason.Length == 0 ? null : each.Reason,
        RequesterOffer = Offer(each.RequesterOffer),
        WorkerOffer = Offer(each.WorkerOffer),
        RateUntil = each.Phase == Phase.Done ? NextActs.RateUntil(each) : null,
        RequesterHasRated = !each.OfWorker.Commitment.IsZero,
        WorkerHasRated = !each.OfRequester.Commitment.IsZero,
        RatingOfWorker = Score(each.OfWorker),
        RatingOfRequester = Score(each.OfRequester),
    };

    private static string Of(Phase phase) => phase.ToString().ToLowerInvariant();

    private static int? Offer(int percent) => percent == Assignment.NoOffer ? null : percent;

    private static int? Score(Rating rating) => rating.Score == 0 ? null : (int)rating.Score;
}
