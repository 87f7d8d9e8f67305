using ChainSpace.Protocol.Numbers;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Rules.Aggregation;

/// <summary>
/// How far a voter is to be believed: one number per voter and category, the chance to choose the right option, every
/// wrong option being equally likely (the "one-coin" form of Dawid and Skene 1979). A voter with little history is
/// taken for an average one.
/// </summary>
public static class VoterSkill
{
    /// <summary>No voter counts as surer than this, whatever the history: outcomes are opinions, not facts.</summary>
    public const double HighestAccuracy = 0.97;

    /// <summary>How many average outcomes a voter's own history is mixed with.</summary>
    public const double PoolStrength = 8;

    private const double PriorFor = 4;
    private const double PriorAgainst = 1;
    private const double AboveChance = 0.02;

    /// <summary>
    /// The mean accuracy of a category's voters together; 0.8 before there is evidence. Both arguments of the
    /// estimate must have been decayed to the same moment by the caller.
    /// </summary>
    public static double PooledAccuracy(Evidence pool, int options) =>
        Clamp((pool.For + PriorFor) / (pool.For + pool.Against + PriorFor + PriorAgainst), options);

    /// <summary>A voter's own accuracy, drawn towards the pool's while the history is short.</summary>
    public static double Accuracy(Evidence voter, double pooledAccuracy, int options) =>
        Clamp((voter.For + PoolStrength * pooledAccuracy) / (voter.For + voter.Against + PoolStrength), options);

    /// <summary>
    /// What a vote of this accuracy adds to the log-odds of its option: ln(p (K − 1) / (1 − p)), zero for a guess.
    /// </summary>
    public static double Weight(double accuracy, int options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options, 2);
        if (!(accuracy > 0 && accuracy < 1)) throw new ArgumentOutOfRangeException(nameof(accuracy));

        return DeterministicMath.Log(accuracy * (options - 1) / (1 - accuracy));
    }

    /// <summary>
    /// How many times its weight a vote has where a poll asks what the crowd will agree on, not what is true: 1 for a newcomer,
    /// towards 2 for a voter with a long record. Beliefs made of plain weights say less than the crowd will agree, by about the
    /// square of the odds; measured on public crowds, docs/confidence.md. No two newcomers close a poll by it.
    /// </summary>
    public static double Emphasis(Evidence voter)
    {
        double record = voter.For + voter.Against;
        return 1 + record / (record + PoolStrength);
    }

    /// <summary>
    /// Never below chance: a vote can count for little, but never for the opposite of what it says.
    /// </summary>
    private static double Clamp(double accuracy, int options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options, 2);
        double lowest = 1.0 / options + AboveChance;
        if (accuracy < lowest) return lowest;
        return accuracy > HighestAccuracy ? HighestAccuracy : accuracy;
    }
}
