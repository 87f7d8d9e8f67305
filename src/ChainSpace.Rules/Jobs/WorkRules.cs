using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Polls;
using static ChainSpace.Rules.Refusal;

namespace ChainSpace.Rules.Jobs;

/// <summary>What workers may say of a job that goes on.</summary>
internal static class WorkRules
{
    public static Refusal? Check(Job job, JobMessage message, JobRules.Turn turn) => message switch
    {
        ApplyForJob => Mode(job, "apply") ?? Newcomer(job, turn),
        ClaimJob when job.Terms.Message.Mode == "direct" => JobRules.Expect(job, turn.Who.Id, Phase.Offered) ?? Bond(job, turn),
        ClaimJob => Mode(job, "open") ?? Newcomer(job, turn) ?? Room(job),
        CommitWork => Commit(job, turn),
        SubmitWork submit => Submit(job, submit, turn),
        LeaveJob => Leave(job, turn),
        _ => throw new InvalidOperationException($"No rule for {message.Type}."),
    };

    private static InvalidTerm? Mode(Job job, string mode) =>
        job.Terms.Message.Mode == mode ? null : new InvalidTerm("mode", mode);

    // Once in a job, never anew: whoever lets a lease lapse cannot lock the same job again.
    private static Refusal? Newcomer(Job job, JobRules.Turn turn)
    {
        if (turn.Now >= job.Terms.Message.Deadline) return new JobClosed(job.Terms.Id);
        if (turn.Who.IsOfSamePerson(job.Terms.Requester)) return new NotEligible("own");
        int place = job.PlaceOf(turn.Who.Id);
        if (place >= 0) return new WrongPhase(JobRules.NameOf(job.Assignments[place].Phase), "no part in the job");
        if (turn.Who.OfSamePerson.Any(one => job.PlaceOf(one.Id) >= 0)) return new NotEligible("person");
        if (HasJudged(job, turn)) return new NotEligible("judge");
        if (job.Assignments.Length >= Limits.Assignments) return new JobFull(Limits.Assignments);
        if (job.Terms.Filter?.Unmet(turn.Who, job.Terms.Category, turn.Now) is { } because) return new NotEligible(because);
        return Bond(job, turn);
    }

    // Or a juror could vote a worker out and take the place.
    private static bool HasJudged(Job job, JobRules.Turn turn)
    {
        Poll[] cases = [.. job.Assignments.Select(each => turn.FindPoll(each.Case)).OfType<Poll>()];
        return turn.Who.OfSamePerson.Any(one =>
            job.Judges.Contains(one.Id) || cases.Any(poll => poll.Ballots.NumberOf(one) is not null));
    }

    private static OverBalance? Bond(Job job, JobRules.Turn turn) =>
        job.Terms.Bond > turn.Who.Balance.Available ? new OverBalance(turn.Who.Balance.Available) : null;

    private static JobFull? Room(Job job) => job.HasRoom ? null : new JobFull(job.Terms.Message.Winners);

    private static Refusal? Commit(Job job, JobRules.Turn turn)
    {
        if (Mode(job, "contest") is { } refusal) return refusal;
        if (turn.Now >= job.Terms.Message.Deadline) return new JobClosed(job.Terms.Id);
        return job.PlaceOf(turn.Who.Id) >= 0
            ? JobRules.Expect(job, turn.Who.Id, Phase.Committed)
            : Newcomer(job, turn);
    }

    private static Refusal? Submit(Job job, SubmitWork message, JobRules.Turn turn)
    {
        if (!job.Terms.IsContest) return JobRules.Expect(job, turn.Who.Id, Phase.Working);
        if (JobRules.Expect(job, turn.Who.Id, Phase.Committed) is { } refusal) return refusal;
        if (turn.Now < job.Terms.Message.Deadline) return new WrongPhase("committed", "the deadline passed");
        Bytes32 commitment = turn.Domain.WorkCommitment(job.Terms.Id, turn.Who.Id, message.Content);
        return commitment == job.Assignments[job.PlaceOf(turn.Who.Id)].Work ? null : new WrongCommitment();
    }

    private static Refusal? Leave(Job job, JobRules.Turn turn)
    {
        AccountId who = turn.Who.Id;
        Refusal? refusal = JobRules.Expect(
            job, who, Phase.Applied, Phase.Reserved, Phase.Offered, Phase.Working, Phase.Committed, Phase.Declined);
        if (refusal is not null) return refusal;
        Assignment assignment = job.Assignments[job.PlaceOf(who)];
        return assignment.Phase == Phase.Declined ? JobRules.Heard(assignment, turn) : null;
    }
}
