using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using ChainSpace.Chains.Networks;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary>What somebody needs of a settlement network, as options of a verb.</summary>
internal sealed class NetworkNeeds
{
    private const int AnchorsMax = 86_400;

    private readonly Option<decimal?> risk = new("--value-at-risk")
    {
        Description = "The most money that will lie in a space at a time, in your money: how sure the network must be.",
    };

    private readonly Option<decimal?> budget = new("--budget-per-day")
    {
        Description = "The most that a space's anchors may cost in a day, in your money; needs --coin-price.",
    };

    private readonly Option<int> anchors = new("--anchors-per-day")
    {
        Description = "How often the journal goes to the chain.",
        DefaultValueFactory = _ => 24,
    };

    private readonly Option<string[]> prices = new("--coin-price")
    {
        Description = "What a coin of a network is worth in your money, e.g. base=3000; a number alone is for all others. "
            + "May be given several times.",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[risk, budget, anchors, prices]) command.Options.Add(option);
        anchors.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > AnchorsMax)
                result.AddError($"--anchors-per-day is 1 to {AnchorsMax}.");
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(risk) < 0 || result.GetValue(budget) < 0) result.AddError("An amount of money is 0 or more.");
            foreach (string text in result.GetValue(prices) ?? [])
                if (ReadPrice(text) is null) result.AddError($"'{text}' is no price; one looks like base=3000.");
        });
    }

    /// <summary>Whether anybody wants to know what fits.</summary>
    public bool AreGiven(ParseResult parsed) => parsed.GetValue(risk) is not null || parsed.GetValue(budget) is not null;

    /// <param name="parsed">The words of the command line.</param>
    /// <param name="names">The networks there are: a price for another is a slip of the pen.</param>
    public SettlementNeeds Read(ParseResult parsed, IReadOnlyCollection<string> names)
    {
        (string Network, decimal Price)[] given = [.. (parsed.GetValue(prices) ?? []).Select(text => ReadPrice(text)!.Value)];
        ImmutableDictionary<string, decimal> named = given.Where(static each => each.Network.Length > 0)
            .GroupBy(static each => each.Network)
            .ToImmutableDictionary(static each => each.Key, static each => each.Last().Price);
        return named.Keys.FirstOrDefault(name => !names.Contains(name)) is { } stranger
            ? throw new Complaint($"There is no network '{stranger}' here; there are: {string.Join(", ", names)}.")
            : new SettlementNeeds(parsed.GetValue(risk) ?? 0, parsed.GetValue(anchors))
            {
                BudgetPerDay = parsed.GetValue(budget),
                CoinPrices = named,
                OtherCoinPrice = given.Where(static each => each.Network.Length == 0)
                    .Select(static each => (decimal?)each.Price).LastOrDefault(),
            };
    }

    private static (string Network, decimal Price)? ReadPrice(string text)
    {
        int sign = text.IndexOf('=', StringComparison.Ordinal);
        bool isPrice = decimal.TryParse(
            text[(sign + 1)..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal price);
        return isPrice && sign != 0 ? (text[..Math.Max(sign, 0)], price) : null;
    }
}
