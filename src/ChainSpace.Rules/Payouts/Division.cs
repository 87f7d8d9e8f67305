using ChainSpace.Protocol;

namespace ChainSpace.Rules.Payouts;

/// <summary>Money into whole units, nothing lost: the method of largest remainders (Hamilton's).</summary>
public static class Division
{
    /// <summary>One, in weights and scores that are rounded to whole numbers before money depends on them.</summary>
    public const uint One = 1_000_000;

    /// <summary>
    /// The total in proportion to the weights, each part rounded down, and the units that are left one each to the largest
    /// remainders; of equal ones, to the earliest. The parts add up to the total.
    /// </summary>
    /// <param name="weights">Each at most <see cref="One"/>, at most <see cref="Limits.Overlap"/> of them, not all zero.</param>
    public static Amount[] Of(Amount total, ReadOnlySpan<uint> weights)
    {
        ulong sum = Sum(weights);
        ArgumentOutOfRangeException.ThrowIfZero(sum, nameof(weights));
        (UInt128 whole, UInt128 rest) = UInt128.DivRem(total.Units, sum);
        Amount[] parts = new Amount[weights.Length];
        List<(ulong Remainder, int Place)> remainders = new(weights.Length);
        UInt128 left = total.Units;
        for (int place = 0; place < parts.Length; place++)
        {
            if (weights[place] == 0) continue;
            // total = whole × sum + rest, and rest × weight is below 2⁶⁰: no product overflows where the total does not.
            (ulong more, ulong remainder) = ulong.DivRem((ulong)rest * weights[place], sum);
            parts[place] = new Amount(whole * weights[place] + more);
            left -= parts[place].Units;
            remainders.Add((remainder, place));
        }

        if (left > 0) remainders.Sort(static (a, b) => a.Remainder == b.Remainder
            ? a.Place.CompareTo(b.Place)
            : b.Remainder.CompareTo(a.Remainder));
        for (int i = 0; i < (int)left; i++) parts[remainders[i].Place] += new Amount(1);
        return parts;
    }

    /// <summary>That share of an amount, rounded down.</summary>
    /// <param name="share">In millionths, at most <see cref="One"/>.</param>
    public static Amount Share(Amount amount, uint share)
    {
        (UInt128 whole, UInt128 rest) = UInt128.DivRem(amount.Units, One);
        return new Amount(whole * share + rest * share / One);
    }

    /// <summary>A number between 0 and 1 in millionths, rounded down; what lies outside is drawn to the bound.</summary>
    public static uint Millionths(double share) => share switch
    {
        >= 1 => One,
        > 0 => (uint)(share * One),
        _ => 0,
    };

    public static ulong Sum(ReadOnlySpan<uint> weights)
    {
        ulong sum = 0;
        foreach (uint weight in weights) sum += weight;
        return sum;
    }
}
