using ChainSpace.Rules.Accounts;

namespace ChainSpace.Rules.Selection;

/// <summary>
/// How much an account weighs in a draw: min(stake, cap)^γ × duty, with γ = 1 or, where every seat is a proven person, ½.
/// With γ below 1 whoever splits a stake over many accounts gains by it, so that needs proof that one person is one seat.
/// Draws of polls weigh everybody alike.
/// </summary>
/// <param name="Cap">Stake above this counts for nothing more; above zero.</param>
/// <param name="IsRooted">γ is ½.</param>
/// <param name="PersonLevel">Level of personhood an account must have; 0: none.</param>
public sealed record SeatWeight(double Cap, bool IsRooted, int PersonLevel)
{
    /// <summary>Weight in the draw of a poll.</summary>
    public const double Alike = 1.0;

    /// <summary>Whether the rule may be used; false where it would pay to be many.</summary>
    public bool IsSafe => Cap > 0 && double.IsFinite(Cap) && (!IsRooted || PersonLevel >= 1);

    /// <summary>Weight of an account; zero where it may not be drawn.</summary>
    /// <param name="account">Who.</param>
    /// <param name="stake">What it has at stake, in units; not negative.</param>
    /// <param name="duty">Balance of duty, 1 for a newcomer; rises while idle and falls with service.</param>
    public double Of(Account account, double stake, double duty)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (!IsSafe) throw new InvalidOperationException("The rule of weights rewards splitting.");
        if (account.PersonLevel < PersonLevel) return 0;
        double capped = stake < Cap ? stake : Cap;
        return (IsRooted ? Math.Sqrt(capped) : capped) * duty;
    }
}
