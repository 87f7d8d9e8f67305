using System.Globalization;
using System.Numerics;
using ChainSpace.Chains.Fees;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Chains.Networks;

/// <summary>Gas of what a space does on a chain, as the contracts' tests measured it.</summary>
public sealed record GasFigures(Gas Anchor, Gas Claim, Gas Deposit);

/// <summary>What settling on a network would mean now.</summary>
/// <param name="PricePerGas">What a patient transaction can expect to pay: next base fee and priority, in wei.</param>
/// <param name="Anchor">Cost of one anchor, in wei of the network's coin.</param>
/// <param name="Claim">Cost of one claim.</param>
/// <param name="Deposit">Cost of one deposit.</param>
/// <param name="AnchorValue">Cost of one anchor in the money the caller counts in.</param>
/// <param name="Final">From sending to being final.</param>
/// <param name="Trust">What one must believe in, in a sentence.</param>
public sealed record NetworkQuote(
    NetworkOptions Network, Wei PricePerGas, Wei Anchor, Wei Claim, Wei Deposit,
    decimal AnchorValue, TimeSpan Final, string Trust);

/// <summary>What a space needs of its network, in one money of the caller's choice.</summary>
/// <param name="ValueAtRisk">The most that is in the vault at a time.</param>
/// <param name="AnchorBudget">The most one anchor may cost.</param>
public sealed record SettlementNeeds(decimal ValueAtRisk, decimal AnchorBudget)
{
    /// <summary>Up to this much at risk, <see cref="FinalityClass.Fast"/> is enough.</summary>
    public decimal FastUpTo { get; init; } = 1_000;

    /// <summary>Up to this much at risk, <see cref="FinalityClass.Standard"/> is enough.</summary>
    public decimal StandardUpTo { get; init; } = 100_000;

    /// <summary>The weakest class that is enough.</summary>
    public FinalityClass Class => ValueAtRisk switch
    {
        _ when ValueAtRisk <= FastUpTo => FinalityClass.Fast,
        _ when ValueAtRisk <= StandardUpTo => FinalityClass.Standard,
        _ => FinalityClass.Strong,
    };
}

/// <summary>Which network to take.</summary>
public abstract record NetworkAdvice
{
    private NetworkAdvice()
    {
    }

    /// <summary>The cheapest that is final enough and within the budget.</summary>
    public sealed record Take(NetworkQuote Quote) : NetworkAdvice;

    /// <summary>Networks are final enough, and each anchor costs more than the budget; this one the least.</summary>
    public sealed record OverBudget(NetworkQuote Cheapest) : NetworkAdvice;

    /// <summary>No network is final enough for what is at risk.</summary>
    public sealed record NothingStrongEnough(FinalityClass Needed) : NetworkAdvice;
}

/// <summary>Says what each network would cost, how long it takes, whom one must trust; and which to take.</summary>
public static class NetworkAdvisor
{
    private const decimal WeiInCoin = 1e18m;

    /// <summary>What a network would mean now.</summary>
    /// <param name="network">Which.</param>
    /// <param name="fees">Its answer to <see cref="FeeChoice.Question"/>.</param>
    /// <param name="gas">What the acts take.</param>
    /// <param name="coinPrice">What one whole coin of the network is worth in the caller's money.</param>
    public static NetworkQuote Quote(NetworkOptions network, FeeHistory fees, GasFigures gas, decimal coinPrice)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(fees);
        ArgumentNullException.ThrowIfNull(gas);
        // Bounded, so that no endpoint's invention overflows.
        Wei price = Wei.Min(fees.NextBaseFee, FeeChoice.CeilingMax)
            + Wei.Min(FeeChoice.PriorityOf(fees, Urgency.Patient), FeeChoice.CeilingMax);
        Wei anchor = gas.Anchor * price;
        return new NetworkQuote(
            network, price, anchor, gas.Claim * price, gas.Deposit * price,
            ValueOf(anchor, coinPrice), network.Finality.BlockTime + network.Finality.Delay, TrustIn(network));
    }

    /// <summary>
    /// The cheapest network that is final enough and within the budget; among equals the faster, then the first by name.
    /// </summary>
    public static NetworkAdvice Pick(IEnumerable<NetworkQuote> quotes, SettlementNeeds needs)
    {
        ArgumentNullException.ThrowIfNull(needs);
        NetworkQuote[] strong =
        [
            .. quotes.Where(quote => quote.Network.Finality.Class >= needs.Class)
                .OrderBy(quote => quote.AnchorValue).ThenBy(quote => quote.Final)
                .ThenBy(quote => quote.Network.Name, StringComparer.Ordinal),
        ];
        if (strong.Length == 0) return new NetworkAdvice.NothingStrongEnough(needs.Class);
        return strong[0].AnchorValue <= needs.AnchorBudget
            ? new NetworkAdvice.Take(strong[0])
            : new NetworkAdvice.OverBudget(strong[0]);
    }

    /// <summary>What one must believe in to settle here.</summary>
    public static string TrustIn(NetworkOptions network)
    {
        ArgumentNullException.ThrowIfNull(network);
        string makers = network.Finality.Rule switch
        {
            FinalityRule.Confirmations(0) => "that nobody takes a block back once it is made",
            FinalityRule.Confirmations(var blocks) =>
                $"that {network.Name}'s block makers never take {blocks.ToString(CultureInfo.InvariantCulture)} blocks back",
            FinalityRule.Safe => $"that most of those who secure {network.Name} are honest",
            FinalityRule.Finalized => $"that a third of those who secure {network.Name} would rather keep their stake than cheat",
        };
        string readers = network.Rpc.Agreement == 1
            ? "and that the RPC endpoint asked tells the truth"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"and that not all {network.Rpc.Agreement} of the RPC endpoints that must agree lie together");
        return $"One must trust {makers}, {readers}.";
    }

    private static decimal ValueOf(Wei cost, decimal coinPrice)
    {
        // What a decimal cannot hold nobody would pay.
        BigInteger units = cost.Units;
        return units > (BigInteger)decimal.MaxValue / 1_000_000 ? decimal.MaxValue : (decimal)units / WeiInCoin * coinPrice;
    }
}
