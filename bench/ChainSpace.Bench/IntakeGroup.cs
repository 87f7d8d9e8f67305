using ChainSpace.Node;
using System.Diagnostics;
using System.Security.Cryptography;

namespace ChainSpace.Bench;

/// <summary>
/// Votes over HTTP against a node in its own process: accepted votes per second of the server's CPU, beside raw P-256
/// verifications per CPU second with the same number of cached keys in this process, in the same minute.
/// </summary>
internal sealed class IntakeGroup : IGroup
{
    private const int Voters = 1_000;
    private const int Polls = 60;
    private const int SinglePolls = 20;

    public string Name => "intake";

    public async Task<IReadOnlyList<Result>> RunAsync()
    {
        double verify = RawVerifyMicroseconds();
        await using NodeProcess node = await NodeProcess.StartAsync(null, "--no-demo", "--space", "bench");
        await RunAsync(node, [], new Load("warm-up", Polls, false, false), verify);
        List<Result> results = [new("intake.raw_verify_us", verify, "µs CPU", "", $"ECDsa.VerifyData, {Voters} cached keys")];
        await RunAsync(node, results, new Load("array", Polls, false, false), verify);
        await RunAsync(node, results, new Load("batch", Polls, false, false), verify);
        await RunAsync(node, results, new Load("sealed_batch", Polls, true, false), verify);
        await RunAsync(node, results, new Load("wallet_batch", Polls, false, true), verify);
        await RunAsync(node, [], new Load("single", SinglePolls, false, false), verify);
        await RunAsync(node, results, new Load("single", SinglePolls, false, false), verify);
        double gain = Value(results, "intake.wallet_batch_ratio") / Value(results, "intake.batch_ratio");
        results.Add(new Result("intake.wallet_gain", gain, "ratio", ">= 1.2", "wallet votes beside P-256 votes, in batches"));
        return results;
    }

    private static async Task RunAsync(NodeProcess node, List<Result> results, Load load, double verify)
    {
        Crowd crowd = await Crowd.OpenAsync(node.Url, "bench");
        await crowd.RegisterAsync(Voters, load.AreWallets);
        await crowd.PostAsync(load.Polls, Voters, load.AreSealed ? "sealed" : "open");
        IReadOnlyList<byte[]> votes = crowd.Sign(load.AreSealed);
        await Task.Delay(1_500);
        Sender sender = new(node.Url, crowd.Space.Id);
        int warm = votes.Count / 10;
        await sender.SendAsync(votes.Take(warm).ToList(), load);
        TimeSpan before = node.Cpu;
        long begin = Stopwatch.GetTimestamp();
        List<double> latencies = await sender.SendAsync(votes.Skip(warm).ToList(), load);
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        await Task.Delay(500);
        double each = (node.Cpu - before).TotalMicroseconds / (votes.Count - warm);
        string goal = load.Name switch { "batch" or "array" => ">= 0.72", "single" => ">= 0.45", _ => "" };
        latencies.Sort();
        string note = $"{each:F1} µs server CPU per vote";
        results.Add(new Result($"intake.{load.Name}_ratio", verify / each, "ratio", goal, note));
        double perSecond = (votes.Count - warm) / seconds;
        results.Add(new Result($"intake.{load.Name}_per_s", perSecond, "votes/s", "", "client on the same machine"));
        results.Add(new Result($"intake.{load.Name}_p50_ms", latencies[latencies.Count / 2], "ms"));
        results.Add(new Result($"intake.{load.Name}_p99_ms", latencies[(int)(latencies.Count * 0.99)], "ms"));
    }

    private static double Value(List<Result> results, string name) => results.Single(r => r.Name == name).Value;

    private static double RawVerifyMicroseconds()
    {
        ECDsa[] keys = [.. Enumerable.Range(0, Voters).Select(static _ => ECDsa.Create(ECCurve.NamedCurves.nistP256))];
        byte[] digest = RandomNumberGenerator.GetBytes(32);
        byte[][] signatures = [.. keys.Select(k => k.SignData(digest, HashAlgorithmName.SHA256))];
        ECDsa[] verifiers = [.. keys.Select(static k => ECDsa.Create(k.ExportParameters(false)))];
        double each = CpuClock.MicrosecondsEach(
            2 * Voters, i => verifiers[i % Voters].VerifyData(digest, signatures[i % Voters], HashAlgorithmName.SHA256));
        foreach (ECDsa key in keys.Concat(verifiers)) key.Dispose();
        return each;
    }
}
