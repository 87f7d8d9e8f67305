using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ChainSpace.Node.Simulation;
using Spectre.Console;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace simulate</c>: plays a space from a seed, with crashes and cheats, and checks every promise.</summary>
internal static class SimulateCommand
{
    public static Command Create()
    {
        Option<ulong> seed = new("--seed") { Description = "Number the whole story follows from.", DefaultValueFactory = _ => 1 };
        Option<long> steps = new("--steps") { Description = "How long the story is.", DefaultValueFactory = _ => 10_000 };
        Option<int> actors = new("--actors") { Description = "How many people take part.", DefaultValueFactory = _ => 2_000 };
        Option<bool> isJson = new("--json") { Description = "Print the result as JSON." };
        Command command = new("simulate", "Play a space with crashes, cheats and wrong clocks, and check every promise.")
        {
            seed, steps, actors, isJson,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            new SimulationPlan(parsed.GetValue(seed), parsed.GetValue(steps)) { Actors = parsed.GetValue(actors) },
            parsed.GetValue(isJson),
            cancellationToken)));
        return command;
    }

    private static int Run(SimulationPlan plan, bool isJson, CancellationToken cancellationToken)
    {
        if (plan.Steps < 0 || plan.Actors < 20)
        {
            Console.Error.WriteLine("A simulation needs 0 or more steps and at least 20 actors.");
            return 2;
        }

        long started = Stopwatch.GetTimestamp();
        SimulationReport report = Play(plan, cancellationToken);
        TimeSpan taken = Stopwatch.GetElapsedTime(started);
        if (isJson) Console.Out.WriteLine(JsonSerializer.Serialize(report, SimulationJson.Default.SimulationReport));
        else Show(report, taken);
        return report.Fault is null ? 0 : 1;
    }

    // Progress goes to standard error, so that the result can be piped on.
    private static SimulationReport Play(SimulationPlan plan, CancellationToken cancellationToken)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask($"seed {plan.Seed}", maxValue: Math.Max(1, plan.Steps));
            return Simulator.Run(plan, new Steps(task), cancellationToken);
        });
    }

    private static void Show(SimulationReport report, TimeSpan taken)
    {
        Table table = new();
        table.AddColumns("what", "which");
        table.AddColumn(new TableColumn("number").RightAligned());
        Add(table, "sent", report.Sent);
        Add(table, "entered", report.Entered);
        Add(table, "refused", report.Refused);
        Add(table, "forged", report.Forged);
        Add(table, "faults", report.Faults);
        Add(table, "restarts", report.Restarts);
        Add(table, "starts", report.Starts);
        Add(table, "polls ended", report.Polls);
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated(
            $"{report.Steps} steps in {taken.TotalSeconds:F1} s: {report.Entries} entries by {report.Accounts} accounts.");
        AnsiConsole.MarkupLineInterpolated(
            $"{report.Repeats} repeats, {report.Checkpoints} checkpoints, {report.Audits} replays compared.");
        AnsiConsole.MarkupLineInterpolated($"state   {report.StateHash}");
        AnsiConsole.MarkupLineInterpolated($"history {report.History}");
        if (report.Fault is not { } fault)
        {
            AnsiConsole.MarkupLine("[green]ok[/]");
            return;
        }

        AnsiConsole.MarkupLineInterpolated(
            $"[red]{fault.Invariant}[/] broke at step {fault.Step} of seed {report.Seed}: {fault.Message}");
        AnsiConsole.MarkupLineInterpolated($"Repeat with: {fault.Repeat}");
    }

    private static void Add(Table table, string what, SortedDictionary<string, long> numbers)
    {
        foreach ((string which, long number) in numbers)
            table.AddRow(what, Markup.Escape(which), number.ToString("N0", CultureInfo.InvariantCulture));
    }

    // Reports on the caller's thread: the story must not wait for a pool.
    private sealed class Steps(ProgressTask task) : IProgress<long>
    {
        public void Report(long value) => task.Value = value;
    }
}
