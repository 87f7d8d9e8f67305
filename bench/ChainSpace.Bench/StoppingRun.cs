using ChainSpace.Node.Replay;
using ChainSpace.Rules;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Bench;

/// <summary>How a run treats the votes of a recorded crowd.</summary>
/// <param name="Target">Confidence at which a poll closes; above 1: never.</param>
/// <param name="MostVotes">Fixed overlap; polls have no more votes than that.</param>
/// <param name="GoldShare">Share of the polls with a known truth that are gold.</param>
/// <param name="IsNaive">Nobody's own record counts, votes are taken as independent: the rule to compare with.</param>
internal sealed record StoppingTerms(double Target, int MostVotes, double GoldShare, bool IsNaive)
{
    public static StoppingTerms Everyone(bool isNaive) => new(2, int.MaxValue, 0, isNaive);
}

/// <summary>
/// One pass over a recorded crowd in one random order: poll after poll, vote after vote, by the classes the fold itself uses.
/// The first tenth of the polls (20 at least) is a pilot of up to 10 votes each that never closes early.
/// </summary>
internal sealed class StoppingRun(CrowdData data, StoppingTerms terms)
{
    private const int PilotVotes = 10;
    private const int PilotPolls = 20;

    private readonly int options = Math.Max(2, data.Labels.Count);
    private readonly Evidence[] voters = new Evidence[data.Workers.Count];
    private readonly List<(CrowdVote Vote, double Skilled, double Plain)> cast = [];
    private readonly List<int> leaders = [];
    private Evidence pool;

    public int[] Answers { get; } = new int[data.Tasks.Count];

    public bool[] Closed { get; } = new bool[data.Tasks.Count];

    public bool[] IsGold { get; } = new bool[data.Tasks.Count];

    public long Votes { get; private set; }

    public Calibration Calibration { get; private set; } = Calibration.None;

    public StoppingRun Go(CrowdOrder order)
    {
        int pilot = Math.Max(PilotPolls, data.Tasks.Count / 10);
        for (int place = 0; place < order.Tasks.Length; place++)
        {
            int task = order.Tasks[place];
            Ask(task, order.Votes[task], place < pilot && terms.Target <= 1);
            if (terms.GoldShare > order.Luck[task] && data.Truth[task] is { } truth) Show(task, truth);
        }

        return this;
    }

    private void Ask(int task, CrowdVote[] votes, bool isPilot)
    {
        cast.Clear();
        leaders.Clear();
        Tally tally = Tally.Empty(options);
        int most = Math.Min(votes.Length, isPilot ? Math.Min(PilotVotes, terms.MostVotes) : terms.MostVotes);
        for (int number = 0; number < most && !Closed[task]; number++)
        {
            tally = Add(tally, votes[number]);
            if (tally.Votes < Limits.ConfidentVotes) continue;
            Leader leader = LeaderOf(tally);
            while (leaders.Count < Calibration.Levels.Length && leader.Probability >= Calibration.Levels[leaders.Count])
                leaders.Add(leader.Option);
            Closed[task] = !isPilot && Confidence(leader.Probability) >= terms.Target;
        }

        Answers[task] = LeaderOf(tally).Option;
        Learn(tally);
    }

    private bool HasGold => terms.GoldShare > 0;

    // What PollTerms does: with gold the chance to be true, without it the crowd's agreement.
    private double Confidence(double belief) => HasGold ? Calibration.Confidence(belief) : belief;

    private Tally Add(Tally tally, CrowdVote vote)
    {
        double pooled = VoterSkill.PooledAccuracy(pool, options);
        double own = VoterSkill.Accuracy(voters[vote.Worker], pooled, options);
        (double skilled, double plain) = (VoterSkill.Weight(own, options), VoterSkill.Weight(pooled, options));
        if (!HasGold) skilled *= VoterSkill.Emphasis(voters[vote.Worker]);
        cast.Add((vote, skilled, plain));
        Votes++;
        return tally.Add(vote.Choice, skilled, plain);
    }

    // The naive rule of the comparison: equal weights, no discount for likeness.
    private Leader LeaderOf(Tally tally)
    {
        if (!terms.IsNaive) return tally.Leader();
        int best = 0;
        for (int option = 1; option < options; option++)
            if (tally.Plain[option] > tally.Plain[best]) best = option;
        return new Leader(best, 1 / tally.Plain.Sum(weight => Math.Exp(weight - tally.Plain[best])));
    }

    private void Learn(Tally tally)
    {
        foreach ((CrowdVote vote, double skilled, double plain) in cast)
        {
            PeerJudgement judged = tally.LeaveOneOut(vote.Choice, skilled, plain);
            pool = pool.Add(judged.Agreement, judged.Weight, default);
            voters[vote.Worker] = voters[vote.Worker].Add(judged.Agreement, judged.Weight, default);
        }
    }

    private void Show(int task, int truth)
    {
        IsGold[task] = true;
        Calibration = Calibration.Add([.. leaders], truth);
        foreach ((CrowdVote vote, _, _) in cast)
        {
            pool = Rules.Polls.Gold.Judge(pool, vote.Choice == truth, default);
            voters[vote.Worker] = Rules.Polls.Gold.Judge(voters[vote.Worker], vote.Choice == truth, default);
        }
    }
}

/// <summary>One order of polls and votes, the same for all rules that are compared.</summary>
internal sealed class CrowdOrder
{
    public CrowdOrder(CrowdData data, int seed)
    {
        Random chance = new(seed);
        Tasks = [.. Enumerable.Range(0, data.Tasks.Count)];
        chance.Shuffle(Tasks);
        ILookup<int, CrowdVote> byTask = data.Votes.Where(static vote => !vote.IsRepeat).ToLookup(static vote => vote.Task);
        Votes = new CrowdVote[data.Tasks.Count][];
        Luck = new double[data.Tasks.Count];
        for (int task = 0; task < Votes.Length; task++)
        {
            Votes[task] = [.. byTask[task]];
            chance.Shuffle(Votes[task]);
            Luck[task] = chance.NextDouble();
        }
    }

    public int[] Tasks { get; }

    public CrowdVote[][] Votes { get; }

    /// <summary>A number from 0 to 1 for each poll: those with the lowest are gold.</summary>
    public double[] Luck { get; }
}
