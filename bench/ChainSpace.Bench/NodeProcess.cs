using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ChainSpace.Bench;

/// <summary>A node in a process of its own, so that its CPU time and memory are its own. Killed and wiped on disposal.</summary>
internal sealed partial class NodeProcess : IDisposable
{
    private readonly Process process;

    private NodeProcess(Process process, string url, string data, double startSeconds) =>
        (this.process, Url, Data, StartSeconds) = (process, url, data, startSeconds);

    public string Url { get; }

    public string Data { get; }

    /// <summary>From the start of the process to the first answered request.</summary>
    public double StartSeconds { get; }

    /// <summary>User and system time of the process so far, all threads.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in megabytes (10^6 bytes).</summary>
    public double ResidentMegabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    public static async Task<NodeProcess> StartAsync(string? data = null, params string[] arguments)
    {
        string folder = data ?? Directory.CreateTempSubdirectory("chainspace-bench-").FullName;
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        string dll = Path.Combine(AppContext.BaseDirectory, "chainspace-node.dll");
        foreach (string argument in (string[])[dll, "up", "--data", folder, "--port", "0", .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["NO_COLOR"] = "1";
        start.Environment["COLUMNS"] = "400";
        long begin = Stopwatch.GetTimestamp();
        Process process = Process.Start(start)!;
        string url = await ReadUrlAsync(process);
        using HttpClient http = new();
        (await http.GetAsync(new Uri(url + "/v1/spaces"))).EnsureSuccessStatusCode();
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        _ = process.StandardOutput.ReadToEndAsync();
        return new NodeProcess(process, url, folder, seconds);
    }

    /// <summary>Asks it to stop, as Ctrl+C does, and waits.</summary>
    public async Task StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
    }

    private static async Task<string> ReadUrlAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (UrlPattern().Match(line) is { Success: true } match) return match.Value;
        }

        throw new InvalidOperationException("The node did not say where it listens.");
    }

    [GeneratedRegex(@"http://localhost:\d+")]
    private static partial Regex UrlPattern();
}
