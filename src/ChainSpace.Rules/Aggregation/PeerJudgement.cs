using System.Collections.Immutable;

namespace ChainSpace.Rules.Aggregation;

/// <summary>What the other voters of a poll say about one voter's choice; the arguments of one piece of evidence.</summary>
/// <param name="Agreement">The chance that the choice is the answer, by the others' votes alone.</param>
/// <param name="Weight">
/// How much the others know, from 0 (all options alike to them, or there are no others) to 1 (certain). Without it a
/// voter would be blamed for the doubts of his peers.
/// </param>
public readonly record struct PeerJudgement(double Agreement, double Weight)
{
    /// <summary>
    /// The weight is how much likelier the true option is expected to look than a wrong one: with M the sum of the
    /// squared chances, M − (1 − M) / (K − 1).
    /// </summary>
    internal static PeerJudgement Of(ImmutableArray<double> others, int choice)
    {
        double sharpness = 0;
        foreach (double chance in others) sharpness += chance * chance;
        double weight = sharpness - (1 - sharpness) / (others.Length - 1);
        return new PeerJudgement(others[choice], weight > 0 ? weight : 0);
    }
}
