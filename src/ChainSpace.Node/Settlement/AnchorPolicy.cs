using ChainSpace.Chains.Fees;

namespace ChainSpace.Node.Settlement;

/// <summary>When a space's journal goes to the chain, and how soon it should be there.</summary>
public sealed record AnchorPolicy
{
    /// <summary>Longest that anything new waits for an anchor. Default 10 minutes.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Shortest time between two anchors, so that many small withdrawals share one. Default 10 seconds.</summary>
    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Withdrawn money, in minor units, that waits for no longest time. Default 10 million.</summary>
    public UInt128 ValueAtRisk { get; init; } = 10_000_000;

    /// <summary>
    /// How much an anchor is wanted: 1 and more is enough. Age and value at risk add up, so that much money waits shortly
    /// and little money long; entries that move no money count by their age alone.
    /// </summary>
    public double Pressure(AnchorDemand demand)
    {
        if (!demand.HasEntries || demand.SinceLast < ShortestPause) return 0;
        double age = demand.SinceLast / LongestWait;
        double value = (double)demand.Withdrawn / (double)ValueAtRisk;
        return demand.Withdrawn == 0 ? age : 2 * age + value;
    }

    /// <summary>What a pressure is worth in fees.</summary>
    public static Urgency UrgencyOf(double pressure) => pressure switch
    {
        >= 4 => Urgency.Urgent,
        >= 2 => Urgency.Normal,
        _ => Urgency.Patient,
    };
}

/// <summary>What waits for a space's next anchor.</summary>
/// <param name="HasEntries">Whether the journal has entries that the last anchor does not cover, but for reports of it.</param>
/// <param name="Withdrawn">Minor units withdrawn since the last anchor.</param>
/// <param name="SinceLast">Time since the last anchor was sent.</param>
public readonly record struct AnchorDemand(bool HasEntries, UInt128 Withdrawn, TimeSpan SinceLast);
