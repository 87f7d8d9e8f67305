using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Polls;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Jobs;

/// <summary>What the requester and the checker may say of a job. Guards only decide; <see cref="JobFold"/> does it.</summary>
public static class JobRules
{
    private static readonly string[] Reasons = ["incomplete", "wrong", "copied", "unusable", "other"];

    /// <summary>An act on a job, now.</summary>
    /// <param name="Who">Who acts.</param>
    /// <param name="Domain">The space's domain.</param>
    /// <param name="Now">The entry's moment.</param>
    /// <param name="FindPoll">Finds the poll that is a declined submission's case.</param>
    /// <param name="Operator">The space's operator.</param>
    public sealed record Turn(
        Account Who, Domain Domain, Moment Now, Func<TaskId, Poll?> FindPoll, AccountId Operator);

    /// <summary>Null: it may be done.</summary>
    public static Refusal? Check(Job job, JobMessage message, Turn turn)
    {
        if (message is RateJob or OpenRating) return RatingRules.Check(job, message, turn);
        if (job.Ended is not null) return new JobClosed(job.Terms.Id);
        return message switch
        {
            ReportCheck check => Report(job, check, turn),
            ApplyForJob or ClaimJob or LeaveJob or CommitWork or SubmitWork => WorkRules.Check(job, message, turn),
            CounterOffer offer => Counter(job, offer, turn),
            _ when turn.Who != job.Terms.Requester => new RequesterOnly(),
            CancelJob => Cancel(job),
            AssignJob assign => Assign(job, assign, turn),
            AcceptWork accept => Accept(job, accept.Worker, turn),
            DeclineWork decline => Decline(job, decline),
            RequestRevision revise => Revise(job, revise.Worker),
            _ => throw new InvalidOperationException($"No rule for {message.Type}."),
        };
    }

    /// <summary>Whether a declined submission may still be settled without the jury: nobody has voted.</summary>
    internal static HasVotes? Heard(Assignment assignment, Turn turn) =>
        turn.FindPoll(assignment.Case) is { Ballots.Count: > 0 and int votes } ? new HasVotes(votes) : null;

    private static WrongPhase? Cancel(Job job)
    {
        foreach (Assignment each in job.Assignments)
        {
            if (each.Phase is not (Phase.Applied or Phase.Reserved or Phase.Offered)) return Wrong(each, "nobody at work");
        }

        return null;
    }

    private static Refusal? Assign(Job job, AssignJob message, Turn turn)
    {
        if (job.Terms.Message.Mode != "apply") return new InvalidTerm("mode", "apply");
        if (turn.Now >= job.Terms.Message.Deadline) return new JobClosed(job.Terms.Id);
        HashSet<AccountId> named = [];
        foreach (AccountId account in message.Reserve.Prepend(message.Worker))
        {
            if (!named.Add(account)) return new InvalidTerm("reserve", "each applicant once");
            if (Expect(job, account, Phase.Applied, Phase.Reserved) is { } refusal) return refusal;
        }

        return job.HasRoom ? null : new JobFull(job.Terms.Message.Winners);
    }

    private static Refusal? Accept(Job job, AccountId worker, Turn turn)
    {
        if (Expect(job, worker, Phase.Review, Phase.Declined) is { } refusal) return refusal;
        Assignment assignment = job.Assignments[job.PlaceOf(worker)];
        if (assignment.Phase == Phase.Declined) return Heard(assignment, turn);
        return Room(job);
    }

    private static Refusal? Decline(Job job, DeclineWork message)
    {
        if (!Reasons.Contains(message.Reason)) return new InvalidTerm("reason", string.Join(", ", Reasons));
        if ((Expect(job, message.Worker, Phase.Review) ?? Room(job)) is { } refusal) return refusal;
        Amount fee = job.Terms.JuryFee(job.Assignments[job.PlaceOf(message.Worker)].Part);
        Amount available = job.Terms.Requester.Balance.Available;
        return fee > available ? new OverBalance(available) : null;
    }

    private static Refusal? Revise(Job job, AccountId worker)
    {
        if (Expect(job, worker, Phase.Review) is { } refusal) return refusal;
        uint allowed = job.Terms.Message.Revisions;
        return job.Assignments[job.PlaceOf(worker)].Revisions < allowed ? null : new NoRevisionLeft(allowed);
    }

    private static Refusal? Counter(Job job, CounterOffer message, Turn turn)
    {
        if (turn.Who != job.Terms.Requester && turn.Who.Id != message.Worker) return new RequesterOnly();
        if (message.Percent > 100) return new InvalidTerm("percent", "0 to 100");
        if (job.Terms.IsContest) return new InvalidTerm("mode", "open, apply, direct");
        if (Expect(job, message.Worker, Phase.Review, Phase.Declined) is { } refusal) return refusal;
        Assignment assignment = job.Assignments[job.PlaceOf(message.Worker)];
        return assignment.Phase == Phase.Declined ? Heard(assignment, turn) : null;
    }

    private static Refusal? Report(Job job, ReportCheck message, Turn turn)
    {
        if (turn.Who.Id != turn.Operator && turn.Who.Id != job.Terms.Message.Checker) return new OperatorOnly();
        if (message.Passed > 1) return new InvalidTerm("passed", "0, 1");
        return Expect(job, message.Worker, Phase.Checking);
    }

    // Elsewhere whoever hands in work has a reward promised; in a contest it is free until somebody is paid.
    private static JobFull? Room(Job job) =>
        job.Terms.IsContest && !job.HasRoom ? new JobFull(job.Terms.Message.Winners) : null;

    /// <summary>The worker must be in one of these phases.</summary>
    internal static Refusal? Expect(Job job, AccountId worker, params ReadOnlySpan<Phase> phases)
    {
        int place = job.PlaceOf(worker);
        if (place < 0) return new NotInJob(worker);
        if (phases.Contains(job.Assignments[place].Phase)) return null;
        List<string> names = [];
        foreach (Phase phase in phases) names.Add(NameOf(phase));
        return Wrong(job.Assignments[place], string.Join(" or ", names));
    }

    internal static string NameOf(Phase phase) => phase.ToString().ToLowerInvariant();

    private static WrongPhase Wrong(Assignment assignment, string expected) => new(NameOf(assignment.Phase), expected);
}
