using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Selection;

namespace ChainSpace.Rules.Payouts;

/// <summary>A draw for one vote, which anybody with the beacon can repeat.</summary>
public static class VoteLottery
{
    /// <summary>
    /// Each vote earns its whole part of the reward, reward ÷ maximum, with its own chance; what is left goes back.
    /// </summary>
    /// <param name="terms">Of the closed poll.</param>
    /// <param name="ballots">Its votes in order.</param>
    /// <param name="chances">In millionths, in the order of the votes.</param>
    /// <param name="beacon">As in <see cref="Wins"/>.</param>
    public static Shares Pay(PollTerms terms, ReadOnlySpan<Ballot> ballots, ImmutableArray<uint> chances, Bytes32 beacon)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Amount part = Pricing.PartOf(terms), paid = Amount.Zero;
        Amount[] amounts = new Amount[ballots.Length];
        for (int i = 0; i < amounts.Length; i++)
        {
            if (!Wins(beacon, terms.Id, ballots[i].Voter.Id, chances[i] / 1e6)) continue;
            amounts[i] = part;
            paid += part;
        }

        return new Shares([.. amounts], terms.Message.Reward - paid);
    }

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
