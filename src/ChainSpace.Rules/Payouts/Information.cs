using ChainSpace.Protocol.Numbers;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Payouts;

/// <summary>How much a voter of known accuracy tells by a vote.</summary>
public static class Information
{
    private static readonly double Ln2 = DeterministicMath.Log(2);

    /// <summary>
    /// Bits told by one answer among K, right with chance p and otherwise any wrong one: the capacity of the K-ary symmetric
    /// channel, log₂K − H(p) − (1 − p) log₂(K − 1) (C. E. Shannon 1948). 0 for a guess, log₂K for one who never errs.
    /// </summary>
    /// <param name="accuracy">p, from 0 to 1.</param>
    /// <param name="options">K, at least 2.</param>
    public static double Bits(double accuracy, int options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options, 2);
        if (!(accuracy >= 0 && accuracy <= 1)) throw new ArgumentOutOfRangeException(nameof(accuracy));
        double error = 1 - accuracy, entropy = Surprise(accuracy) + Surprise(error);
        double bits = (DeterministicMath.Log(options) - entropy - error * DeterministicMath.Log(options - 1)) / Ln2;
        return bits > 0 ? bits : 0;
    }

    /// <summary>
    /// The price of a vote in millionths of the dearest: <see cref="Bits"/> of the accuracy that the voter had earned
    /// in earlier polls, over those of <see cref="VoterSkill.HighestAccuracy"/>.
    /// </summary>
    public static uint PriceOf(Ballot ballot, int options) =>
        Division.Millionths(Bits(AccuracyOf(ballot, options), options) / Bits(VoterSkill.HighestAccuracy, options));

    /// <summary>The accuracy for which the vote has its weight; inverse of <see cref="VoterSkill.Weight"/>.</summary>
    public static double AccuracyOf(Ballot ballot, int options)
    {
        double odds = DeterministicMath.Exp(ballot.Weights.Skilled);
        return odds / (options - 1 + odds);
    }

    private static double Surprise(double chance) => chance > 0 ? -chance * DeterministicMath.Log(chance) : 0;
}
