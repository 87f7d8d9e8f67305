using System.CommandLine;
using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Networks;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;
using Spectre.Console;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace networks</c>: where a space can settle, and which of them fits what is at stake.</summary>
internal static class NetworksCommand
{
    public static Command Create()
    {
        NetworkNeeds options = new();
        Command command = new(
            "networks",
            "Show settlement networks, their costs and whom one must trust, and pick one. Example: chainspace networks "
            + "--value-at-risk 5000 --budget-per-day 2.50 --coin-price 3000");
        options.AddTo(command);
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
            SettlementNeeds needs = options.Read(parsed, [.. networks.Data.Select(static each => each.Name)]);
            NetworkAnswer answer = Answer(networks.Data, needs, options.AreGiven(parsed));
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(answer, CommandJson.Default.NetworkAnswer);
            else Draw(answer, needs);
        });
        return command;
    }

    private static NetworkAnswer Answer(IReadOnlyList<NetworkView> networks, SettlementNeeds needs, bool isAsked)
    {
        List<NetworkLine> lines = [];
        foreach (NetworkView each in networks)
        {
            decimal? coins = QuoteOf(each).PerDay(needs.AnchorsPerDay);
            decimal? value = coins is { } some && needs.PriceOf(each.Name) is { } price
                ? NetworkAdvisor.ValueOf(some, price)
                : null;
            string? fit = isAsked && !IsPlay(each) ? NetworkPhrases.Of(NetworkAdvisor.Judge(QuoteOf(each), needs), needs) : null;
            lines.Add(new NetworkLine(each, Text(coins), Text(value), fit));
        }

        if (!isAsked) return new NetworkAnswer(lines, null, null);
        NetworkAdvice advice = NetworkAdvisor.Pick(networks.Where(static each => !IsPlay(each)).Select(QuoteOf), needs);
        return new NetworkAnswer(lines, (advice as NetworkAdvice.Take)?.Quote.Name, NetworkPhrases.Of(advice, needs));
    }

    private static void Draw(NetworkAnswer answer, SettlementNeeds needs)
    {
        string day = $"a day, {needs.AnchorsPerDay.ToString(CultureInfo.InvariantCulture)} anchors";
        Table table = new();
        foreach (string column in (string[])["network", "class", "final", "anchor", "claim", "a vault", day, "trust", "fits"])
            table.AddColumn(column);
        foreach (NetworkLine line in answer.Networks)
        {
            NetworkView each = line.Network;
            decimal? price = needs.PriceOf(each.Name);
            decimal? perDay = QuoteOf(each).PerDay(needs.AnchorsPerDay);
            string name = each.IsUp ? each.Name : $"{each.Name} (not in use)";
            IEnumerable<string> cells =
            [
                name, each.FinalityClass, each.Finality, Cost(Coins(each.AnchorCost)), Cost(Coins(each.ClaimCost)),
                Cost(Coins(each.VaultCost)), Cost(perDay), each.Trust, line.Fit ?? "",
            ];
            table.AddRow([.. cells.Select(static cell => Markup.Escape(Screen.Printable(cell)))]);

            string Cost(decimal? coins) => NetworkPhrases.Cost(coins, IsPlay(each) ? null : each.Coin, price);
        }

        Screen.Show(table);
        foreach (NetworkLine line in answer.Networks)
            if (line.Network.Complaint is { } complaint) Screen.Line($"{complaint}");
        if (answer.Reason is { } reason) Screen.Line($"{reason}");
    }

    private static bool IsPlay(NetworkView network) => network.ChainId == "0";

    private static NetworkQuote QuoteOf(NetworkView network)
    {
        NetworkCosts? costs = Wei(network.AnchorCost) is { } anchor && Wei(network.GoodCost) is { } good
            && Wei(network.ClaimCost) is { } claim && Wei(network.VaultCost) is { } vault
                ? new NetworkCosts(anchor, good, claim, vault)
                : null;
        return new NetworkQuote(
            network.Name, Enum.Parse<FinalityClass>(network.FinalityClass, ignoreCase: true),
            TimeSpan.FromSeconds(network.SecondsToFinality), TimeSpan.FromSeconds(Math.Max(1, network.WindowSeconds)), costs);
    }

    private static decimal? Coins(string? wei) => Wei(wei) is { } cost ? NetworkAdvisor.CoinsOf(cost) : null;

    private static Wei? Wei(string? text) =>
        UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 units) ? new Wei(units) : null;

    private static string? Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);
}
