using System.CommandLine;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Audit;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Draws;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace draw</c>: how many to draw, who was drawn, and whether that is true.</summary>
internal static class DrawCommand
{
    private const int LinesShown = 20;

    // A lease may end between the node's answer and the replay; then both are asked for again.
    private const int Tries = 3;

    public static Command Create() => new("draw", "Size, show and verify random draws of voters.") { Size(), Show(), Verify() };

    private static Command Size()
    {
        InvitationOptions invitations = new(isRequired: true);
        Command command = new(
            "size", "How many seats to draw so that enough people vote. Example: chainspace draw size --quorum 7 --rate 0.5");
        foreach (Option option in invitations.All) command.Options.Add(option);
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            Sizing sizing = await invitations.ReadAsync(parsed, null, cancellationToken);
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(sizing, CommandJson.Default.Sizing);
            else Screen.Line($"Draw [bold]{sizing.Seats}[/] seats for {sizing.Quorum} votes, {sizing.Because}.");
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> task = new("TASK") { Description = "Id of the poll or batch, or at least its first 6 digits." };
        Command command = new("show", "Show who was drawn, as the node says. Example: chainspace draw show 0x3fa91c") { task };
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            DrawnTask view = await DrawnTask.FindAsync(visit, parsed.GetValue(task)!, cancellationToken);
            IReadOnlyList<SeatView> seats = await view.SeatsAsync(visit, cancellationToken);
            if (parsed.GetValue<bool>(NodeOption.Json))
            {
                Screen.Json(new Page<SeatView>(seats, null), ClientJson.Default.PageSeatView);
                return;
            }

            string state = view.Sample == 0 ? "not drawn: all who are eligible may vote" : view.State;
            Screen.Line($"[bold]{view.Title}[/]: {seats.Count} seats drawn of {view.Sample}, {state}.");
            foreach (SeatView seat in seats)
            {
                string until = seat.LeaseEnd is { } end ? $"until {Wording.Moment(end)}" : "";
                Screen.Line($"  {seat.Account}  {seat.State} {until}");
            }
        });
        return command;
    }

    private static Command Verify()
    {
        Argument<string> task = new("TASK") { Description = "Id of the poll or batch, or its first digits." };
        Option<string?> file = new("--file")
        {
            Description = "Data folder, or a space's, with the journal; else the node's is read.",
        };
        Option<FileInfo?> seats = new("--seats") { Description = "Compare with these seats, as 'draw show --json' prints them." };
        Command command = new(
            "verify", "Repeat a draw from the journal and compare. Example: chainspace draw verify 0x3fa91c")
        {
            task, file, seats,
        };
        command.AddReading();
        command.Does((parsed, cancellationToken) => VerifyAsync(
            parsed, (parsed.GetValue(task)!, parsed.GetValue(file), parsed.GetValue(seats)), cancellationToken));
        return command;
    }

    private static async Task<int> VerifyAsync(
        ParseResult parsed, (string Task, string? Folder, FileInfo? Seats) asked, CancellationToken cancellationToken)
    {
        using NodeVisit? visit = asked.Folder is null ? await NodeVisit.OpenAsync(parsed, cancellationToken) : null;
        DrawnTask? task = visit is null ? null : await DrawnTask.FindAsync(visit, asked.Task, cancellationToken);
        string prefix = task?.Id ?? asked.Task;
        for (int tries = 1; ; tries++)
        {
            IReadOnlyDictionary<AccountId, bool>? shown = asked.Seats is { } list
                ? SeatsFile.Read(list)
                : task is null ? null : SeatsFile.Of(await task.SeatsAsync(visit!, cancellationToken));
            using IJournalSource source = visit is null
                ? new FolderSource(FolderOf(asked.Folder!, parsed.GetValue<string>(NodeOption.Space)!))
                : new NodeSource(visit.Client, visit.Space.Id);
            DrawReport report = await ProgressLine.ShowAsync(
                "Repeating the draw",
                progress => new DrawReplay(source, id => id.ToString().StartsWith(Prefixed(prefix), StringComparison.Ordinal))
                    .RunAsync(progress, cancellationToken))
                ?? throw new Complaint($"The journal holds no poll or batch {prefix}.");
            if (shown is not null) report = report with { Differences = [.. report.Differences, .. report.Compare(shown)] };
            if (report.Differences.Length > 0 && visit is not null && asked.Seats is null && tries < Tries) continue;
            if (parsed.GetValue<bool>(NodeOption.Json))
                Screen.Json(DrawLine.Of(report, shown is not null), CommandJson.Default.DrawLine);
            else
                Say(report, shown?.Count);
            return report.Differences.IsEmpty ? 0 : 1;
        }
    }

    private static void Say(DrawReport report, int? shown)
    {
        string kind = report.Terms.IsOfBatch ? "Batch" : "Poll";
        Screen.Line($"[bold]{kind} {report.Task}[/], entry {report.Posted}: {Terms(report)}.");
        if (report.DrawnBy is not { } drawnBy)
        {
            Screen.Line($"  It is not drawn yet, or draws nobody.");
        }
        else
        {
            string beacon = report.IsBeaconChecked
                ? "the journal's own root there, computed anew"
                : "a block of its chain, which 'audit --rpc' looks up";
            (ulong height, ulong size) = report.Block;
            Screen.Line($"  beacon {report.Beacon}: entry {drawnBy}, block {height} over {size} entries; {beacon}");
            string eligible = report.Applied is { } applied
                ? $"eligible of the {applied.Count} admitted before entry {applied.End}"
                : $"eligible before the {report.Terms.Kind}";
            Screen.Line($"  {eligible}: {report.Eligible} accounts; keys −ln(u)/w computed anew for all of them");
            foreach (DrawnPlace place in report.Places.Take(LinesShown))
            {
                PlaceLine line = PlaceLine.Of(report, place);
                Screen.Line($"    {line.Account}  {line.Key}  {line.State}");
            }

            if (report.Places.Length > LinesShown) Screen.Line($"    and {report.Places.Length - LinesShown} more");
        }

        Screen.Line($"  votes of the seated in the journal: {report.Votes}; a vote of anybody else would have been refused");
        if (shown is { } count) Screen.Line($"  compared with {count} seats that are shown");
        foreach (string difference in report.Differences) Screen.Line($"[red]✗[/] {difference}");
        if (report.Differences.IsEmpty) Screen.Line($"[green]✓[/] The draw is what the journal says.");
    }

    private static string Terms(DrawReport report)
    {
        string quotas = report.Terms.Quotas.Length == 0 ? "" : $", quotas {report.Terms.Quotas}";
        string lease = report.Terms.Lease == 0 ? "" : $", lease {Spans.OfMilliseconds((long)report.Terms.Lease)}";
        return $"{report.Terms.Sample} seats among {report.Terms.Voters}{Until(report.Terms)}{quotas}{lease}";
    }

    private static string Until(DrawTerms terms) =>
        terms.Gather == default ? "" : $" until {Wording.Moment($"{terms.Gather.Milliseconds}")}";

    private static string Prefixed(string text) =>
        (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? "0x" + text[2..] : "0x" + text).ToLowerInvariant();

    private static string FolderOf(string place, string space)
    {
        IReadOnlyList<string> folders = AuditTargets.Folders(place);
        if (folders is [var only]) return only;
        return folders.FirstOrDefault(folder => Path.GetFileName(folder) == space)
            ?? throw new Complaint($"There are {folders.Count} spaces in '{place}'; say with --space which.");
    }
}
