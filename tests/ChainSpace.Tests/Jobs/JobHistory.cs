using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Jobs;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Jobs;

/// <summary>What people might do to jobs, sensible and not, and the laws that hold after every step.</summary>
internal sealed class JobHistory
{
    private static readonly string[] Names = ["rita", "anna", "ben", "cleo", "j1", "j2", "j3"];

    private static readonly string[] Modes = ["open", "open", "apply", "direct", "contest"];

    private static readonly uint[] Bonds = [0, 1_200, 3_000];

    private readonly Workshop shop = new();
    private readonly List<TaskId> jobs = [];
    private readonly Dictionary<(TaskId, AccountId, uint), uint> settled = [];
    private readonly StateHash hash = new();

    public World World => shop.World;

    /// <summary>Phases and ways of settling that were seen.</summary>
    public HashSet<string> Seen { get; } = [];

    /// <summary>One step, and a bug behind the rules' back where one is planted; the first broken law throws.</summary>
    public void Step(Act act, Action<World>? bug = null)
    {
        string before = World.Dump();
        Message message = Choose(act);
        Refusal? refusal = World.Apply(message);
        if (refusal is null && message is PostJob post)
            jobs.Add(new TaskId(TypedData.Digest(World.State.Domain!, post).Value));
        if (refusal is null) bug?.Invoke(World);
        Check(refusal, before);
    }

    private Message Choose(Act act)
    {
        if (act.Kind < 12) World.Now += act.Value * act.Which * World.Minute;
        if (World.State.NextDue?.Milliseconds <= World.Now) return new Tick(World.By("olga"));
        string who = Names[act.Who % Names.Length];
        if (act.Kind < 22) return Post(act);
        if (act.Kind < 28) return World.NextBlock($"root {act.Value}");
        if (jobs.Count == 0) return Post(act);
        TaskId id = jobs[^(1 + act.Which % Math.Min(3, jobs.Count))];
        if (World.State.Jobs.Find(id) is not { } job) return new ClaimJob(World.By(who), id);
        return act.Kind < 50 ? Case(act, job, who) : Say(act, job, who);
    }

    private PostJob Post(Act act)
    {
        string mode = Modes[act.Value % Modes.Length];
        return shop.Terms() with
        {
            Bond = Bonds[act.Value % Bonds.Length],
            Checker = mode != "contest" && act.Value % 4 == 0 ? World.Id("cleo") : default,
            Deadline = new Moment(World.Now + (1 + act.Which) * World.Day),
            Milestones = mode != "contest" && act.Who % 2 == 0 ? "40,60" : "100",
            Mode = mode,
            Reward = new Amount(100 + (ulong)act.Value),
            Revisions = mode == "contest" ? 0 : (uint)(act.Who % 3),
            To = mode == "direct" ? World.Id("anna") : default,
            Tries = mode != "contest" && act.Value % 4 == 0 ? (uint)(act.Who % 3) : 0,
            Winners = mode == "direct" ? 1 : (uint)(1 + act.Which % 3),
        };
    }

    private Message Case(Act act, Job job, string who)
    {
        Assignment? declined = job.Assignments.FirstOrDefault(static each => each.Phase == Phase.Declined);
        if (declined is null || World.State.FindPoll(declined.Case) is not { } poll) return Say(act, job, who);
        if (poll.Stage is Stage.Drawing) return World.NextBlock($"root {act.Value}");
        if (poll.Stage is Stage.Opening) return World.Openings(declined.Case, 0, poll.Ballots.Count);
        return World.Sealed(who, declined.Case, (uint)(act.Value % 3));
    }

    private Message Say(Act act, Job job, string who)
    {
        TaskId id = job.Terms.Id;
        Assignment[] parts = [.. job.Assignments.Where(static each => each.Phase != Phase.Done)];
        AccountId worker = parts.Length == 0 ? World.Id(who) : parts[act.Value % parts.Length].Worker;
        Phase phase = parts.Length == 0 ? Phase.Done : parts[act.Value % parts.Length].Phase;
        string name = Names.First(each => World.Id(each) == worker);
        if (act.Value % 10 == 9) return Wild(act, (id, worker), who);
        return phase switch
        {
            Phase.Applied when act.Who % 3 > 0 => Assign(job, worker),
            Phase.Offered when act.Who % 3 > 0 => new ClaimJob(World.By(name), id),
            Phase.Working when act.Who % 5 > 0 => new SubmitWork(World.By(name), id, World.Hash("work")),
            Phase.Committed => new SubmitWork(World.By(name), id, World.Hash(name)),
            Phase.Checking => new ReportCheck(World.By("cleo"), id, worker, (uint)(act.Who % 2)),
            Phase.Review when act.Who % 3 == 0 => new DeclineWork(World.By("rita"), id, worker, "wrong"),
            Phase.Review when act.Who % 3 == 1 => new AcceptWork(World.By("rita"), id, worker),
            _ => Wild(act, (id, worker), who),
        };
    }

    private AssignJob Assign(Job job, AccountId worker) => new(World.By("rita"), job.Terms.Id, worker)
    {
        Reserve =
        [
            .. job.Assignments.Where(each => each.Phase == Phase.Applied && each.Worker != worker).Select(static e => e.Worker),
        ],
    };

    private Message Wild(Act act, (TaskId Job, AccountId Worker) part, string who) =>
        (act.Who + act.Which + act.Value / 10 % 4) switch
        {
            0 or 5 => new ClaimJob(World.By(who), part.Job),
            1 or 6 => new ApplyForJob(World.By(who), part.Job),
            2 or 7 => shop.Commit(who, part.Job, who),
            3 => new LeaveJob(World.By(who), part.Job),
            4 => new CounterOffer(World.By(act.Value % 2 == 0 ? "rita" : who), part.Job, part.Worker, 60),
            8 => new RequestRevision(World.By("rita"), part.Job, part.Worker),
            9 => new CancelJob(World.By("rita"), part.Job),
            10 => new RateJob(World.By(who), part.Job, part.Worker, World.Hash("rating")),
            _ => new ClaimJob(World.By(who), part.Job),
        };

    private void Check(Refusal? refusal, string before)
    {
        SpaceState state = World.State;
        Holds("refusal", refusal is null || before == World.Dump());
        Holds("supply", Sum(state.Accounts.Select(static each => each.Balance.Total)) + state.Fund == state.Supply);
        if (state.Fund > Amount.Zero) Seen.Add("fund");
        foreach (Account account in state.Accounts) Holds("escrow", account.Balance.Escrowed == LockedBy(account));
        foreach (Job job in state.Jobs.All) Check(job);
        if (refusal is not null) return;
        foreach (Fact.WorkSettled fact in World.Rules.Facts.OfType<Fact.WorkSettled>())
        {
            Seen.Add(fact.By);
            uint sum = settled[(fact.Job, fact.Worker, fact.Part)] =
                settled.GetValueOrDefault((fact.Job, fact.Worker, fact.Part)) + fact.Percent;
            Holds("once", sum <= 100);
        }

        Holds("hash", hash.Compute(state) == StateHash.Of(state));
    }

    private void Check(Job job)
    {
        Amount reward = JobTerms.RewardsOf(job.Terms.Message), paid = Sum(job.Assignments.Select(static each => each.Paid));
        Holds("left", job.Ended is not null ? job.Left == Amount.Zero : job.Left + paid == reward);
        Holds("places", job.Taken <= job.Terms.Message.Winners && paid <= reward);
        bool isHeard = job.Assignments.Any(static each => each.Phase == Phase.Declined);
        Holds("progress", job.Due is not null || isHeard);
        foreach (Assignment each in job.Assignments) Seen.Add($"{each.Phase}");
    }

    private Amount LockedBy(Account account)
    {
        Amount sum = Amount.Zero;
        foreach (Poll poll in World.State.Polls)
            if (poll.Terms.Requester == account && poll.Stage is not Stage.Ended) sum += poll.Terms.Message.Reward;
        foreach (Job job in World.State.Jobs.All)
        {
            if (job.Terms.Requester == account) sum += job.Left;
            sum += Sum(job.Assignments.Where(each => each.Worker == account.Id).Select(static each => each.Bond));
        }

        return sum;
    }

    private static Amount Sum(IEnumerable<Amount> amounts) => amounts.Aggregate(Amount.Zero, static (sum, each) => sum + each);

    private static void Holds(string law, bool isTrue)
    {
        if (!isTrue) throw new InvalidOperationException($"{law} does not hold");
    }
}
