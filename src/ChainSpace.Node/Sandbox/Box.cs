using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace ChainSpace.Node.Sandbox;

/// <summary>Runs a stranger's program where it can reach nothing of ours, or does not run it at all.</summary>
internal static class Box
{
    // Setting up takes some 20 ms; a machine under load may need more, which is nothing the program should answer for.
    private const int SetUpMilliseconds = 30_000;

    private const int BeatMilliseconds = 10;

    // SIGKILL and SIGXCPU, by which the kernel ends whoever has used up its processor time.
    private const int Killed = 128 + 9, CpuUsedUp = 128 + 24;

    /// <summary>Runs a program to its end, or to that of what it may use. Nothing of it is left then.</summary>
    /// <exception cref="SandboxException">The machine cannot confine it; it was not started.</exception>
    public static Task<BoxResult> RunAsync(BoxJob job, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            throw new SandboxException("Programs can be confined on Linux only; nothing was run.");

        // The kernel kills the box when the thread that started it ends. A pooled thread may end at any time; this one
        // stays as long as the box does, and goes when the node is killed.
        TaskCompletionSource<BoxResult> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread owner = new(() => Own(job, done, cancellationToken)) { IsBackground = true, Name = "box" };
        owner.Start();
        return done.Task;
    }

    private static void Own(BoxJob job, TaskCompletionSource<BoxResult> done, CancellationToken cancellationToken)
    {
        try
        {
            done.SetResult(StartAsync(job, cancellationToken).GetAwaiter().GetResult());
        }
        catch (OperationCanceledException)
        {
            done.SetCanceled(cancellationToken);
        }
        catch (Exception exception) when (exception is SandboxException or IOException or System.ComponentModel.Win32Exception)
        {
            done.SetException(exception as SandboxException ?? new SandboxException(exception.Message));
        }
    }

    // Starts the process before it first waits, so on the owner's thread.
    private static async Task<BoxResult> StartAsync(BoxJob job, CancellationToken cancellationToken)
    {
        string mark = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        OpenFiles.KeepFromChildren();
        using Process process = Process.Start(BoxLine.For(job, mark))!;
        BoxStream output = new(process.StandardOutput.BaseStream, job.Limits.OutputBytes);
        BoxStream errors = new(process.StandardError.BaseStream, job.Limits.OutputBytes + mark.Length + 1);
        Task[] reading = [output.ReadAsync(), errors.ReadAsync()];
        Task feeding = FeedAsync(process.StandardInput.BaseStream, job.Input);
        try
        {
            (BoxEnd? end, long took) = await WatchAsync(process, (output, errors), job.Limits, cancellationToken);
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            // Both streams end when the last process of the box has ended.
            await Task.WhenAll([feeding, .. reading]).WaitAsync(TimeSpan.FromMilliseconds(SetUpMilliseconds), cancellationToken);
            if (!Encoding.UTF8.GetString(errors.Kept).StartsWith(mark + "\n", StringComparison.Ordinal))
                throw new SandboxException($"A program cannot be confined here, and was not run: {Sentence(errors.Text)}");
            string said = Encoding.UTF8.GetString(errors.Kept[(mark.Length + 1)..]);
            if (end is null && (output.IsOver || errors.IsOver)) end = BoxEnd.Output;
            return Result(end, process.ExitCode, took, (output.Kept.ToArray(), said), job);
        }
        finally
        {
            process.Kill();
        }
    }

    private static BoxResult Result(
        BoxEnd? end, int status, long took, (byte[] Output, string Errors) said, BoxJob job)
    {
        bool isCpu = status == CpuUsedUp || (status == Killed && took >= job.Limits.CpuSeconds * 1_000L);
        bool isMemory = status != 0 && job.Language.MemoryMarks.Any(mark => said.Errors.Contains(mark, StringComparison.Ordinal));
        BoxEnd why = end ?? (isCpu ? BoxEnd.Timeout : isMemory ? BoxEnd.Memory : BoxEnd.Exited);
        return new BoxResult(why, status, said.Output, said.Errors, took);
    }

    // Looks after the process until it has ended, or says why it must. Its time begins when the box stands.
    private static async Task<(BoxEnd? End, long Milliseconds)> WatchAsync(
        Process process, (BoxStream Output, BoxStream Errors) streams, BoxLimits limits, CancellationToken cancellationToken)
    {
        Task exit = process.WaitForExitAsync(cancellationToken);
        Stopwatch clock = Stopwatch.StartNew();
        bool isRunning = false;
        while (true)
        {
            Task beat = Task.Delay(BeatMilliseconds, cancellationToken);
            if (await Task.WhenAny(exit, beat) == exit)
            {
                await exit;
                return (null, clock.ElapsedMilliseconds);
            }

            await beat;
            if (!isRunning && streams.Errors.Length > 0)
            {
                isRunning = true;
                clock.Restart();
            }

            if (clock.ElapsedMilliseconds > (isRunning ? limits.WallMilliseconds : SetUpMilliseconds))
                return (BoxEnd.Timeout, clock.ElapsedMilliseconds);
            if (streams.Output.IsOver || streams.Errors.IsOver) return (BoxEnd.Output, clock.ElapsedMilliseconds);
            if (BoxMemory.Of(process.Id) > limits.MemoryBytes) return (BoxEnd.Memory, clock.ElapsedMilliseconds);
        }
    }

    private static async Task FeedAsync(Stream input, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await using (input) await input.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // It ended, or closed its input, before it had read all.
        }
    }

    private static string Sentence(string errors) =>
        errors.Trim() is { Length: > 0 } said ? said.Split('\n')[0].TrimEnd('.') + "." : "it did not start in time.";
}
