using Spectre.Console;

namespace ChainSpace.Node.Replay;

/// <summary>A progress bar for each phase on standard error; nothing where that is no terminal.</summary>
internal static class ReplayBars
{
    public static Task<T> ShowAsync<T>(Func<ReplayWatch, Task<T>> run)
    {
        if (Console.IsErrorRedirected) return run(static (_, _, _) => { });
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        Progress bars = console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn());
        return ShowAsync(bars, run);
    }

    private static Task<T> ShowAsync<T>(Progress shown, Func<ReplayWatch, Task<T>> run) => shown.StartAsync(async progress =>
    {
        Dictionary<ReplayPhase, ProgressTask> bars = Enum.GetValues<ReplayPhase>()
            .ToDictionary(static phase => phase, phase => progress.AddTask(Names[phase], autoStart: false));
        T result = await run((phase, done, total) => Move(bars[phase], done, total));
        foreach (ProgressTask bar in bars.Values) Move(bar, 1, 1);
        return result;
    });

    private static readonly Dictionary<ReplayPhase, string> Names = new()
    {
        [ReplayPhase.Sign] = "Sign votes",
        [ReplayPhase.Post] = "Post polls",
        [ReplayPhase.Cast] = "Cast votes",
        [ReplayPhase.Settle] = "Settle",
        [ReplayPhase.Verify] = "Verify receipts",
        [ReplayPhase.Audit] = "Audit the journal",
    };

    private static void Move(ProgressTask bar, long done, long total)
    {
        if (!bar.IsStarted) bar.StartTask();
        bar.MaxValue = total;
        bar.Value = done;
    }
}
