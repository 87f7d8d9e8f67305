using System.CommandLine;
using System.Text.Json;
using ChainSpace.Journal.Check;
using ChainSpace.Node.Audit;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using Spectre.Console;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace check</c>: reads a journal's file whole and says whether its rows agree with each other.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("folder") { Description = "A node's data folder, or the folder of one space." };
        Option<bool> isJson = new("--json") { Description = "One JSON object a space, on a line of its own." };
        Command command = new("check", "Read a journal's file whole: entries, tiles, checkpoints, head.") { folder, isJson };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(folder)!, parsed.GetValue(isJson), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string place, bool isJson, CancellationToken cancellationToken)
    {
        try
        {
            bool isWhole = true;
            foreach (string folder in AuditTargets.Folders(place)) isWhole &= await CheckAsync(folder, isJson, cancellationToken);
            return isWhole ? 0 : 1;
        }
        catch (UnreadableJournalException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    private static async Task<bool> CheckAsync(string folder, bool isJson, CancellationToken cancellationToken)
    {
        NoteVerifier? verifier = await FindVerifierAsync(folder, cancellationToken);
        JournalReport report = await ProgressLine.ShowAsync(
            $"Checking {folder}", progress => Task.Run(() => JournalCheck.Run(folder, verifier, progress), cancellationToken));
        if (isJson) Console.WriteLine(JsonSerializer.Serialize(CheckJson.Of(folder, report), AuditJsonContext.Default.CheckJson));
        else Say(folder, report);
        return report.IsWhole;
    }

    // The key stands in the first entry, which the tree covers; where it cannot be read, the check will say so.
    private static async Task<NoteVerifier?> FindVerifierAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            using FolderSource source = new(folder);
            EntryBatch first = await source.ReadAsync(0, 1, cancellationToken);
            bool isRead = first.Count > 0 & Entry.TryRead(first.Count > 0 ? first[0] : default, out Entry? entry, out _);
            return isRead && entry!.Message is CreateSpace genesis
                ? Auditor.VerifierOf(TypedData.SpaceOf(genesis), genesis)
                : null;
        }
        catch (UnreadableJournalException)
        {
            return null;
        }
    }

    private static string Counted(JournalReport report) =>
        $"{report.Entries:N0} entries, {report.Tiles:N0} tiles, {report.Checkpoints:N0} checkpoint(s)";

    private static void Say(string folder, JournalReport report)
    {
        if (report.Fault is { } fault)
            AnsiConsole.MarkupLineInterpolated($"[red]✗[/] [bold]{folder}[/]: {AuditWords.Sentence(fault)}");
        else
            AnsiConsole.MarkupLineInterpolated($"[green]✓[/] [bold]{folder}[/]: {Counted(report)} agree.");
    }
}
