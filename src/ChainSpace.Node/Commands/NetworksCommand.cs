using System.CommandLine;
using System.Globalization;
using ChainSpace.Chains.Networks;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;
using Spectre.Console;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace networks</c>: where a space can settle, and which of them fits what is at stake.</summary>
internal static class NetworksCommand
{
    private const double WeiInCoin = 1e18;

    public static Command Create()
    {
        Option<decimal?> risk = new("--value-at-risk")
        {
            Description = "The most money that will lie in a space at a time; picks the network that is sure enough.",
        };
        Option<decimal> budget = new("--budget")
        {
            Description = "The most that one anchor may cost, in the same money as --coin-price.",
            DefaultValueFactory = _ => 1m,
        };
        Option<decimal> price = new("--coin-price")
        {
            Description = "What one coin of the networks is worth in your money.",
            DefaultValueFactory = _ => 3_000m,
        };
        Command command = new(
            "networks",
            "Show settlement networks, their costs and whom one must trust. "
            + "Example: chainspace networks --value-at-risk 5000")
        {
            risk, budget, price,
        };
        command.Options.Add(new Option<string>(NodeOption.Url)
        {
            Description = "Address of the node (or CHAINSPACE_URL).",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CHAINSPACE_URL") ?? "http://localhost:8080",
        });
        command.AddJson();
        command.Does(async (parsed, cancellationToken) =>
        {
            using HttpClient http = new() { BaseAddress = new Uri(parsed.GetValue<string>(NodeOption.Url)!.TrimEnd('/') + "/") };
            Page<NetworkView> networks = await new ChainSpaceClient(http).NetworksAsync(cancellationToken);
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(networks, ClientJson.Default.PageNetworkView);
            else Draw(networks.Data, parsed.GetValue(price));
            if (parsed.GetValue(risk) is not { } value) return;
            Advise(networks.Data, new Wish(value, parsed.GetValue(budget), parsed.GetValue(price)));
        });
        return command;
    }

    private sealed record Wish(decimal Value, decimal Budget, decimal Price);

    private static void Draw(IReadOnlyList<NetworkView> networks, decimal price)
    {
        Table table = new();
        foreach (string column in (string[])["network", "finality", "anchor", "claim", "trust"]) table.AddColumn(column);
        foreach (NetworkView each in networks)
        {
            string final = each.SecondsToFinality.ToString("0.#", CultureInfo.InvariantCulture);
            table.AddRow(
                Markup.Escape(each.IsUp ? each.Name : $"{each.Name} (not in use)"), $"{each.FinalityClass}, {final} s",
                Cost(each.AnchorCost, price), Cost(each.ClaimCost, price), Markup.Escape(each.Trust));
        }

        Screen.Show(table);
    }

    private static void Advise(IReadOnlyList<NetworkView> networks, Wish wish)
    {
        FinalityClass needed = new SettlementNeeds(wish.Value, wish.Budget).Class;
        string words = needed.ToString().ToLowerInvariant();
        NetworkView? fit = networks
            .Where(each => each is { IsUp: true, ChainId: not "0" } && ClassOf(each) >= needed)
            .Where(each => Value(each.AnchorCost, wish.Price) <= wish.Budget)
            .MinBy(each => Value(each.AnchorCost, wish.Price));
        Screen.Line(fit is null
            ? (FormattableString)$"No network in use is {words} enough within {wish.Budget} an anchor."
            : $"For {wish.Value} at risk take [bold]{fit.Name}[/]: the cheapest that is {words} enough.");
    }

    private static FinalityClass ClassOf(NetworkView network) =>
        Enum.Parse<FinalityClass>(network.FinalityClass, ignoreCase: true);

    private static decimal? Value(string? wei, decimal price) =>
        wei is null ? null : (decimal)(double.Parse(wei, CultureInfo.InvariantCulture) / WeiInCoin) * price;

    private static string Cost(string? wei, decimal price) =>
        Value(wei, price) is { } value ? value.ToString("0.######", CultureInfo.InvariantCulture) : "unknown";
}
