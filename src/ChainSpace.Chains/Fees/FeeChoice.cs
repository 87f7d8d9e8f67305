using System.Collections.Immutable;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;

namespace ChainSpace.Chains.Fees;

/// <summary>How soon a transaction should be mined; sooner costs more.</summary>
public enum Urgency
{
    /// <summary>Within the hour.</summary>
    Patient,

    /// <summary>Within a few blocks.</summary>
    Normal,

    /// <summary>In the next block, even if fees are rising.</summary>
    Urgent,
}

/// <summary>What to offer for gas, or that it costs too much at the moment.</summary>
public abstract record FeeDecision
{
    private FeeDecision()
    {
    }

    /// <summary>Offer this.</summary>
    public sealed record Pay(GasPrice Price) : FeeDecision;

    /// <summary>Wait: it would take this much or more, in wei per gas, and the ceiling is no higher.</summary>
    public sealed record TooDear(Wei Needed, Wei Ceiling) : FeeDecision;
}

/// <summary>
/// Chooses EIP-1559 fees from what the newest blocks cost. The ceiling bounds all of it, so an endpoint that lies about
/// fees can cost no more than the operator agreed to.
/// </summary>
public static class FeeChoice
{
    /// <summary>How many blocks of history to ask for.</summary>
    public const int Blocks = 20;

    /// <summary>The percentiles of priority fees to ask for, one for each <see cref="Urgency"/>.</summary>
    public static readonly ImmutableArray<int> Percentiles = [10, 50, 90];

    /// <summary>The highest ceiling; a million coins for each unit of gas, and no product of it overflows.</summary>
    public static readonly Wei CeilingMax = new(UInt128.One << 80);

    // Where nobody has paid anything, nodes still want something; a thousandth of a gwei is what they start from.
    private static readonly Wei PriorityMin = new(1_000_000);

    /// <summary>The question whose answer the choice is made from.</summary>
    public static RpcCall<FeeHistory> Question => Chain.Fees(Blocks, Percentiles);

    /// <summary>The offer of a first attempt.</summary>
    /// <param name="history">Answer to <see cref="Question"/>.</param>
    /// <param name="urgency">How soon.</param>
    /// <param name="ceiling">The most to offer, base fee included, in wei per gas.</param>
    public static FeeDecision Choose(FeeHistory history, Urgency urgency, Wei ceiling)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ceiling, CeilingMax);
        if (history.NextBaseFee >= ceiling) return new FeeDecision.TooDear(history.NextBaseFee, ceiling);
        Wei priority = PriorityOf(history, urgency);
        // The base fee rises by an eighth with each full block: room for 2, 6 and 9 of them in a row. What is not needed
        // is not paid.
        UInt128 room = urgency switch { Urgency.Patient => 5, Urgency.Normal => 8, _ => 12 };
        Wei maxFee = Wei.Min(ceiling, new Wei(history.NextBaseFee.Units * room / 4) + Wei.Min(priority, ceiling));
        return new FeeDecision.Pay(new GasPrice(maxFee, Wei.Min(priority, maxFee)));
    }

    /// <summary>
    /// The offer that replaces an attempt that got stuck: both parts at least an eighth higher, rounded up, which every
    /// node takes, and no lower than a first attempt would offer now.
    /// </summary>
    public static FeeDecision Replace(GasPrice before, FeeHistory history, Urgency urgency, Wei ceiling)
    {
        Wei maxFee = Bump(before.MaxFee), priority = Bump(before.Priority);
        if (maxFee > ceiling) return new FeeDecision.TooDear(maxFee, ceiling);
        return Choose(history, urgency, ceiling) switch
        {
            FeeDecision.TooDear dear => dear,
            FeeDecision.Pay(var now) => new FeeDecision.Pay(
                new GasPrice(Wei.Max(maxFee, now.MaxFee), Wei.Min(Wei.Max(priority, now.Priority), Wei.Max(maxFee, now.MaxFee)))),
        };
    }

    /// <summary>The priority fee that others paid who were about as urgent; at least what nodes start from.</summary>
    public static Wei PriorityOf(FeeHistory history, Urgency urgency)
    {
        ArgumentNullException.ThrowIfNull(history);
        return Wei.Max(Median(history, (int)urgency), PriorityMin);
    }

    private static Wei Bump(Wei fee) => new(checked(fee.Units + (fee.Units + 7) / 8));

    private static Wei Median(FeeHistory history, int column)
    {
        Wei[] paid =
        [
            .. history.Priorities.Where(row => column < row.Length).Select(row => row[column])
                .Where(fee => fee > Wei.Zero).Order(),
        ];
        return paid.Length == 0 ? Wei.Zero : paid[paid.Length / 2];
    }
}
