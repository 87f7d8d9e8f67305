using System.Globalization;
using ChainSpace.Chains.Networks;

namespace ChainSpace.Node.Commands;

/// <summary>What the advisor found, for people.</summary>
internal static class NetworkPhrases
{
    private const int Digits = 3;

    /// <summary>Whether one network fits, in a few words.</summary>
    public static string Of(NetworkFit fit, SettlementNeeds needs) => fit switch
    {
        NetworkFit.Fits => "yes",
        NetworkFit.TooWeak weak => $"no: {Name(weak.Needed)} is needed",
        NetworkFit.TooDear dear => $"no: {Money(dear.PerDay)} a day is above {Money(needs.BudgetPerDay!.Value)}",
        NetworkFit.Unpriced => "unknown: no --coin-price",
        NetworkFit.Unknown => "unknown: not in use",
    };

    /// <summary>Which to take and why, or why none.</summary>
    public static string Of(NetworkAdvice advice, SettlementNeeds needs)
    {
        string risk = $"{Money(needs.ValueAtRisk)} at risk";
        string budget = needs.BudgetPerDay is { } money ? $", within {Money(money)} a day" : "";
        return advice switch
        {
            NetworkAdvice.Take { PerDay: { } cost, Quote: var quote } =>
                $"Take {quote.Name}: {Name(quote.Class)} is enough for {risk}, and at {Money(cost)} a day it is the cheapest"
                + $"{budget}.",
            NetworkAdvice.Take take =>
                $"Take {take.Quote.Name}: {Name(take.Quote.Class)} is enough for {risk}, and it is the fastest; "
                + "name coins' prices with --coin-price to compare costs.",
            NetworkAdvice.OverBudget over =>
                $"None fits: {over.Cheapest.Name}, the cheapest that is sure enough for {risk}, costs {Money(over.PerDay)} a "
                + $"day, and the budget is {Money(needs.BudgetPerDay!.Value)}.",
            NetworkAdvice.NothingPriced nothing =>
                $"None can be picked: what {string.Join(", ", nothing.Networks)} would cost is unknown. A network must be in use "
                + "(up --network NAME), and a budget needs --coin-price NAME=PRICE.",
            NetworkAdvice.NothingStrongEnough nothing =>
                $"None fits: {risk} calls for a network of class {Name(nothing.Needed)}.",
        };
    }

    /// <summary>So many coins, and what they are worth where that is known.</summary>
    public static string Cost(decimal? coins, string? coin, decimal? price)
    {
        if (coins is not { } known) return "unknown";
        if (coin is null) return "none";
        string value = price is { } each ? $" ({Money(NetworkAdvisor.ValueOf(known, each))})" : "";
        return $"{Money(known)} {coin}{value}";
    }

    // Costs are from a millionth to millions, and three digits say how large one is.
    private static string Money(decimal value)
    {
        if (value >= 100 || value == decimal.Round(value, 2))
            return value.ToString("0.##", CultureInfo.InvariantCulture);
        int places = 0;
        for (decimal left = value; left < 100 && places < 28; left *= 10) places++;
        decimal rounded = decimal.Round(value, Math.Max(places, Digits - 1));
        return rounded.ToString("0.############################", CultureInfo.InvariantCulture);
    }

    private static string Name(FinalityClass level) => level.ToString().ToLowerInvariant();
}
