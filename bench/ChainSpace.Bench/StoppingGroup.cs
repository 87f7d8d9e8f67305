using System.Diagnostics;
using System.Globalization;
using ChainSpace.Bench.Inference;
using ChainSpace.Node.Replay;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Bench;

/// <summary>
/// What closing at 95 % saves and how right it is, on recorded crowds. docs/confidence.md says how it is measured.
/// </summary>
internal sealed class StoppingGroup : IGroup
{
    private const double Target = 0.95;
    private const double GoldShare = 0.05;
    private const int Enough = 50;
    private const int MostLabels = 20;

    public string Name => "stopping";

    public Task<IReadOnlyList<Result>> RunAsync()
    {
        List<Crowded> sets = [];
        foreach (string folder in CrowdSet.Folders())
        {
            if (Read(folder) is { } data) sets.Add(Measure(Path.GetFileName(folder), data));
        }

        if (sets.Count == 0) return Task.FromResult<IReadOnlyList<Result>>([]);
        return Task.FromResult<IReadOnlyList<Result>>([.. sets.SelectMany(Lines), .. Summary(sets), QuoteTime()]);
    }

    private static Result QuoteTime()
    {
        Evidence[] voters = [.. Enumerable.Range(0, 2_000).Select(static i => new Evidence(10 + i % 7, 1 + i % 5, default))];
        List<double> times = [];
        for (int i = 0; i < 50; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Quote.Of(new QuoteTerms(2, Target, 1, 20, MayBeGold: false), voters, Calibration.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return new Result("quote_ms", times.Order().ElementAt(25), "ms", "<= 10", "2,000 voters, without the views");
    }

    // Crowds that answered with numbers have too many labels to be polls with options.
    private static CrowdData? Read(string folder)
    {
        try
        {
            CrowdData data = CrowdData.Read(Path.Combine(folder, "votes.csv"), Path.Combine(folder, "truth.csv"));
            return data.Labels.Count <= MostLabels ? data : null;
        }
        catch (ReplayException fault)
        {
            Console.Error.WriteLine($"{Path.GetFileName(folder)}: left out: {fault.Message}");
            return null;
        }
    }

    private static Crowded Measure(string name, CrowdData data)
    {
        int orders = data.Votes.Count > 50_000 ? 1 : data.Tasks.Count < 500 ? 8 : 3;
        Share saved = new(), naive = new(), agreed = new(), right = new(), closed = new();
        Share goldRight = new(), goldClosed = new(), naiveAgreed = new();
        for (int seed = 0; seed < orders; seed++)
        {
            CrowdOrder order = new(data, seed);
            StoppingRun all = new StoppingRun(data, StoppingTerms.Everyone(false)).Go(order);
            StoppingRun run = new StoppingRun(data, new StoppingTerms(Target, int.MaxValue, 0, false)).Go(order);
            StoppingRun gold = new StoppingRun(data, new StoppingTerms(Target, int.MaxValue, GoldShare, false)).Go(order);
            saved.Add(Saved(data, order, false), 1);
            naive.Add(Saved(data, order, true), 1);
            StoppingRun naiveAll = new StoppingRun(data, StoppingTerms.Everyone(true)).Go(order);
            StoppingRun naiveRun = new StoppingRun(data, new StoppingTerms(Target, int.MaxValue, 0, true)).Go(order);
            for (int task = 0; task < data.Tasks.Count; task++)
            {
                if (naiveRun.Closed[task]) naiveAgreed.Add(naiveRun.Answers[task] == naiveAll.Answers[task] ? 1 : 0, 1);
                closed.Add(run.Closed[task] ? 1 : 0, 1);
                if (run.Closed[task]) agreed.Add(run.Answers[task] == all.Answers[task] ? 1 : 0, 1);
                if (run.Closed[task] && data.Truth[task] is { } known) right.Add(run.Answers[task] == known ? 1 : 0, 1);
                if (gold.IsGold[task]) continue;
                goldClosed.Add(gold.Closed[task] ? 1 : 0, 1);
                if (gold.Closed[task] && data.Truth[task] is { } truth) goldRight.Add(gold.Answers[task] == truth ? 1 : 0, 1);
            }
        }

        return new Crowded(
            name, [saved, naive, agreed, right, closed, goldRight, goldClosed, naiveAgreed], goldRight.Weight / orders);
    }

    // One less the votes spent, by the votes at which a fixed overlap agrees as often with what everyone would say.
    private static double Saved(CrowdData data, CrowdOrder order, bool isNaive)
    {
        StoppingRun all = new StoppingRun(data, StoppingTerms.Everyone(isNaive)).Go(order);
        StoppingRun run = new StoppingRun(data, new StoppingTerms(Target, int.MaxValue, 0, isNaive)).Go(order);
        double wanted = Agreement(run, all), votes = 0, agreement = 0;
        int most = order.Votes.Max(static votes => votes.Length);
        for (int overlap = 1; overlap <= most; overlap++)
        {
            StoppingRun some = new StoppingRun(data, StoppingTerms.Everyone(isNaive) with { MostVotes = overlap }).Go(order);
            double reached = Agreement(some, all);
            if (reached >= wanted)
            {
                double needed = overlap == 1 ? some.Votes
                    : votes + (some.Votes - votes) * (wanted - agreement) / Math.Max(1e-9, reached - agreement);
                return 1 - run.Votes / needed;
            }

            (votes, agreement) = (some.Votes, reached);
        }

        return 1 - run.Votes / (double)all.Votes;
    }

    private static double Agreement(StoppingRun run, StoppingRun all) =>
        run.Answers.Zip(all.Answers).Count(static pair => pair.First == pair.Second) / (double)run.Answers.Length;

    private static IEnumerable<Result> Lines(Crowded set)
    {
        string note = string.Create(CultureInfo.InvariantCulture,
            $"naive {set.Of(1):P0}, agree {set.Of(2):0.000}, true {set.Of(3):0.000}, closed {set.Of(4):P0}");
        yield return new Result($"stopping.{set.Name}.saved", set.Of(0) * 100, "%", "", note);
        yield return new Result($"stopping.{set.Name}.gold_true", set.Of(5) * 100, "%", set.Judged >= Enough ? ">= 90" : "",
            string.Create(CultureInfo.InvariantCulture, $"closed {set.Of(6):P0}, {set.Judged:0} with a known truth"));
    }

    private static IEnumerable<Result> Summary(List<Crowded> sets)
    {
        Crowded[] closing = [.. sets.Where(static set => set.Judged > 0)];
        yield return new("stopping.saved_median", Median(sets, 0) * 100, "%", ">= 30", "fixed overlap, equal agreement");
        yield return new("stopping.saved_median_naive", Median(sets, 1) * 100, "%", "", "equal weights");
        yield return new("stopping.agreement", sets.Average(static set => set.Of(2)) * 100, "%", ">= 95", "with everyone");
        yield return new("stopping.agreement_naive", sets.Average(static set => set.Of(7)) * 100, "%", "", "equal weights");
        yield return new("stopping.true", sets.Average(static set => set.Of(3)) * 100, "%", "", "closed, without gold");
        yield return new("stopping.gold_true", closing.Average(static set => set.Of(5)) * 100, "%", ">= 94", "closed, 5 % gold");
        yield return new("stopping.gold_true_lowest",
            closing.Where(static set => set.Judged >= Enough).Min(static set => set.Of(5)) * 100, "%", ">= 90",
            "50 or more closed");
        yield return new("stopping.gold_closed", sets.Average(static set => set.Of(6)) * 100, "%", "", "5 % gold");
    }

    private static double Median(List<Crowded> sets, int column)
    {
        double[] sorted = [.. sets.Select(set => set.Of(column)).Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed record Crowded(string Name, Share[] Columns, double Judged)
    {
        public double Of(int column) => Columns[column].Value;
    }

    private sealed class Share
    {
        private double sum;

        public double Weight { get; private set; }

        public double Value => Weight == 0 ? 0 : sum / Weight;

        public void Add(double value, double weight)
        {
            sum += value * weight;
            Weight += weight;
        }
    }
}
