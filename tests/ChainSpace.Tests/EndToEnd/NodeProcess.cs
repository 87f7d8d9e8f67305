using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ChainSpace.Tests.EndToEnd;

/// <summary>A node as people start one: a process of its own, on a port the system chose. Killed when disposed of.</summary>
internal sealed partial class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Process process;

    private NodeProcess(Process process, Uri address)
    {
        this.process = process;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
    }

    /// <summary>Its base address is the node's.</summary>
    public HttpClient Http { get; }

    public static async Task<NodeProcess> StartAsync(string data, params string[] words)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "chainspace-node.dll");
        ProcessStartInfo start = new("dotnet", [program, "up", "--data", data, "--port", "0", .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        StringBuilder said = new();
        TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(string? line)
        {
            lock (said) said.AppendLine(line);
            if (Address().Match(line ?? "") is { Success: true } match) address.TrySetResult(new Uri(match.Value + "/"));
        }

        process.OutputDataReceived += (_, heard) => Hear(heard.Data);
        process.ErrorDataReceived += (_, heard) => Hear(heard.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Task first = await Task.WhenAny(address.Task, process.WaitForExitAsync(), Task.Delay(Patience));
        if (first == address.Task) return new NodeProcess(process, await address.Task);
        process.Kill();
        process.Dispose();
        lock (said) throw new InvalidOperationException($"The node did not come up. It said:\n{said}");
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
    }

    [GeneratedRegex(@"http://localhost:\d+")]
    private static partial Regex Address();
}
