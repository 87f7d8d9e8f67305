using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Jobs;

/// <summary>Does to the state what the rules of jobs have allowed; refuses before it touches anything.</summary>
internal sealed class JobFold
{
    private readonly SpaceState state;
    private readonly PollFold polls;
    private readonly JobMoney money;
    private readonly JobEnding ending;

    public JobFold(SpaceState state, PollFold polls)
    {
        (this.state, this.polls) = (state, polls);
        money = new JobMoney(state, polls);
        ending = new JobEnding(money);
    }

    /// <summary>A new job.</summary>
    public Refusal? Post(PostJob message, MessageId id, Occasion at)
    {
        Account requester = state.FindAccount(message.Header.Account)!;
        Ruling<JobTerms, Refusal> ruling = PostJobRules.Post(message, requester, (new TaskId(id.Value), at));
        if (!ruling.IsAccepted) return ruling.Refusal;
        if (message.To != default && WhyNotTo(message.To, requester) is { } unfit) return unfit;
        Amount locked = JobTerms.RewardsOf(message);
        money.Lock(requester.Id, locked);
        money.Record(requester.Id, static record => record with { Posted = record.Posted + 1 });
        Assignment offer = new(message.To, Phase.Offered, Amount.Zero) { Due = message.Deadline };
        Put(new Job(ruling.State, locked, message.To == default ? [] : [offer]), at);
        return null;
    }

    private Refusal? WhyNotTo(AccountId worker, Account requester)
    {
        if (state.FindAccount(worker) is not { } offered) return new Refusal.NotRegistered(worker);
        return offered.IsOfSamePerson(requester) ? new Refusal.NotEligible("own") : null;
    }

    /// <summary>An act on a job.</summary>
    public Refusal? Act(JobMessage message, Occasion at)
    {
        if (state.Jobs.Find(message.Job) is not { } job) return new Refusal.UnknownJob(message.Job);
        Account who = state.FindAccount(message.Header.Account)!;
        AccountId operatorId = state.Genesis!.Header.Account;
        JobRules.Turn turn = new(who, state.Domain!, at.Now, state.FindPoll, operatorId);
        if (JobRules.Check(job, message, turn) is { } refusal) return refusal;
        Put(Do(job, message, at), at);
        return null;
    }

    /// <summary>Every job whose moment has come, in order of moment and id.</summary>
    public void FallDue(Occasion at)
    {
        while (state.Jobs.NextDue <= at.Now)
        {
            Job job = state.Jobs.Find(state.Jobs.Due.Min.Job)!;
            if (job.Ended is not null) state.Jobs.Remove(job);
            else Put(ending.Lapse(job, at.Now), at);
        }
    }

    /// <summary>Verdicts: cases among the polls that this entry ended.</summary>
    public void Hear(Occasion at)
    {
        foreach (Fact.Ended ended in polls.Facts.OfType<Fact.Ended>().ToArray())
        {
            if (state.Jobs.FindByCase(ended.Poll) is { } job) Put(ending.Verdict(job, ended, at.Now), at);
        }
    }

    private void Put(Job job, Occasion at)
    {
        Job settled = ending.Settle(job, at.Now);
        state.Jobs.Put(settled);
        polls.Facts.Add(new Fact.JobChanged(settled));
    }

    private Job Do(Job job, JobMessage message, Occasion at) => message switch
    {
        CancelJob => ending.End(job, at.Now),
        ApplyForJob apply => Enter(job, apply.Header.Account, new(apply.Header.Account, Phase.Applied, job.Terms.Bond)
        {
            Due = job.Terms.Message.Deadline,
        }),
        ClaimJob claim => Enter(job, claim.Header.Account, Begin(job, new(claim.Header.Account, default, job.Terms.Bond), at)),
        CommitWork commit => Enter(job, commit.Header.Account, new(commit.Header.Account, Phase.Committed, job.Terms.Bond)
        {
            Due = job.Terms.RevealBy,
            Work = commit.Commitment,
        }),
        AssignJob assign => Assign(job, assign, at),
        SubmitWork submit => Change(job, submit.Header.Account, each => JobEnding.Submit(job, each, (submit.Content, at.Now))),
        AcceptWork accept => Accept(job, accept.Worker, (100, "accepted"), at),
        DeclineWork decline => Decline(job, decline, at),
        RequestRevision revise => Change(job, revise.Worker, each => JobEnding.SendBack(job, each, at.Now)),
        CounterOffer offer => Counter(job, offer, at),
        ReportCheck check => ending.Check(job, job.PlaceOf(check.Worker), (check.Passed == 1, at.Now)),
        LeaveJob leave => Leave(job, leave.Header.Account, at),
        RateJob rate => Change(job, rate.Worker, each => Rate(job, each, rate)),
        OpenRating open => Change(job, open.Worker, each => Rate(job, each, open)),
        _ => throw new InvalidOperationException($"No rule for {message.Type}."),
    };

    private static Job Change(Job job, AccountId worker, Func<Assignment, Assignment> change)
    {
        int place = job.PlaceOf(worker);
        return job.With(place, change(job.Assignments[place]));
    }

    // Takes the place of what the account had before: an offer, or another commitment.
    private Job Enter(Job job, AccountId who, Assignment assignment)
    {
        int place = job.PlaceOf(who);
        money.Lock(who, assignment.Bond - (place < 0 ? Amount.Zero : job.Assignments[place].Bond));
        return place < 0 ? job with { Assignments = job.Assignments.Add(assignment) } : job.With(place, assignment);
    }

    private static Assignment Begin(Job job, Assignment assignment, Occasion at) => JobEnding.Begin(job, assignment, at.Now);

    private static Job Assign(Job job, AssignJob message, Occasion at)
    {
        List<Assignment> others = [], reserve = [];
        foreach (Assignment each in job.Assignments)
        {
            if (each.Worker == message.Worker) others.Add(Begin(job, each, at));
            else if (!message.Reserve.Contains(each.Worker)) others.Add(each);
        }

        foreach (AccountId next in message.Reserve)
            reserve.Add(job.Assignments[job.PlaceOf(next)] with { Phase = Phase.Reserved });
        return job with { Assignments = [.. others, .. reserve] };
    }

    // The jury is sent home before the money moves: its end must not be taken for a verdict.
    private Job Accept(Job job, AccountId worker, (uint Percent, string By) settled, Occasion at)
    {
        int place = job.PlaceOf(worker);
        Assignment assignment = job.Assignments[place];
        Withdraw(assignment, at);
        money.Record(job.Terms.Requester.Id, static record => record with { Accepted = record.Accepted + 1 });
        return ending.Pay(job, place, (settled.Percent, at.Now, settled.By));
    }

    private void Withdraw(Assignment assignment, Occasion at)
    {
        if (assignment.Phase != Phase.Declined || state.FindPoll(assignment.Case) is not { } poll) return;
        polls.EndVoting(poll, EndReason.Cancelled, at);
    }

    private Job Decline(Job job, DeclineWork message, Occasion at)
    {
        int place = job.PlaceOf(message.Worker);
        Assignment assignment = job.Assignments[place];
        PollTerms terms = CaseTerms.Of(job, assignment, (state.Domain!, at));
        polls.Post(terms);
        money.Record(job.Terms.Requester.Id, static record => record with { Declined = record.Declined + 1 });
        Assignment declined = assignment with
        {
            Phase = Phase.Declined,
            Due = null,
            Case = terms.Id,
            Reason = message.Reason,
        };
        return job.With(place, declined);
    }

    private Job Counter(Job job, CounterOffer message, Occasion at)
    {
        bool isRequester = message.Header.Account == job.Terms.Requester.Id;
        Job offered = Change(job, message.Worker, each => isRequester
            ? each with { RequesterOffer = (int)message.Percent }
            : each with { WorkerOffer = (int)message.Percent });
        Assignment assignment = offered.Assignments[offered.PlaceOf(message.Worker)];
        return assignment.RequesterOffer == assignment.WorkerOffer
            ? Accept(offered, message.Worker, (message.Percent, "agreed"), at)
            : offered;
    }

    private Job Leave(Job job, AccountId worker, Occasion at)
    {
        int place = job.PlaceOf(worker);
        Assignment assignment = job.Assignments[place];
        if (assignment.Phase == Phase.Working) return ending.Forfeit(job, place, at.Now);
        if (assignment.Phase == Phase.Declined)
        {
            Withdraw(assignment, at);
            return ending.Concede(job, place, at.Now);
        }

        money.Refund(worker, assignment.Bond);
        return job with { Assignments = job.Assignments.RemoveAt(place) };
    }

    private static Assignment Rate(Job job, Assignment each, RateJob message) =>
        message.Header.Account == job.Terms.Requester.Id
            ? each with { OfWorker = new Rating(message.Commitment, 0) }
            : each with { OfRequester = new Rating(message.Commitment, 0) };

    private Assignment Rate(Job job, Assignment each, OpenRating message)
    {
        bool isRequester = message.Header.Account == job.Terms.Requester.Id;
        money.Record(isRequester ? each.Worker : job.Terms.Requester.Id, record => record with
        {
            Ratings = record.Ratings + 1,
            RatingSum = record.RatingSum + message.Score,
        });
        return isRequester
            ? each with { OfWorker = each.OfWorker with { Score = message.Score } }
            : each with { OfRequester = each.OfRequester with { Score = message.Score } };
    }
}
