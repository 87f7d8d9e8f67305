using System.CommandLine;
using ChainSpace.Node.Audit;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Settlement;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace payouts</c>: makes the payout tree of a size again, for whoever has the journal.</summary>
internal static class PayoutsCommand
{
    public static Command Create()
    {
        Argument<string> place = new("journal") { Description = "Address of a node, or a folder with a copy of a journal." };
        Option<string?> space = new("--space") { Description = "Id (trusted) or name, where there is more than one space." };
        Option<long> size = new("--size")
        {
            Description = "Entries that the tree covers; the vault's good() says how many, and so does 'leave'.",
            Required = true,
        };
        Option<FileInfo> file = new("--out", "-o") { Description = "File for the tree.", Required = true };
        Command command = new(
            "payouts",
            "Audit a journal and write its payout tree at a size, as 'leave' takes it. "
                + "Example: chainspace payouts ./copy --size 4711 --out payouts.json")
        {
            place, space, size, file,
        };
        command.Does(async (parsed, cancellationToken) =>
        {
            using HttpClient http = new() { MaxResponseContentBufferSize = NodeSource.LongestAnswer };
            IReadOnlyList<AuditTarget> targets = await AuditTargets.FindAsync(
                http, parsed.GetValue(place)!, parsed.GetValue(space), cancellationToken);
            if (targets.Count > 1) throw new Complaint("There is more than one space; name one with --space.");
            AuditMark mark = await MarkAsync(targets[0], parsed.GetValue(space), parsed.GetValue(size), cancellationToken);
            using (FileStream stream = File.Create(parsed.GetValue(file)!.FullName)) PayoutFiles.Write(stream, mark.Payouts);
            Screen.Line($"The payout tree of {mark.Size} entries: {mark.Payouts.Count} accounts, root {mark.Payouts.Root}.");
        });
        return command;
    }

    private static async Task<AuditMark> MarkAsync(
        AuditTarget target, string? space, long size, CancellationToken cancellationToken)
    {
        using IJournalSource source = target.Source;
        AuditOptions options = new() { Space = target.Space ?? AuditTargets.IdOf(space), MarkAt = size };
        AuditReport report = await ProgressLine.ShowAsync(
            $"Auditing {target.Name}", progress => Auditor.RunAsync(source, options, progress, cancellationToken));
        if (report.Fault is { } fault) throw new Complaint(AuditWords.Sentence(fault));
        return report.Mark ?? throw new Complaint($"The journal has {report.Entries} entries, and says nothing of size {size}.");
    }
}
