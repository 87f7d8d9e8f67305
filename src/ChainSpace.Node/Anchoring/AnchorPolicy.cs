using ChainSpace.Chains;
using ChainSpace.Chains.Fees;

namespace ChainSpace.Node.Anchoring;

/// <summary>When journals go to a chain, how soon they should be there, and what that may cost.</summary>
public sealed record AnchorPolicy
{
    // Well before anybody may end a space for want of a good root, there is a new one.
    private const double SharesOfExit = 3;

    /// <summary>Longest that anything new waits for an anchor. Default 10 minutes.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Shortest time between two anchors, so that many small withdrawals share one. Default 10 seconds.</summary>
    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Withdrawn money, in whole units of the space's currency, that does not wait. 0: none waits. Default 10.</summary>
    public double WithdrawnAtRisk { get; init; } = 10;

    /// <summary>Deposited or earned money, in whole units, that does not wait though nobody withdraws. Default 1,000.</summary>
    public double MovedAtRisk { get; init; } = 1_000;

    /// <summary>What is to be paid for priority, in whole units, so that an anchor goes out at once. Default 1.</summary>
    public double PriorityPrice { get; init; } = 1;

    /// <summary>The same in minor units of a currency with so many decimals, at least 1.</summary>
    public Protocol.Amount PriorityUnits(uint decimals) =>
        new(UInt128.Max(1, (UInt128)Math.Ceiling(PriorityPrice * Math.Pow(10, decimals))));

    /// <summary>Longest that an anchor waits for its witnesses before it goes without them. Default an hour.</summary>
    public TimeSpan WitnessPatience { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Gas that all anchors of a network may take in an hour. Default 20 million.</summary>
    public Gas GasPerHour { get; init; } = new(20_000_000);

    /// <summary>
    /// How much an anchor in the space's own vault is wanted, so that there is a root to claim against: 1 and more is
    /// enough. Age, value at risk and paid priority add up, so that much money waits shortly and little money long.
    /// </summary>
    public double VaultPressure(AnchorDemand demand)
    {
        ArgumentNullException.ThrowIfNull(demand);
        if (!demand.MayAnchorVault || demand.SinceVault < ShortestPause) return 0;
        double age = demand.SinceVault / LongestWait;
        double withdrawn = demand.Withdrawn == 0 ? 0 : 2 * age + Share(demand.Withdrawn, WithdrawnAtRisk);
        double moved = demand.Moved == 0 ? 0 : age + Share(demand.Moved, MovedAtRisk);
        double paid = demand.Paid == 0 ? 0 : Share(demand.Paid, PriorityPrice);
        return withdrawn + moved + paid + (demand.NeedsVault ? age : 0) + SharesOfExit * demand.ExitShare;
    }

    /// <summary>How much an anchor of any kind is wanted, so that what is new is proved: 1 and more is enough.</summary>
    public double ProofPressure(AnchorDemand demand)
    {
        ArgumentNullException.ThrowIfNull(demand);
        bool isWanted = demand.HasNews && demand.SinceProof >= ShortestPause;
        return isWanted ? demand.SinceProof / LongestWait : 0;
    }

    /// <summary>What a pressure is worth in fees.</summary>
    public static Urgency UrgencyOf(double pressure) => pressure switch
    {
        >= 4 => Urgency.Urgent,
        >= 2 => Urgency.Normal,
        _ => Urgency.Patient,
    };

    // Where nothing is at risk below a limit of nothing, anything is enough for the highest urgency that money gives.
    private static double Share(double money, double limit) => limit > 0 ? money / limit : 4;
}
