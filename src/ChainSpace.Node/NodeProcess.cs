using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace ChainSpace.Node;

/// <summary>
/// A node as people start one, in a process of its own: its memory, its CPU time and its death are its own. Killed when
/// disposed of; whoever wants its data kept names the folder.
/// </summary>
public sealed partial class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Process process;
    private readonly string? wiped;

    private NodeProcess(Process process, Uri address, string? wiped)
    {
        (this.process, this.wiped) = (process, wiped);
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
    }

    /// <summary>Its base address is the node's.</summary>
    public HttpClient Http { get; }

    /// <summary>Where it answers, without a slash at the end.</summary>
    public string Url => Http.BaseAddress!.ToString().TrimEnd('/');

    /// <summary>User and system time of the process so far, all threads.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in megabytes (10⁶ bytes).</summary>
    public double ResidentMegabytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }
    }

    /// <summary>Starts a node on a free port and waits until it says where it listens.</summary>
    /// <param name="data">Its folder; null: one that is wiped when this is disposed of.</param>
    /// <param name="words">Further words after <c>up</c>.</param>
    /// <exception cref="InvalidOperationException">It did not come up; the message is what it said.</exception>
    public static async Task<NodeProcess> StartAsync(string? data, params string[] words)
    {
        string folder = data ?? Directory.CreateTempSubdirectory("chainspace-").FullName;
        string[] arguments = [typeof(NodeProcess).Assembly.Location, "up", "--data", folder, "--port", "0", .. words];
        ProcessStartInfo start = new(Host, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["COLUMNS"] = "400";
        Process process = Process.Start(start)!;
        try
        {
            return new NodeProcess(process, await ListenAsync(process), data is null ? folder : null);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            if (data is null) Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Asks it to stop, as Ctrl+C does, and waits.</summary>
    public async Task StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
    }

    /// <summary>No signal it could catch: what is not on the disk is lost.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
        Http.Dispose();
        if (wiped is not null) Directory.Delete(wiped, recursive: true);
    }

    // This process may be a test's: the host of the runtime it runs on starts the node's assembly whoever asks.
    private static string Host => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    // Both pipes are read as long as the node lives, for a full one would stop it.
    private static async Task<Uri> ListenAsync(Process process)
    {
        StringBuilder said = new();
        TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(string? line)
        {
            if (address.Task.IsCompleted) return;
            lock (said) said.AppendLine(line);
            if (Address().Match(line ?? "") is { Success: true } match) address.TrySetResult(new Uri(match.Value + "/"));
        }

        process.OutputDataReceived += (_, heard) => Hear(heard.Data);
        process.ErrorDataReceived += (_, heard) => Hear(heard.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.WhenAny(address.Task, process.WaitForExitAsync(), Task.Delay(Patience));
        if (address.Task.IsCompletedSuccessfully) return await address.Task;
        lock (said) throw new InvalidOperationException($"The node did not come up. It said: {said.ToString().Trim()}");
    }

    [GeneratedRegex(@"http://localhost:\d+")]
    private static partial Regex Address();
}
