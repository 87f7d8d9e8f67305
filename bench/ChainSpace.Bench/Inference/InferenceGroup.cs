using System.Diagnostics;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Inference;

namespace ChainSpace.Bench.Inference;

/// <summary>Truth inference on a million votes of an invented crowd, with two threads.</summary>
internal sealed class InferenceGroup : IGroup
{
    private const int Votes = 1_000_000;
    private const int Rounds = 25;

    // Crowd-Kit 1.4.1, Dawid and Skene, milliseconds per step at a million votes; measured once, on a quiet machine.
    private static readonly Dictionary<int, double> _crowdKit = new() { [2] = 428, [4] = 474, [10] = 880 };

    public string Name => "inference";

    public Task<IReadOnlyList<Result>> RunAsync()
    {
        List<Result> results = [];
        foreach (int classes in _crowdKit.Keys) Steps(classes, results);
        Whole(results);
        results.Add(new Result("inference.stream_us", Stream(), "µs", "<= 5", "one vote into a poll's tally and its leader"));
        return Task.FromResult<IReadOnlyList<Result>>(results);
    }

    private static void Two(int pieces, Action<int> work) =>
        Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = 2 }, work);

    private static void Steps(int classes, List<Result> results)
    {
        BatchVotes batch = SyntheticCrowd.Of(Votes, classes);
        VoteTable table = VoteTable.Of(batch, null);
        VoteShares shares = new(table);
        double[] beliefs = shares.Fill(new double[table.Items * classes]);
        EmKernel kernel = new(table, new Workspace(table, 1), 1, Two);
        kernel.Count(beliefs, AgreementLevels.Of(table, shares, 1));
        double step = Milliseconds(Rounds, () =>
        {
            BatchInference.Plain.Weigh(kernel);
            kernel.Pass(beliefs);
        });
        DictionaryPeer peer = new(batch);
        double plain = Milliseconds(3, peer.Step);
        string name = $"inference.step_ms_1e6_k{classes}", goal = classes == 4 ? "<= 11.8" : "";
        results.Add(new Result(name, step, "ms", goal, $"median of {Rounds} steps, {Votes:N0} votes, two threads"));
        results.Add(new Result($"inference.crowdkit_ratio_k{classes}", _crowdKit[classes] / step, "ratio", ">= 40",
            $"beside its {_crowdKit[classes]} ms per step, not measured in this run"));
        results.Add(new Result($"inference.dictionary_ratio_k{classes}", plain / step, "ratio", "",
            $"beside {plain:F0} ms per step with dictionaries, in this run"));
    }

    private static void Whole(List<Result> results)
    {
        BatchVotes batch = SyntheticCrowd.Of(Votes, 4);
        long before = GC.GetTotalAllocatedBytes(true);
        long begin = Stopwatch.GetTimestamp();
        BatchResult result = BatchInference.Of(batch, null, Two);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        double bytes = (GC.GetTotalAllocatedBytes(true) - before) / (double)Votes;
        results.Add(new Result("inference.full_1e6_s", seconds, "s", "<= 5", $"all models, {result.Items:N0} items, K = 4"));
        results.Add(new Result("inference.bytes_per_vote", bytes, "B", "<= 64", "all allocated, garbage too; votes not"));
    }

    private static double Milliseconds(int rounds, Action act)
    {
        act();
        double[] each = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            act();
            each[round] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        return each.Order().ElementAt(rounds / 2);
    }

    private static double Stream()
    {
        Tally tally = Tally.Empty(4);
        return CpuClock.MicrosecondsEach(100_000, vote =>
        {
            if (vote % 50 == 0) tally = Tally.Empty(4);
            tally = tally.Add(vote % 7 % 4, 1.2, 1.1);
            _ = tally.Leader();
        });
    }
}
