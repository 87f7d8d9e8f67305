using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Jobs;

/// <summary>
/// Ratings both ways, once a worker's part is over: each side binds itself without seeing the other's, and opens when both
/// have, or when the time to rate is over.
/// </summary>
internal static class RatingRules
{
    public static Refusal? Check(Job job, JobMessage message, JobRules.Turn turn)
    {
        AccountId worker = message is RateJob rate ? rate.Worker : ((OpenRating)message).Worker;
        bool isRequester = turn.Who == job.Terms.Requester;
        if (!isRequester && turn.Who.Id != worker) return new RequesterOnly();
        if (JobRules.Expect(job, worker, Phase.Done) is { } refusal) return refusal;
        Assignment assignment = job.Assignments[job.PlaceOf(worker)];
        (Rating own, Rating other) = isRequester
            ? (assignment.OfWorker, assignment.OfRequester)
            : (assignment.OfRequester, assignment.OfWorker);
        bool isOver = turn.Now.Milliseconds > assignment.Since.Milliseconds + Limits.RatingMilliseconds;
        return message is OpenRating open
            ? Open(job, open, turn, (own, isOver || !other.Commitment.IsZero))
            : Give((RateJob)message, own, isOver);
    }

    private static Refusal? Give(RateJob message, Rating own, bool isOver)
    {
        if (isOver) return new WrongPhase("done", "within three days of the end");
        if (message.Commitment.IsZero) return new InvalidTerm("commitment", "not zero");
        return own.Commitment.IsZero ? null : new WrongPhase("rated", "not rated");
    }

    private static Refusal? Open(Job job, OpenRating message, JobRules.Turn turn, (Rating Own, bool MayOpen) rating)
    {
        if (message.Score is < 1 or > 5) return new InvalidTerm("score", "1 to 5");
        if (rating.Own.Score > 0) return new WrongPhase("opened", "sealed");
        if (!rating.MayOpen) return new WrongPhase("rated", "rated by both, or three days after the end");
        Opening opening = new(message.Score, message.Salt);
        Bytes32 commitment = turn.Domain.RatingCommitment(job.Terms.Id, (message.Worker, turn.Who.Id), opening);
        return commitment == rating.Own.Commitment ? null : new WrongCommitment();
    }
}
