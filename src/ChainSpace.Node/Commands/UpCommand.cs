using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Demo;
using ChainSpace.Node.Intake;
using ChainSpace.Node.Settlement;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol.Crypto;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Spectre.Console;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace up</c>: runs a node until it is told to stop.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        Option<int> port = new("--port")
        {
            Description = "Port on localhost; 0 takes a free one.",
            DefaultValueFactory = _ => 8080,
        };
        Option<DirectoryInfo> data = new("--data")
        {
            Description = "Folder of everything the node keeps; a second start goes on from it.",
            DefaultValueFactory = _ => new DirectoryInfo(DefaultData),
        };
        Option<bool> isBare = new("--no-demo") { Description = "Do not seed a demo space of play money." };
        Option<string[]> spaces = new("--space")
        {
            Description = "Found a space of play money with this name if it is missing, or one of a network's money with "
                + "NAME@NETWORK, e.g. town@local-l2; may be given several times.",
        };
        WitnessOptions witnesses = new();
        PublishOption published = new();
        Option<string[]> networks = new("--network")
        {
            Description = "Have this settlement network at hand; spaces bring theirs by themselves.",
        };
        Option<int> rate = new("--rate")
        {
            Description = "Messages that one account may send a second; twenty times as many after a pause.",
            DefaultValueFactory = _ => 5_000,
        };
        rate.Validators.Add(CheckRate);
        MinimumPayOption minimumPay = new();
        Option<bool> isOpening = new("--open") { Description = "Open the page in a browser." };
        Command command = new("up", "Start a node on http://localhost:8080.")
        {
            port, data, isBare, spaces, networks, published.Option, rate, minimumPay.Option, isOpening,
        };
        witnesses.AddTo(command);
        command.Does((parsed, cancellationToken) => RunAsync(
            new NodeOptions
            {
                Data = parsed.GetValue(data)!.FullName,
                Port = parsed.GetValue(port),
                IsDemo = !parsed.GetValue(isBare),
                Spaces = [.. (parsed.GetValue(spaces) ?? []).Where(static each => !each.Contains('@'))],
                ChainSpaces =
                [
                    .. (parsed.GetValue(spaces) ?? []).Where(static each => each.Contains('@')).Select(Split)
                        .Select(each => witnesses.Apply(parsed, each)),
                ],
                Networks = parsed.GetValue(networks) ?? [],
                Published = published.Read(parsed),
                KnownNetworks = ReadNetworks(parsed.GetValue(data)!.FullName),
                MessagesPerSecond = parsed.GetValue(rate),
                MinimumPay = minimumPay.Read(parsed),
            },
            parsed.GetValue(isOpening),
            cancellationToken));
        return command;
    }

    /// <summary>The networks on this machine, and those of the operator's file in the data folder.</summary>
    private static IReadOnlyList<NetworkSetup> ReadNetworks(string data)
    {
        string file = Path.Combine(data, "networks.json");
        if (!File.Exists(file)) return KnownNetworks.Local;
        (IReadOnlyList<NetworkSetup> networks, IReadOnlyList<string> complaints) = KnownNetworks.With(File.ReadAllBytes(file));
        return complaints.Count == 0 ? networks : throw new Complaint($"{file}: {string.Join(' ', complaints)}");
    }

    private static void Check(NodeOptions options)
    {
        string[] known = [.. options.KnownNetworks.Select(static each => each.Name)];
        IEnumerable<string> wanted = [.. options.Networks, .. options.ChainSpaces.Select(static each => each.Network)];
        if (wanted.FirstOrDefault(name => !known.Contains(name)) is { } stranger)
            throw new Complaint(
                $"There is no network '{stranger}'; there are {string.Join(", ", known)}, and those you add to networks.json in "
                + $"{options.Data}.");
    }

    private static WebApplication Build(NodeOptions options)
    {
        try
        {
            return NodeApp.Build(options);
        }
        catch (PayFloorException fault)
        {
            throw new Complaint(fault.Message);
        }
    }

    private static void WarnOfStrangers(WebApplication app, NodeOptions options)
    {
        SpaceDirectory spaces = app.Services.GetRequiredService<SpaceDirectory>();
        foreach (string name in options.MinimumPay.Keys.Where(name => spaces.Find(name) is null).Order(StringComparer.Ordinal))
            Screen.Line($"There is no space {name} yet; its least pay holds from its beginning.");
    }

    private static void CheckRate(OptionResult result)
    {
        if (result.GetValueOrDefault<int>() is < 1 or > 1_000_000) result.AddError("--rate is 1 to 1000000.");
    }

    private static SpaceOnChain Split(string text)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        return new SpaceOnChain(text[..at], text[(at + 1)..]);
    }

    /// <summary>Where a node keeps its things unless told otherwise.</summary>
    public static string DefaultData => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "chainspace");

    private static async Task<int> RunAsync(NodeOptions options, bool isOpening, CancellationToken cancellationToken)
    {
        Check(options);
        await using WebApplication app = Build(options);
        string[] foundings = [.. Foundings(app, options)];
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"Port {options.Port} is taken; choose another with --port.");
            return 1;
        }

        string url = UrlOf(app);
        AnsiConsole.MarkupLineInterpolated($"ChainSpace is up at [bold]{url}[/]  ({Spaces(app)}, data in {options.Data})");
        WarnOfStrangers(app, options);
        foreach (string sentence in foundings) Screen.Line($"{sentence}");
        AnsiConsole.MarkupLine("[grey]Ctrl+C stops it; nothing is lost.[/]");
        if (isOpening) Open(url);
        Task seeding = options.IsDemo ? SeedAsync(url, app.Lifetime.ApplicationStopping) : Task.CompletedTask;
        await app.WaitForShutdownAsync(cancellationToken);
        await seeding;
        return Environment.ExitCode;
    }

    private static string Spaces(WebApplication app) => Wording.Count(
        app.Services.GetRequiredService<SpaceDirectory>().All.Count.ToString(CultureInfo.InvariantCulture), "space", "spaces");

    // A space on a chain begins when its contracts stand there, which takes blocks, and coins in the node's wallet. Asked
    // before the node starts: two that make the wallet at once would be in each other's way.
    private static IEnumerable<string> Foundings(WebApplication app, NodeOptions options)
    {
        SpaceDirectory spaces = app.Services.GetRequiredService<SpaceDirectory>();
        SpaceOnChain[] unborn = [.. options.ChainSpaces.Where(each => spaces.Find(each.Name) is null)];
        foreach (SpaceOnChain each in unborn)
            yield return $"{each.Name} is being founded on {each.Network}; it is there when its contracts are.";
        IEnumerable<NetworkSetup> used = options.KnownNetworks.Where(setup => unborn.Any(each => each.Network == setup.Name));
        if (used.All(static each => each.Local is not null)) yield break;
        using WalletSigner wallet = NodeWallet.Open(options.Data);
        yield return $"The node's wallet {Address.Of(wallet.Account)} pays for that, and must have coins there.";
    }

    /// <summary>The address people and browsers use; passkeys need the name, not the number.</summary>
    public static string UrlOf(WebApplication app)
    {
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return $"http://localhost:{new Uri(address).Port}";
    }

    private static async Task SeedAsync(string url, CancellationToken cancellationToken)
    {
        string? complaint = await DemoSeed.RunAsync(url, cancellationToken);
        if (complaint is not null) await Console.Error.WriteLineAsync($"The demo could not be told to its end: {complaint}");
    }

    private static void Open(string url)
    {
        string opener = OperatingSystem.IsMacOS() ? "open" : OperatingSystem.IsWindows() ? "explorer" : "xdg-open";
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(opener, url) { UseShellExecute = false });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]No browser to open; go to {url}[/]");
        }
    }
}
