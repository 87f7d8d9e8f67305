using System.Collections.Immutable;
using ChainSpace.Chains.Fees;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Chains.Networks;

/// <summary>Gas of what a space does on a chain, as the contracts' tests measured it.</summary>
/// <param name="Anchor">One anchor.</param>
/// <param name="Good">What it takes beside that one of them becomes good: to propose and promote it.</param>
/// <param name="Claim">One claim, paid by whoever claims.</param>
/// <param name="Vault">The vault of a new space, once.</param>
public sealed record GasFigures(Gas Anchor, Gas Good, Gas Claim, Gas Vault);

/// <summary>What the same costs on a network now, in the smallest unit of its coin.</summary>
public sealed record NetworkCosts(Wei Anchor, Wei Good, Wei Claim, Wei Vault);

/// <summary>What a network means now.</summary>
/// <param name="Name">The network's.</param>
/// <param name="Class">How hard it is to take something back there.</param>
/// <param name="Final">From sending a transaction to its being final.</param>
/// <param name="Window">How long a proposed root waits before it is good; so long no other can.</param>
/// <param name="Costs">Null where they are unknown, because the network is not in use or does not answer.</param>
public sealed record NetworkQuote(string Name, FinalityClass Class, TimeSpan Final, TimeSpan Window, NetworkCosts? Costs)
{
    /// <summary>What a space's operator pays in a day, in coins; null where it is unknown.</summary>
    public decimal? PerDay(int anchors)
    {
        if (Costs is null) return null;
        double windows = TimeSpan.FromDays(1) / Window;
        decimal good = windows < anchors ? (decimal)windows : anchors;
        return anchors * NetworkAdvisor.CoinsOf(Costs.Anchor) + good * NetworkAdvisor.CoinsOf(Costs.Good);
    }
}

/// <summary>What a space needs of its network, in one money of the caller's choice.</summary>
/// <param name="ValueAtRisk">The most that is in the vault at a time.</param>
/// <param name="AnchorsPerDay">How often the journal goes to the chain.</param>
public sealed record SettlementNeeds(decimal ValueAtRisk, int AnchorsPerDay)
{
    /// <summary>Up to this much at risk, <see cref="FinalityClass.Fast"/> is enough.</summary>
    public const decimal FastUpTo = 1_000;

    /// <summary>Up to this much at risk, <see cref="FinalityClass.Standard"/> is enough.</summary>
    public const decimal StandardUpTo = 100_000;

    /// <summary>The most that a day may cost; null: no matter.</summary>
    public decimal? BudgetPerDay { get; init; }

    /// <summary>What a whole coin of each network is worth.</summary>
    public ImmutableDictionary<string, decimal> CoinPrices { get; init; } = ImmutableDictionary<string, decimal>.Empty;

    /// <summary>What a coin of networks is worth that are not among <see cref="CoinPrices"/>; null: unknown.</summary>
    public decimal? OtherCoinPrice { get; init; }

    /// <summary>The weakest class that is enough.</summary>
    public FinalityClass Class => ValueAtRisk switch
    {
        _ when ValueAtRisk <= FastUpTo => FinalityClass.Fast,
        _ when ValueAtRisk <= StandardUpTo => FinalityClass.Standard,
        _ => FinalityClass.Strong,
    };

    /// <summary>What a coin of this network is worth; null where nobody said.</summary>
    public decimal? PriceOf(string network) =>
        CoinPrices.TryGetValue(network, out decimal price) ? price : OtherCoinPrice;
}

/// <summary>Whether a network is what is needed.</summary>
public abstract record NetworkFit
{
    private NetworkFit()
    {
    }

    /// <summary>It is; a day's cost is null where nobody knows it and nobody asked.</summary>
    public sealed record Fits(decimal? PerDay) : NetworkFit;

    /// <summary>Something is too easily taken back there.</summary>
    public sealed record TooWeak(FinalityClass Needed) : NetworkFit;

    /// <summary>A day costs more than the budget.</summary>
    public sealed record TooDear(decimal PerDay) : NetworkFit;

    /// <summary>There is a budget, and nobody said what the network's coin is worth.</summary>
    public sealed record Unpriced : NetworkFit;

    /// <summary>What it costs now is unknown: it is not in use, or does not answer.</summary>
    public sealed record Unknown : NetworkFit;
}

/// <summary>Which network to take.</summary>
public abstract record NetworkAdvice
{
    private NetworkAdvice()
    {
    }

    /// <summary>The cheapest of those that fit.</summary>
    public sealed record Take(NetworkQuote Quote, decimal? PerDay) : NetworkAdvice;

    /// <summary>Networks are final enough, and each costs more than the budget; this one the least.</summary>
    public sealed record OverBudget(NetworkQuote Cheapest, decimal PerDay) : NetworkAdvice;

    /// <summary>Networks are final enough, and of none it is known what it costs.</summary>
    public sealed record NothingPriced(ImmutableArray<string> Networks) : NetworkAdvice;

    /// <summary>No network is final enough for what is at risk.</summary>
    public sealed record NothingStrongEnough(FinalityClass Needed) : NetworkAdvice;
}

/// <summary>Says what each network would cost, and which to take.</summary>
public static class NetworkAdvisor
{
    private static readonly UInt128 WeiInCoin = 1_000_000_000_000_000_000;

    /// <summary>What the acts cost where fees are like this.</summary>
    /// <param name="fees">A network's answer to <see cref="FeeChoice.Question"/>.</param>
    /// <param name="gas">What the acts take.</param>
    public static NetworkCosts Cost(FeeHistory fees, GasFigures gas)
    {
        ArgumentNullException.ThrowIfNull(fees);
        ArgumentNullException.ThrowIfNull(gas);
        // Bounded, so that no endpoint's invention overflows.
        Wei price = Wei.Min(fees.NextBaseFee, FeeChoice.CeilingMax)
            + Wei.Min(FeeChoice.PriorityOf(fees, Urgency.Patient), FeeChoice.CeilingMax);
        return new NetworkCosts(gas.Anchor * price, gas.Good * price, gas.Claim * price, gas.Vault * price);
    }

    /// <summary>Whether a network is what is needed; a class that is too weak is said before any cost.</summary>
    public static NetworkFit Judge(NetworkQuote quote, SettlementNeeds needs)
    {
        ArgumentNullException.ThrowIfNull(quote);
        ArgumentNullException.ThrowIfNull(needs);
        if (quote.Class < needs.Class) return new NetworkFit.TooWeak(needs.Class);
        if (quote.PerDay(needs.AnchorsPerDay) is not { } coins) return new NetworkFit.Unknown();
        decimal? perDay = needs.PriceOf(quote.Name) is { } price ? ValueOf(coins, price) : null;
        if (needs.BudgetPerDay is not { } budget) return new NetworkFit.Fits(perDay);
        if (perDay is null) return new NetworkFit.Unpriced();
        return perDay <= budget ? new NetworkFit.Fits(perDay) : new NetworkFit.TooDear(perDay.Value);
    }

    /// <summary>
    /// The cheapest of the networks that fit; among equals the faster, then the first by name. What nobody knows the cost
    /// of comes last. So more money at risk never leads to a weaker class, and a larger budget never to another network
    /// where there was one.
    /// </summary>
    public static NetworkAdvice Pick(IEnumerable<NetworkQuote> quotes, SettlementNeeds needs)
    {
        ArgumentNullException.ThrowIfNull(needs);
        (NetworkQuote Quote, NetworkFit Fit)[] judged =
        [
            .. quotes.Select(quote => (quote, Judge(quote, needs))).OrderBy(each => each.Item2.PerDay() ?? decimal.MaxValue)
                .ThenBy(each => each.quote.Final).ThenBy(each => each.quote.Name, StringComparer.Ordinal),
        ];
        foreach ((NetworkQuote quote, NetworkFit fit) in judged)
            if (fit is NetworkFit.Fits fits) return new NetworkAdvice.Take(quote, fits.PerDay);
        foreach ((NetworkQuote quote, NetworkFit fit) in judged)
            if (fit is NetworkFit.TooDear dear) return new NetworkAdvice.OverBudget(quote, dear.PerDay);
        ImmutableArray<string> strong =
            [.. judged.Where(each => each.Fit is not NetworkFit.TooWeak).Select(each => each.Quote.Name)];
        return strong.IsEmpty
            ? new NetworkAdvice.NothingStrongEnough(needs.Class)
            : new NetworkAdvice.NothingPriced(strong);
    }

    /// <summary>So much in whole coins, which have 18 digits after the point on every network of this kind.</summary>
    public static decimal CoinsOf(Wei wei) =>
        (decimal)(wei.Units / WeiInCoin) + (decimal)(wei.Units % WeiInCoin) / (decimal)WeiInCoin;

    /// <summary>What so many coins are worth, where one is worth the price.</summary>
    public static decimal ValueOf(decimal coins, decimal price) =>
        // What a decimal cannot hold nobody would pay.
        price > 1 && coins > decimal.MaxValue / price ? decimal.MaxValue : coins * price;

    private static decimal? PerDay(this NetworkFit fit) => fit switch
    {
        NetworkFit.Fits fits => fits.PerDay,
        NetworkFit.TooDear dear => dear.PerDay,
        NetworkFit.TooWeak or NetworkFit.Unpriced or NetworkFit.Unknown => null,
    };
}
