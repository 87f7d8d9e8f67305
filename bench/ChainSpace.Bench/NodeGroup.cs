using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node;

namespace ChainSpace.Bench;

/// <summary>
/// A node that grows to a million votes: memory, growth of the intake, start after a stop and after a kill, audit.
/// </summary>
internal sealed class NodeGroup : IGroup
{
    private const int Voters = 1_000;
    private const int Votes = 1_000_000;

    public string Name => "node";

    public async Task<IReadOnlyList<Result>> RunAsync()
    {
        List<Result> results = [];
        string data = Directory.CreateTempSubdirectory("chainspace-bench-").FullName;
        try
        {
            await LiveAsync(data, results);
            await RestartAsync(data, results);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }

        return results;
    }

    private static async Task LiveAsync(string data, List<Result> results)
    {
        await using NodeProcess node = await NodeProcess.StartAsync(data, "--no-demo", "--space", "bench");
        await Task.Delay(TimeSpan.FromSeconds(5));
        results.Add(new("memory.idle_mb", node.ResidentMegabytes, "MB", "<= 150", "5 s after the start"));
        await GrowAsync(node, results);
        results.Add(new("memory.million_votes_mb", node.ResidentMegabytes, "MB", "<= 600", "right after a million votes"));
        await node.KillAsync();
    }

    private static async Task GrowAsync(NodeProcess node, List<Result> results)
    {
        Crowd crowd = await Crowd.OpenAsync(node.Url, "bench");
        await crowd.RegisterAsync(Voters, areWallets: false);
        Sender sender = new(node.Url, crowd.Space.Id);
        double early = 0, late = 0;
        const int Step = 50;
        for (int done = 0; done < Votes; done += Step * Voters)
        {
            await crowd.PostAsync(Step, Voters, "open");
            IReadOnlyList<byte[]> votes = crowd.Sign(areSealed: false);
            TimeSpan before = node.Cpu;
            await sender.SendAsync([.. votes], new Load("growth", Step, false, false));
            double perSecond = votes.Count / (node.Cpu - before).TotalSeconds;
            if (done == Step * Voters) early = perSecond;
            late = perSecond;
        }

        string note = string.Create(CultureInfo.InvariantCulture, $"{late:F0} beside {early:F0} votes per server CPU second");
        results.Add(new("intake.growth_ratio", late / early, "ratio", ">= 0.90", note));
    }

    private static async Task RestartAsync(string data, List<Result> results)
    {
        results.Add(await StartAsync(data, "start.killed_s", "<= 2", "million votes, after kill -9 under load"));
        results.Add(await StartAsync(data, "start.warm_s", "<= 1", "million votes, after a stop"));
        await using NodeProcess warm = await NodeProcess.StartAsync(data, "--no-demo");
        SpaceView space = (await new ChainSpaceClient(warm.Http).SpaceAsync("bench", default))!;
        long entries = long.Parse(space.Size, CultureInfo.InvariantCulture);
        await warm.StopAsync();
        results.Add(await AuditAsync(data, entries, "--no-signatures", ">= 300000"));
        results.Add(await AuditAsync(data, entries, "", ""));
    }

    // From the start of the process to the first answered request.
    private static async Task<Result> StartAsync(string data, string name, string goal, string note)
    {
        long begin = Stopwatch.GetTimestamp();
        await using NodeProcess node = await NodeProcess.StartAsync(data, "--no-demo");
        (await node.Http.GetAsync(new Uri("v1/spaces", UriKind.Relative))).EnsureSuccessStatusCode();
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        await node.StopAsync();
        return new(name, seconds, "s", goal, note);
    }

    private static async Task<Result> AuditAsync(string data, long entries, string option, string goal)
    {
        string dll = Path.Combine(AppContext.BaseDirectory, "chainspace-node.dll");
        string[] arguments = option.Length > 0 ? [dll, "audit", data, "--json", option] : [dll, "audit", data, "--json"];
        using Process audit = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        using JsonDocument report = JsonDocument.Parse(await audit.StandardOutput.ReadToEndAsync());
        JsonElement root = report.RootElement.ValueKind == JsonValueKind.Array ? report.RootElement[0] : report.RootElement;
        string verdict = root.GetProperty("audit").GetString() ?? "";
        string name = option.Length > 0 ? "audit.entries_per_s" : "audit.signed_entries_per_s";
        return new(name, root.GetProperty("entriesPerSecond").GetDouble(), "entries/s", goal, $"{entries} entries, {verdict}");
    }
}
