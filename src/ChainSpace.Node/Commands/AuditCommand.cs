using System.Runtime;
using System.CommandLine;
using System.Text.Json;
using ChainSpace.Chains;
using ChainSpace.Chains.Rpc;
using ChainSpace.Node.Audit;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Witnessing;
using Spectre.Console;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace audit</c>: recomputes everything about a journal and names the first thing that is wrong.</summary>
internal static class AuditCommand
{
    private const int Whole = 0, Faulty = 1, Unreadable = 2;

    private sealed record Wishes(string Place, string? Space, AuditOptions Options, bool IsJson)
    {
        /// <summary>Where what is reported of the chain is looked up; null: nowhere.</summary>
        public Uri? Rpc { get; init; }
    }


    public static Command Create()
    {
        Argument<string> place = new("place") { Description = "Address of a node or of a space in it, or a data folder." };
        Option<string?> space = new("--space") { Description = "Id (trusted) or name of one space; else all are audited." };
        Option<FileInfo?> since = new("--since") { Description = "A checkpoint kept from before, which must still hold." };
        Option<bool> isUnsigned = new("--no-signatures") { Description = "Do not verify signatures; many times faster." };
        Option<Uri?> rpc = NodeOption.Rpc(
            "JSON-RPC endpoint of its chain that you trust: compares reported deposits, anchors and blocks with it.");
        Option<bool> isJson = new("--json") { Description = "One JSON object a space, on a line of its own." };
        Command command = new("audit", "Recompute a journal from its entries, trusting nothing but the space's id.")
        {
            place, space, since, isUnsigned, rpc, isJson,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            () => new Wishes(parsed.GetValue(place)!, parsed.GetValue(space), new AuditOptions
            {
                Space = AuditTargets.IdOf(parsed.GetValue(space)),
                HasSignatures = !parsed.GetValue(isUnsigned),
                Since = ReadFile(parsed.GetValue(since)),
            }, parsed.GetValue(isJson))
            { Rpc = parsed.GetValue(rpc) },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Func<Wishes> read, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(read(), cancellationToken);
        }
        catch (UnreadableJournalException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Unreadable;
        }
    }

    private static async Task<int> RunAsync(Wishes wishes, CancellationToken cancellationToken)
    {
        // Nobody waits for an answer meanwhile, so pauses cost nothing and a collector beside the work costs a sixth.
        GCSettings.LatencyMode = GCLatencyMode.Batch;
        using HttpClient http = new() { MaxResponseContentBufferSize = NodeSource.LongestAnswer };
        int worst = Whole;
        foreach (AuditTarget target in await AuditTargets.FindAsync(http, wishes.Place, wishes.Space, cancellationToken))
        {
            using IJournalSource source = target.Source;
            AuditOptions options = wishes.Options with { Space = wishes.Options.Space ?? target.Space };
            AuditReport report = await ProgressLine.ShowAsync(
                $"Auditing {target.Name}", progress => Auditor.RunAsync(source, options, progress, cancellationToken));
            bool isCompared = wishes.Rpc is not null && report is { Fault: null, Genesis.ChainId: > 0 };
            if (isCompared) report = report with { Fault = await CompareAsync(report, wishes.Rpc!, cancellationToken) };
            if (wishes.IsJson)
                Console.WriteLine(JsonSerializer.Serialize(AuditJson.Of(report), AuditJsonContext.Default.AuditJson));
            else
                Say(target.Name, report, (options, isCompared));
            if (report.Fault is not null) worst = Faulty;
        }

        return worst;
    }

    private static async Task<AuditFault?> CompareAsync(AuditReport report, Uri rpc, CancellationToken cancellationToken)
    {
        using HttpClient http = RpcEndpoint.CreateClient();
        RpcEndpoint endpoint = new(rpc, http, new RpcLimits(), TimeProvider.System);
        RpcPool pool = new(new ChainId(report.Genesis!.ChainId), [endpoint], 1, TimeProvider.System, new Random());
        return await new ChainComparison(pool).FindAsync(report, cancellationToken);
    }

    private static ReadOnlyMemory<byte>? ReadFile(FileInfo? file)
    {
        if (file is null) return null;
        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableJournalException($"The checkpoint '{file.Name}' cannot be read: {exception.Message}", exception);
        }
    }

    private static void Say(string name, AuditReport report, (AuditOptions Options, bool IsCompared) how)
    {
        string title = report.Genesis?.Name ?? name;
        if (report.Fault is { } fault)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]✗[/] [bold]{title}[/] ({report.Space}): {AuditWords.Sentence(fault)}");
            AnsiConsole.MarkupLineInterpolated($"  {report.Entries:N0} entries before it are right.");
            return;
        }

        string signatures = how.Options.HasSignatures ? "signatures" : "(not the signatures)";
        AnsiConsole.MarkupLineInterpolated(
            $"[green]✓[/] [bold]{title}[/] ({report.Space}): {report.Entries:N0} entries are right.");
        AnsiConsole.MarkupLineInterpolated(
            $"  tree, spelling, {signatures}, moments, rules, blocks, money, {report.Checkpoints:N0} checkpoint(s)");
        if (how.IsCompared)
        {
            (int anchors, int blocks) = (report.Reports.Anchors.Count, report.Reports.Blocks.Count);
            AnsiConsole.MarkupLineInterpolated(
                $"  on its chain: {report.Deposits.Count} deposit(s), {anchors} anchor(s), {blocks} block(s)");
        }

        AnsiConsole.MarkupLineInterpolated($"  state {report.StateHash}");
        AnsiConsole.MarkupLineInterpolated(
            $"  {report.Elapsed.TotalSeconds:N1} s, {report.EntriesPerSecond:N0} entries a second");
    }
}
