namespace ChainSpace.Protocol.Numbers;

/// <summary>
/// Logarithm, exponential, gamma and beta functions with the same bits on every processor and in every language that has
/// IEEE 754 doubles: only + − × ÷ and √, each rounded once, in the order written here. The platform's own functions
/// may not be used where a replay must agree, because their last bit differs between C libraries.
/// </summary>
public static class DeterministicMath
{
    // ln 2 = Ln2High + Ln2Low. The high part has 42 significant bits, so that times any exponent (11 bits) it is exact.
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;

    // ln 2 as the nearest double and the rest.
    private const double Ln2 = 0.6931471805599453;
    private const double Ln2Rest = 2.3190468138462996e-17;

    private const double SquareRootOfTwo = 1.4142135623730951;
    private const double HalfLogOfTwoPi = 0.9189385332046728;
    private const double StirlingFrom = 16;
    private const int MantissaBits = 52;
    private const int ExponentBias = 1023;

    // 1/23, 1/21 … 1/3: the series of artanh beyond its first term, last term first.
    private static ReadOnlySpan<double> ArtanhTerms =>
        [1.0 / 23, 1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15, 1.0 / 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3];

    // 1/14! … 1/2!: the series of exp beyond 1 + r, last term first.
    private static ReadOnlySpan<double> ExponentialTerms =>
    [
        1.0 / 87178291200, 1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880,
        1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 1.0 / 2,
    ];

    // B₂ₖ / (2k (2k − 1)) for k = 7 … 1: Stirling's series, DLMF 5.11.1.
    private static ReadOnlySpan<double> StirlingTerms =>
        [1.0 / 156, -691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12];

    /// <summary>
    /// Natural logarithm of any double; error below 0.55 units in the last place. The number is 2ᵏ·m with m within
    /// [√½, √2), and ln m = 2 artanh((m − 1) / (m + 1)) by its power series, the quotient carried with its remainder.
    /// </summary>
    /// <returns>−∞ for zero, NaN below zero.</returns>
    public static double Log(double value)
    {
        if (double.IsNaN(value) || value < 0) return double.NaN;
        if (value == 0) return double.NegativeInfinity;
        if (double.IsPositiveInfinity(value)) return value;

        (double mantissa, int exponent) = Decompose(value);
        double numerator = mantissa - 1;
        ExactPair denominator = ExactPair.Sum(mantissa, 1);
        double quotient = numerator / denominator.Head;
        ExactPair product = ExactPair.Product(quotient, denominator.Head);
        double remainder = numerator - product.Head - product.Tail - quotient * denominator.Tail;

        double square = quotient * quotient;
        double series = square * quotient * Horner(ArtanhTerms, square);
        double correction = 2 * (remainder / denominator.Head + series);
        ExactPair main = ExactPair.Sum(exponent * Ln2High, 2 * quotient);
        return main.Head + (main.Tail + (correction + exponent * Ln2Low));
    }

    /// <summary>
    /// eˣ for any double; error below 0.7 units in the last place, below one unit where the result is subnormal. x is
    /// k·ln 2 + r with |r| ≤ ½ ln 2, and eʳ is summed to r¹⁴ / 14!.
    /// </summary>
    public static double Exp(double value)
    {
        if (double.IsNaN(value)) return value;
        if (value > 710) return double.PositiveInfinity;
        if (value < -746) return 0;

        int power = Nearest(value / Ln2);
        ExactPair rest = ExactPair.Sum(value - power * Ln2High, -(power * Ln2Low));
        return Scale(ExponentialOfSmall(rest), power);
    }

    /// <summary>2ˣ for any double; exact for whole x, otherwise with the error of <see cref="Exp"/>.</summary>
    public static double Exp2(double value)
    {
        if (double.IsNaN(value)) return value;
        if (value >= 1024) return double.PositiveInfinity;
        if (value < -1076) return 0;

        int power = Nearest(value);
        double fraction = value - power;
        ExactPair rest = ExactPair.Product(fraction, Ln2);
        return Scale(ExponentialOfSmall(rest with { Tail = rest.Tail + fraction * Ln2Rest }), power);
    }

    /// <summary>
    /// ln Γ(x) for x above zero; error below 2e-14 absolute for x ≤ 20 and 1e-15 relative above. Stirling's series
    /// (DLMF 5.11.1), reached from small x by the recurrence Γ(x + 1) = x Γ(x).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">x is zero, negative or not a number.</exception>
    public static double LogGamma(double value)
    {
        if (!(value > 0)) throw new ArgumentOutOfRangeException(nameof(value), value, "Must be above zero.");
        if (double.IsPositiveInfinity(value)) return value;

        double product = 1;
        double shifted = value;
        while (shifted < StirlingFrom)
        {
            product *= shifted;
            shifted += 1;
        }

        double main = (shifted - 0.5) * Log(shifted) - shifted + HalfLogOfTwoPi;
        return main + StirlingSeries(shifted) - Log(product);
    }

    /// <summary>
    /// The regularized incomplete beta function Iₓ(a, b): the chance that a Beta(a, b) variable is at most x. Absolute
    /// error below 1e-11 for a and b from 0.001 to 1,000,000. Continued fraction DLMF 8.17.22.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">a or b is not above zero and finite, or x is not a number.</exception>
    public static double BetaRegularized(double value, double a, double b) => BetaDistribution.Regularized(value, a, b);

    /// <summary>
    /// The x at which Iₓ(a, b) = p. Absolute error below 1e-11 for a and b from 0.5 to 1,000,000. Newton's method, kept
    /// inside a shrinking bracket by bisection, at most 100 steps.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">a or b is not above zero and finite, or p is outside [0, 1].</exception>
    public static double BetaQuantile(double probability, double a, double b) =>
        BetaDistribution.Quantile(probability, a, b);

    /// <summary>
    /// What Stirling's formula leaves out of ln Γ(x) = (x − ½) ln x − x + ½ ln 2π + …; about 1 / 12x, and precise where
    /// ln Γ itself is too large to be.
    /// </summary>
    internal static double StirlingRest(double value) => value >= StirlingFrom
        ? StirlingSeries(value)
        : LogGamma(value) - ((value - 0.5) * Log(value) - value + HalfLogOfTwoPi);

    private static double StirlingSeries(double value) => Horner(StirlingTerms, 1 / (value * value)) / value;

    /// <summary>The mantissa within [√½, √2) and the power of two that goes with it.</summary>
    private static (double Mantissa, int Exponent) Decompose(double value)
    {
        int exponent = 0;
        if (value < PowerOfTwo(-1022))
        {
            value *= PowerOfTwo(54);
            exponent = -54;
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        exponent += (int)(bits >> MantissaBits) - ExponentBias;
        const long mantissaMask = (1L << MantissaBits) - 1;
        double mantissa = BitConverter.Int64BitsToDouble((bits & mantissaMask) | ((long)ExponentBias << MantissaBits));
        return mantissa < SquareRootOfTwo ? (mantissa, exponent) : (mantissa / 2, exponent + 1);
    }

    private static double ExponentialOfSmall(ExactPair rest)
    {
        double value = rest.Head;
        double series = value * value * Horner(ExponentialTerms, value);
        ExactPair main = ExactPair.Sum(1, value);
        return main.Head + (main.Tail + (series + (rest.Tail + rest.Tail * value)));
    }

    /// <summary>value × 2ᵖ in two steps, so that the factors are normal numbers and only the last step can round.</summary>
    private static double Scale(double value, int power) => power switch
    {
        > 1000 => value * PowerOfTwo(power - 100) * PowerOfTwo(100),
        < -1000 => value * PowerOfTwo(power + 100) * PowerOfTwo(-100),
        _ => value * PowerOfTwo(power),
    };

    private static double PowerOfTwo(int power) =>
        BitConverter.Int64BitsToDouble((long)(power + ExponentBias) << MantissaBits);

    private static int Nearest(double value) => (int)(value < 0 ? value - 0.5 : value + 0.5);

    private static double Horner(ReadOnlySpan<double> terms, double value)
    {
        double sum = 0;
        foreach (double term in terms) sum = sum * value + term;
        return sum;
    }
}
