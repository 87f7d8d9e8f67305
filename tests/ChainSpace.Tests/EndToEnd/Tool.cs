using System.ComponentModel;
using System.Diagnostics;

namespace ChainSpace.Tests.EndToEnd;

/// <summary>A program of the machine, run for a bounded time.</summary>
internal static class Tool
{
    /// <summary>What it printed on both streams, and how it ended; null where the machine has no such program.</summary>
    public static async Task<(int Code, string Output, string Errors)?> RunAsync(ProcessStartInfo start, TimeSpan patience)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using Process? process = Start(start);
        if (process is null) return null;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource stop = new(patience);
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{start.FileName} did not end within {patience}. It said: {await errors}");
        }

        return (process.ExitCode, await output, await errors);
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
