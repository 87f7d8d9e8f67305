using ChainSpace.Rules.Inference;

namespace ChainSpace.Bench.Inference;

/// <summary>
/// Real crowds: the consensus of whole batches beside the best known aggregators, and whether its confidence is honest.
/// </summary>
internal sealed class CrowdAccuracyGroup : IGroup
{
    private const double High = 0.95;

    private static readonly (string Name, Func<BatchVotes, double[]> Fit)[] _peers =
    [
        ("mv", Peers.MajorityVote), ("wawa", Peers.Wawa), ("zbs", Peers.ZeroBasedSkill), ("ds", Peers.DawidSkene),
        ("onecoin", Peers.OneCoin), ("mace", MacePeer.Fit),
    ];

    public string Name => "crowd";

    public Task<IReadOnlyList<Result>> RunAsync()
    {
        List<Result> results = [];
        List<Row> rows = [];
        foreach (CrowdSet set in CrowdSet.All())
        {
            rows.Add(Measure(set, results));
        }

        if (rows.Count > 0) results.AddRange(Sums(rows));
        return Task.FromResult<IReadOnlyList<Result>>(results);
    }

    private static Row Measure(CrowdSet set, List<Result> results)
    {
        BatchResult result = BatchInference.Of(set.Votes, null, static (pieces, work) => Parallel.For(0, pieces, work));
        bool[] ours = [.. set.Truth.Select(t => result.AnswerOf(t.Item) == t.Answer)];
        double[] shown = [.. set.Truth.Select(t => result.ConfidenceOf(t.Item))];
        bool[][] theirs = [.. _peers.Select(peer => Right(set, peer.Fit(set.Votes)))];
        int best = Enumerable.Range(0, theirs.Length).MaxBy(peer => Share(theirs[peer]));
        int dawidSkene = Array.FindIndex(_peers, static p => p.Name == "ds");
        bool[] high = [.. ours.Where((_, at) => shown[at] >= High)];
        Row row = new(
            Share(ours), [.. theirs.Select(Share)], McNemar.IsWorse(ours, theirs[dawidSkene]),
            McNemar.IsWorse(ours, theirs[best]), high.Length == 0 ? null : Share(high), Error(ours, shown));
        string name = "crowd." + set.Name;
        results.Add(new Result(name + ".accuracy", row.Ours, "share", "", $"{ours.Length} items with truth"));
        for (int peer = 0; peer < theirs.Length; peer++)
        {
            string note = $"p {McNemar.P(ours, theirs[peer]):0.000}{(peer == best ? ", best of the peers" : "")}";
            results.Add(new Result($"{name}.{_peers[peer].Name}", row.Theirs[peer], "share", "", note));
        }

        string seen = $"of {high.Length} items shown at {High} or more";
        if (row.High is { } right) results.Add(new Result(name + ".shown_95_right", right, "share", "", seen));
        results.Add(new Result(name + ".calibration_error", row.Error, "share", "", "expected, ten bins"));
        return row;
    }

    private static IEnumerable<Result> Sums(List<Row> rows)
    {
        yield return new Result("crowd.mean_accuracy", rows.Average(static r => r.Ours), "share", ">= 0.811");
        for (int peer = 0; peer < _peers.Length; peer++)
            yield return new Result($"crowd.mean_{_peers[peer].Name}", rows.Average(r => r.Theirs[peer]), "share");

        int below = rows.Count(static r => r.IsBelowDawidSkene), asGood = rows.Count(static r => !r.IsBelowBest);
        yield return new Result("crowd.sets_below_ds", below, "sets", "<= 1", $"McNemar p < .05, of {rows.Count}");
        yield return new Result("crowd.sets_as_good_as_best", asGood, "sets", ">= 14", $"of {rows.Count}; best of these peers");
        double[] high = [.. rows.Select(static r => r.High).OfType<double>()];
        if (high.Length > 0)
            yield return new Result("crowd.shown_95_right", high.Average(), "share", ">= 0.94", "mean over sets");
        yield return new Result("crowd.calibration_error", rows.Average(static r => r.Error), "share", "", "mean over sets");
    }

    private static bool[] Right(CrowdSet set, double[] chances) =>
        [.. set.Truth.Select(t => Peers.Best(chances, set.Votes.Classes, t.Item) == t.Answer)];

    private static double Share(bool[] right) => right.Average(static r => r ? 1.0 : 0);

    private static double Error(bool[] right, double[] shown) => Enumerable.Range(0, shown.Length)
        .GroupBy(at => Math.Min(9, (int)(shown[at] * 10)))
        .Sum(bin => Math.Abs(bin.Sum(at => shown[at] - (right[at] ? 1 : 0)))) / shown.Length;

    private sealed record Row(
        double Ours, double[] Theirs, bool IsBelowDawidSkene, bool IsBelowBest, double? High, double Error);
}
