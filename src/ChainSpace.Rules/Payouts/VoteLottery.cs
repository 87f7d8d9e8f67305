using ChainSpace.Protocol;
using ChainSpace.Rules.Selection;

namespace ChainSpace.Rules.Payouts;

/// <summary>A draw for one vote, which anybody with the beacon can repeat.</summary>
public static class VoteLottery
{
    /// <summary>
    /// True with that chance over beacons: the number u in (0, 1] that <see cref="Sortition"/> gives beacon, item and voter is
    /// not above it. 0 never wins, 1 always.
    /// </summary>
    /// <param name="beacon">Randomness that nobody knew when the answers were fixed.</param>
    /// <param name="item">The poll voted on.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static bool Wins(Bytes32 beacon, TaskId item, AccountId voter, double chance)
    {
        if (!(chance >= 0 && chance <= 1)) throw new ArgumentOutOfRangeException(nameof(chance));
        return Sortition.Uniform(beacon, item, voter) <= chance;
    }
}
