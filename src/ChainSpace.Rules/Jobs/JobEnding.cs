using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Rules.Jobs;

/// <summary>
/// What becomes of a job by time, payment and verdict. Each timeout falls to the side that has delivered: silence pays the
/// worker, a lapsed lease frees the reward.
/// </summary>
internal sealed class JobEnding(JobMoney money)
{
    /// <summary>Gives a worker the lease; a first submission must be in by the deadline.</summary>
    public static Assignment Begin(Job job, Assignment assignment, Moment now)
    {
        long end = Math.Min(After(now, job.Terms.Message.Lease).Milliseconds, job.Terms.Message.Deadline.Milliseconds);
        return assignment with { Phase = Phase.Working, Due = new Moment(end) };
    }

    public static Assignment Submit(Job job, Assignment assignment, (Bytes32 Content, Moment Now) work)
    {
        PostJob terms = job.Terms.Message;
        Phase phase = terms.Checker == default ? Phase.Review : Phase.Checking;
        Moment from = job.Terms.IsContest ? job.Terms.RevealBy : work.Now;
        long rest = assignment.Due!.Value.Milliseconds - work.Now.Milliseconds;
        return assignment with
        {
            Phase = phase,
            Due = After(from, terms.Review),
            Work = work.Content,
            Since = work.Now,
            Rest = rest,
        };
    }

    public static Assignment SendBack(Job job, Assignment assignment, Moment now) => assignment with
    {
        Phase = Phase.Working,
        Due = After(now, job.Terms.Message.Lease),
        Revisions = assignment.Revisions + 1,
        Failed = 0,
        RequesterOffer = Assignment.NoOffer,
        WorkerOffer = Assignment.NoOffer,
    };

    /// <summary>
    /// Work that passed is reviewed. Else the rest of the lease runs on, for the time of the check is not the worker's; the last
    /// try that fails ends the lease.
    /// </summary>
    public Job Check(Job job, int place, (bool Passed, Moment Now) check)
    {
        Assignment assignment = job.Assignments[place];
        if (check.Passed)
            return job.With(place, assignment with { Phase = Phase.Review, Due = After(check.Now, job.Terms.Message.Review) });
        Assignment failed = assignment with
        {
            Phase = Phase.Working,
            Due = After(check.Now, (ulong)assignment.Rest),
            Failed = assignment.Failed + 1,
        };
        job = job.With(place, failed);
        return failed.Failed == job.Terms.Message.Tries ? Forfeit(job, place, check.Now) : job;
    }

    /// <summary>Lets everything fall due whose moment has come.</summary>
    public Job Lapse(Job job, Moment now)
    {
        // From the last to the first: those who leave do not move those before them.
        for (int place = job.Assignments.Length - 1; place >= 0; place--)
        {
            if (job.Assignments[place].Due <= now && !IsContestReview(job, job.Assignments[place])) job = Lapse(job, place, now);
        }

        return job;
    }

    /// <summary>The jury has spoken, or has failed to.</summary>
    public Job Verdict(Job job, Fact.Ended ended, Moment now)
    {
        int place = 0;
        while (job.Assignments[place].Case != ended.Poll || job.Assignments[place].Phase != Phase.Declined) place++;
        uint percent = CaseTerms.PercentOf(ended.Outcome);
        AccountId requester = job.Terms.Requester.Id;
        money.Record(requester, record => percent == 100
            ? record with { Overturned = record.Overturned + 1 }
            : record with { Upheld = record.Upheld + 1 });
        Amount cost = job.Terms.JuryFee(job.Assignments[place].Part) - ended.Refund;
        Amount risk = job.Terms.AtRisk(job.Assignments[place]);
        job = job with { Judges = [.. job.Judges.Union(ended.Votes.Select(static vote => vote.Voter))] };
        job = Restitute(job, place, JobTerms.Percent(cost, 100 - percent));
        job = Forgo(job, place, JobTerms.Percent(risk, 100 - percent));
        return Pay(job, place, (percent, now, "verdict"));
    }

    /// <summary>
    /// The worker gives a declined piece of work up before the jury votes, for half of what is at risk there: work that was worth
    /// nothing held the place at a price, and to fight for it costs more.
    /// </summary>
    public Job Concede(Job job, int place, Moment now)
    {
        money.Record(job.Terms.Requester.Id, static record => record with { Upheld = record.Upheld + 1 });
        job = Forgo(job, place, JobTerms.Percent(job.Terms.AtRisk(job.Assignments[place]), 50));
        return Pay(job, place, (0, now, "conceded"));
    }

    /// <summary>Pays a percent of the milestone in hand and goes on to the next, or ends the worker's part.</summary>
    public Job Pay(Job job, int place, (uint Percent, Moment Now, string By) settled)
    {
        Assignment assignment = job.Assignments[place];
        Amount amount = JobTerms.Percent(job.Terms.PartOf(assignment.Part), settled.Percent);
        AccountId requester = job.Terms.Requester.Id;
        money.Move(requester, assignment.Worker, amount);
        money.Judge(assignment.Worker, job.Terms.Category, settled.Percent / 100.0, settled.Now);
        money.Tell(new Fact.WorkSettled(
            job.Terms.Id, assignment.Worker, assignment.Part, settled.Percent, amount, settled.By));
        if (amount > Amount.Zero) money.Count(assignment.Worker, job.Terms.Category);
        if (amount > Amount.Zero)
            money.Record(requester, record => record.Paid(settled.Now.Milliseconds - assignment.Since.Milliseconds));
        Assignment paid = assignment with
        {
            Paid = assignment.Paid + amount,
            Case = default,
            RequesterOffer = Assignment.NoOffer,
            WorkerOffer = Assignment.NoOffer,
        };
        Job left = job with { Left = job.Left - amount };
        if (settled.Percent < 100 || paid.Part + 1 == job.Terms.Parts.Length) return Finish(left, place, (paid, settled.Now));
        return left.With(place, paid with
        {
            Phase = Phase.Working,
            Part = paid.Part + 1,
            Revisions = 0,
            Failed = 0,
            Due = After(settled.Now, job.Terms.Message.Lease),
        });
    }

    /// <summary>The worker has not delivered: the bond goes to the requester, who waited.</summary>
    public Job Forfeit(Job job, int place, Moment now)
    {
        Assignment assignment = job.Assignments[place];
        money.Move(assignment.Worker, job.Terms.Requester.Id, assignment.Bond);
        return Finish(job, place, (assignment with { Bond = Amount.Zero }, now));
    }

    /// <summary>Calls the reserve, shares out a contest, ends what is over, and says when the job falls due next.</summary>
    public Job Settle(Job job, Moment now)
    {
        if (job.Ended is not null) return job;
        job = Call(job, now);
        if (job.Terms.IsContest && now.Milliseconds >= ContestOver(job)) job = Share(job, now);
        if (IsOver(job, now)) return End(job, now);
        Moment? due = now < job.Terms.Message.Deadline ? job.Terms.Message.Deadline : null;
        foreach (Assignment each in job.Assignments)
        {
            bool waits = IsContestReview(job, each) && each.Due <= now;
            if (!waits && each.Due is { } moment && (due is null || moment < due)) due = moment;
        }

        return job with { Due = due };
    }

    /// <summary>Everybody gets back what is still locked.</summary>
    public Job End(Job job, Moment now)
    {
        for (int place = job.Assignments.Length - 1; place >= 0; place--)
        {
            Assignment each = job.Assignments[place];
            if (each.Phase is Phase.Applied or Phase.Reserved or Phase.Offered) job = Dismiss(job, place);
            else if (each.Phase != Phase.Done) job = Finish(job, place, (each, now));
        }

        money.Refund(job.Terms.Requester.Id, job.Left);
        return job with
        {
            Left = Amount.Zero,
            Ended = now,
            Due = new Moment(now.Milliseconds + Limits.RetentionMilliseconds),
        };
    }

    private Job Lapse(Job job, int place, Moment now)
    {
        Assignment assignment = job.Assignments[place];
        switch (assignment.Phase)
        {
            case Phase.Working:
                return Forfeit(job, place, now);
            case Phase.Checking:
                return Check(job, place, (true, now));
            case Phase.Review:
                money.Record(job.Terms.Requester.Id, static record => record with { Silent = record.Silent + 1 });
                return Pay(job, place, (100, now, "silence"));
            case Phase.Committed:
                return Finish(job, place, (assignment, now));
            case Phase.Applied or Phase.Reserved or Phase.Offered:
                return Dismiss(job, place);
            default:
                throw new InvalidOperationException($"Nothing falls due in {assignment.Phase}.");
        }
    }

    private static bool IsContestReview(Job job, Assignment each) => job.Terms.IsContest && each.Phase == Phase.Review;

    private static Job Call(Job job, Moment now)
    {
        while (now < job.Terms.Message.Deadline && job.HasRoom && FirstReserved(job) is { } place)
            job = job.With(place, Begin(job, job.Assignments[place], now));
        return job;
    }

    private static int? FirstReserved(Job job)
    {
        for (int place = 0; place < job.Assignments.Length; place++)
        {
            if (job.Assignments[place].Phase == Phase.Reserved) return place;
        }

        return null;
    }

    private static long ContestOver(Job job) => job.Terms.RevealBy.Milliseconds + (long)job.Terms.Message.Review;

    // Silence pays the first who committed, as many as there are rewards; a reward before a jury waits for it.
    private Job Share(Job job, Moment now)
    {
        for (int place = 0; place < job.Assignments.Length && job.HasRoom; place++)
        {
            if (job.Assignments[place].Phase != Phase.Review) continue;
            money.Record(job.Terms.Requester.Id, static record => record with { Silent = record.Silent + 1 });
            job = Pay(job, place, (100, now, "silence"));
        }

        return job;
    }

    private static bool IsOver(Job job, Moment now)
    {
        PostJob terms = job.Terms.Message;
        int live = 0, hearings = 0;
        foreach (Assignment each in job.Assignments)
        {
            hearings += each.Phase == Phase.Declined ? 1 : 0;
            live += each.Phase is Phase.Working or Phase.Checking or Phase.Review or Phase.Committed or Phase.Offered ? 1 : 0;
        }

        if (hearings > 0) return false;
        bool isTaken = job.Taken == terms.Winners && (live == 0 || job.Terms.IsContest);
        bool isTurnedDown = terms.Mode == "direct" && live == 0;
        return isTaken || isTurnedDown || (live == 0 && now >= terms.Deadline);
    }

    private Job Finish(Job job, int place, (Assignment Assignment, Moment Now) done)
    {
        money.Refund(done.Assignment.Worker, done.Assignment.Bond);
        return job.With(place, done.Assignment with { Phase = Phase.Done, Bond = Amount.Zero, Due = null, Since = done.Now });
    }

    private Job Dismiss(Job job, int place)
    {
        money.Refund(job.Assignments[place].Worker, job.Assignments[place].Bond);
        return job with { Assignments = job.Assignments.RemoveAt(place) };
    }

    // The loser pays the jury, the worker as far as the bond goes.
    private Job Restitute(Job job, int place, Amount cost)
    {
        Assignment assignment = job.Assignments[place];
        Amount paid = cost < assignment.Bond ? cost : assignment.Bond;
        money.Move(assignment.Worker, job.Terms.Requester.Id, paid);
        return job.With(place, assignment with { Bond = assignment.Bond - paid });
    }

    // To nobody's pocket: a requester who had it would gain by declining good work.
    private Job Forgo(Job job, int place, Amount amount)
    {
        Assignment assignment = job.Assignments[place];
        money.Forgo(assignment.Worker, amount);
        return job.With(place, assignment with { Bond = assignment.Bond - amount });
    }

    private static Moment After(Moment now, ulong milliseconds) => new(now.Milliseconds + (long)milliseconds);
}
