using ChainSpace.Protocol;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Payouts;

/// <summary>How much of the reward a poll costs: what its votes share. The rest goes back.</summary>
internal static class Pricing
{
    /// <summary>
    /// <c>fixed</c>: the reward. <c>response</c>: the reward divided by the maximum, for each vote that earns.
    /// <c>quality</c>: of that part, for each vote that earns, as much as its voter is known to tell.
    /// </summary>
    /// <param name="weights">Above zero for votes that earn.</param>
    public static Amount PotOf(PollTerms terms, ReadOnlySpan<Ballot> ballots, ReadOnlySpan<uint> weights)
    {
        if (terms.Message.Pricing == "fixed") return terms.Message.Reward;
        bool isByQuality = terms.Message.Pricing == "quality";
        Amount part = PartOf(terms), pot = Amount.Zero;
        for (int i = 0; i < ballots.Length; i++)
        {
            if (weights[i] == 0) continue;
            pot += isByQuality ? Division.Share(part, Information.PriceOf(ballots[i], terms.Format.Classes)) : part;
        }

        return pot;
    }

    /// <summary>A vote's part of the reward, were there as many as can be; rounded down.</summary>
    public static Amount PartOf(PollTerms terms) => new(terms.Message.Reward.Units / terms.Message.Maximum);

    /// <summary>Weight 1 for all votes that name an answer.</summary>
    public static uint[] Alike(ReadOnlySpan<Ballot> ballots)
    {
        uint[] weights = new uint[ballots.Length];
        for (int i = 0; i < weights.Length; i++) weights[i] = ballots[i].IsCounted ? 1u : 0;
        return weights;
    }
}
