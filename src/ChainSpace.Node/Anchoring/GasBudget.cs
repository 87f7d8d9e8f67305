using ChainSpace.Chains;

namespace ChainSpace.Node.Anchoring;

/// <summary>What a network's anchors may still cost: it fills up evenly, to what an hour brings.</summary>
/// <param name="Left">Gas to be spent.</param>
/// <param name="At">Moment for which it holds, in milliseconds of Unix time.</param>
public readonly record struct GasBudget(double Left, long At)
{
    private const double Hour = 60 * 60 * 1000;

    // Less would never fit the dearest single anchor, and all others would wait behind it.
    private const double Least = 1_000_000;

    public static GasBudget Full(Gas perHour, long now) => new(Most(perHour), now);

    /// <summary>The same at a later moment; an earlier one changes nothing, for clocks may go back.</summary>
    public GasBudget Later(Gas perHour, long now)
    {
        double gained = perHour.Units * (double)Math.Max(0, now - At) / Hour;
        return new GasBudget(Math.Min(Most(perHour), Left + gained), Math.Max(At, now));
    }

    public GasBudget Spend(ulong gas) => this with { Left = Left - gas };

    private static double Most(Gas perHour) => Math.Max(Least, perHour.Units);
}
