using ChainSpace.Protocol;
using ChainSpace.Protocol.Numbers;

namespace ChainSpace.Rules.Reputation;

/// <summary>
/// What speaks for and against an account in one category, as the counts of a Beta distribution that fade with time
/// (A. Jøsang and R. Ismail, "The Beta Reputation System", 2002). The default value is no evidence at all: a newcomer's
/// score is ½ with full uncertainty, and an idle account drifts back there.
/// </summary>
/// <param name="For">Weight of the evidence for, as it stood at <paramref name="At"/>; never negative.</param>
/// <param name="Against">Weight of the evidence against, likewise.</param>
/// <param name="At">The moment for which the two weights hold.</param>
public readonly record struct Evidence(double For, double Against, Moment At)
{
    /// <summary>After this time evidence weighs half: 90 days.</summary>
    public const long HalfLifeMilliseconds = 90L * 24 * 60 * 60 * 1000;

    private const double Bound = 0.05;

    /// <summary>The expected share of good outcomes, strictly between 0 and 1.</summary>
    public double Mean => (For + 1) / (For + Against + 2);

    /// <summary>
    /// The score that is exceeded with 95 % confidence; gates compare this one, so that a single lucky outcome opens
    /// nothing.
    /// </summary>
    public double LowerBound => DeterministicMath.BetaQuantile(Bound, For + 1, Against + 1);

    /// <summary>1 without evidence, towards 0 with much.</summary>
    public double Uncertainty => 2 / (For + Against + 2);

    /// <summary>The same evidence as it weighs at a later moment.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The moment lies before <see cref="At"/>.</exception>
    public Evidence DecayedTo(Moment now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(now, At);
        if (now == At) return this;

        double age = now.Milliseconds - At.Milliseconds;
        double rest = DeterministicMath.Exp2(-age / HalfLifeMilliseconds);
        return new Evidence(For * rest, Against * rest, now);
    }

    /// <summary>Adds one outcome to what is left of the earlier ones.</summary>
    /// <param name="agreement">0 for wholly against, 1 for wholly for; a probability in between is split.</param>
    /// <param name="weight">How much the outcome counts; finite and not negative, 1 for an ordinary one.</param>
    public Evidence Add(double agreement, double weight, Moment now)
    {
        if (!(agreement >= 0 && agreement <= 1)) throw new ArgumentOutOfRangeException(nameof(agreement));
        if (!(weight >= 0 && double.IsFinite(weight))) throw new ArgumentOutOfRangeException(nameof(weight));

        Evidence rest = DecayedTo(now);
        return rest with
        {
            For = rest.For + weight * agreement,
            Against = rest.Against + weight * (1 - agreement),
        };
    }
}
