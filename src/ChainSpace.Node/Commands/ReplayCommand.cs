using System.CommandLine;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Replay;
using Spectre.Console;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace replay</c>: lets a recorded crowd vote again on a live node and compares with the truth.</summary>
internal static class ReplayCommand
{
    private const string OwnSpace = "replay";
    private const int FoundingSeconds = 180;

    public static Command Create()
    {
        Argument<string> votes = new("votes") { Description = "CSV file with the header task,worker,label." };
        Option<string> truth = new("--truth") { Description = "CSV file with the header task,label.", Required = true };
        Option<string?> url = new("--url") { Description = "A running node; without it one is started for the replay." };
        Option<string?> space = new("--space") { Description = "Space of that node, by name or id." };
        Option<string?> network = new("--network")
        {
            Description = "Settle on this local network with real tokens of its, e.g. local-l2; else with play money.",
        };
        Option<double?> confidence = new("--confidence") { Description = "Close polls at this confidence, such as 0.95." };
        Option<string> payout = OneOf("--payout", "Who is paid.", "majority", "lottery", "equal");
        Option<string> voting = OneOf("--voting", "Whether votes are public at once.", "open", "sealed");
        Option<bool> isJson = new("--json") { Description = "Print the report as JSON." };
        Command command = new("replay", "Replay recorded votes on a node and compare the outcome with the truth.")
        {
            votes, truth, url, space, network, confidence, payout, voting, isJson,
        };
        command.Does((parsed, cancellationToken) =>
        {
            ReplayTarget target = new(parsed.GetValue(url), parsed.GetValue(space), parsed.GetValue(network));
            Files files = new(parsed.GetValue(votes)!, parsed.GetValue(truth)!, parsed.GetValue(isJson));
            ReplayTerms terms = new()
            {
                Confidence = BasisPoints(parsed.GetValue(confidence)),
                Payout = parsed.GetValue(payout)!,
                Voting = parsed.GetValue(voting)!,
            };
            return RunAsync(files, (target, terms), cancellationToken);
        });
        return command;
    }

    private sealed record Files(string Votes, string Truth, bool IsJson);

    private sealed record ReplayTarget(string? Url, string? Space, string? Network);

    private static Option<string> OneOf(string name, string description, params string[] words)
    {
        Option<string> option = new(name) { Description = description, DefaultValueFactory = _ => words[0] };
        return option.AcceptOnlyFromAmong(words);
    }

    private static uint BasisPoints(double? confidence)
    {
        double points = Math.Round((confidence ?? 0) * 10_000);
        bool isAllowed = confidence is null || points is >= 5_001 and <= 9_999;
        return isAllowed ? (uint)points : throw new Complaint("--confidence must be between 0.5001 and 0.9999.");
    }

    private static async Task<int> RunAsync(
        Files files, (ReplayTarget Target, ReplayTerms Terms) wishes, CancellationToken cancellationToken)
    {
        try
        {
            CrowdData data = CrowdData.Read(files.Votes, files.Truth);
            ReplayReport report = await RunAsync(data, wishes.Target, wishes.Terms, cancellationToken);
            if (files.IsJson) Console.WriteLine(JsonSerializer.Serialize(report, ReplayJson.Default.ReplayReport));
            else ReplayTable.Write(AnsiConsole.Console, report, data.Category);
            bool isEqual = report.Chain is null or { VaultLeft: "0", WrongBalances: 0 };
            return report.MoneyCheck && report.Audit == "ok" && isEqual ? 0 : 1;
        }
        catch (ReplayException exception)
        {
            throw new Complaint(exception.Message);
        }
    }

    private static async Task<ReplayReport> RunAsync(
        CrowdData data, ReplayTarget target, ReplayTerms terms, CancellationToken cancellationToken)
    {
        string name = target.Space ?? OwnSpace;
        if (target.Url is null && CrowdData.Slug(name) != name)
            throw new Complaint("--space must be 1 to 32 of a-z, 0-9 and hyphen.");

        // A process of its own, so that neither's memory or pauses count as the other's.
        await using NodeProcess? own = target.Url is null
            ? await StartAsync(target.Network is null ? name : $"{name}@{target.Network}")
            : null;
        using HttpClient http = new() { BaseAddress = own?.Http.BaseAddress ?? UrlOf(target.Url!) };
        ChainSpaceClient client = new(http);
        SpaceView space = own is null && target.Space is null
            ? await OnlySpaceAsync(client, cancellationToken)
            : await FindAsync(client, name, target.Network is not null, cancellationToken)
                ?? throw new Complaint($"There is no space {name} on this node.");
        return await ReplayBars.ShowAsync(watch =>
            new ReplayRun(client, data, terms) { Watch = watch }.RunAsync(space, cancellationToken));
    }

    private static async Task<NodeProcess> StartAsync(string space)
    {
        try
        {
            return await NodeProcess.StartAsync(null, "--no-demo", "--space", space);
        }
        catch (InvalidOperationException exception)
        {
            throw new Complaint(exception.Message);
        }
    }

    // A space on a chain is founded once its network is at hand, which takes some blocks.
    private static async Task<SpaceView?> FindAsync(
        ChainSpaceClient client, string name, bool isAwaited, CancellationToken cancellationToken)
    {
        for (int tries = 0; ; tries++)
        {
            SpaceView? space = await client.SpaceAsync(name, cancellationToken);
            if (space is not null || !isAwaited || tries == FoundingSeconds) return space;
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    private static Uri UrlOf(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            ? url
            : throw new Complaint("--url must be an address such as http://localhost:8080.");

    private static async Task<SpaceView> OnlySpaceAsync(ChainSpaceClient client, CancellationToken cancellationToken)
    {
        Page<SpaceView> spaces = await client.SpacesAsync(cancellationToken);
        return spaces.Data is [var only] ? only : throw new Complaint("Say with --space which of the node's spaces to use.");
    }
}
