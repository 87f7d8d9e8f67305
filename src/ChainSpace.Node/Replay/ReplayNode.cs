using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace ChainSpace.Node.Replay;

/// <summary>
/// A node of its own process with one fresh space in a temporary folder; both are gone when it is disposed of. Client and
/// server do not share a process, so neither's memory or pauses count as the other's.
/// </summary>
internal sealed partial class ReplayNode : IAsyncDisposable
{
    private readonly string folder;
    private readonly Process process;

    private ReplayNode(string folder, Process process) => (this.folder, this.process) = (folder, process);

    /// <summary>Where it answers, ending in a slash.</summary>
    public Uri Url { get; private set; } = new("http://localhost/");

    /// <summary>Starts the node, which founds the space.</summary>
    public static async Task<ReplayNode> StartAsync(string space, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("chainspace-replay-").FullName;
        ReplayNode? node = null;
        try
        {
            node = new ReplayNode(folder, Start(folder, space));
            node.Url = await node.ReadUrlAsync(cancellationToken);
            return node;
        }
        catch
        {
            if (node is not null) await node.DisposeAsync();
            else Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Nothing of the folder is kept, so the node is not asked to stop in order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static Process Start(string folder, string space)
    {
        string[] arguments =
        [
            typeof(NodeApp).Assembly.Location, "up", "--no-demo", "--space", space, "--port", "0", "--data", folder,
        ];
        ProcessStartInfo start = new(Host) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new ReplayException("The node's process could not be started.");
    }

    // This process may be a test's: the host of the runtime it runs on starts the node's assembly whoever asks.
    private static string Host => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private async Task<Uri> ReadUrlAsync(CancellationToken cancellationToken)
    {
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Address().Match(line) is not { Success: true } found) continue;
            // A full pipe would stop the node: nobody reads on, so it is drained for good.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            return new Uri(found.Value + "/");
        }

        string complaint = await process.StandardError.ReadToEndAsync(cancellationToken);
        throw new ReplayException($"The node did not start: {complaint.Trim()}");
    }

    [GeneratedRegex(@"http://localhost:\d+")]
    private static partial Regex Address();
}
