using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ChainSpace.Rules.Inference;

/// <summary>
/// Exponential, logarithm and digamma of four numbers at once, as precise as beliefs need and several times as fast as
/// DeterministicMath. Only + − × ÷ in the order written, each rounded once, so the bits are the same on every processor,
/// with vector instructions or without. None handles NaN or infinities.
/// </summary>
internal static class Lanes
{
    /// <summary>Numbers in a vector.</summary>
    public const int Count = 4;

    /// <summary>A logarithm so low that its exponential is zero, and a thousand of them can still be added.</summary>
    public const double Never = -1e300;

    private const double LowestExponent = -700;
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;
    private const double SquareRootOfTwo = 1.4142135623730951;

    // Added and taken off again, it rounds to a whole number; added, its low bits hold that number.
    private const double Rounder = 6755399441055744;

    // 2⁵²: the bits of a whole number below it, under this exponent, are the number plus 2⁵².
    private const double TwoTo52 = 4503599627370496;

    /// <summary>eˣ for x up to 700; 0 below −700. Relative error below 1e-11.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x)
    {
        Vector256<double> isLow = Vector256.LessThan(x, Vector256.Create(LowestExponent));
        x = Vector256.ConditionalSelect(isLow, Vector256<double>.Zero, x);
        Vector256<double> shifted = x * Log2E + Vector256.Create(Rounder);
        Vector256<double> power = shifted - Vector256.Create(Rounder);
        Vector256<double> r = x - power * Ln2High - power * Ln2Low;
        Vector256<double> sum = Vector256.Create(1.0 / 362880);
        sum = sum * r + Vector256.Create(1.0 / 40320);
        sum = sum * r + Vector256.Create(1.0 / 5040);
        sum = sum * r + Vector256.Create(1.0 / 720);
        sum = sum * r + Vector256.Create(1.0 / 120);
        sum = sum * r + Vector256.Create(1.0 / 24);
        sum = sum * r + Vector256.Create(1.0 / 6);
        sum = sum * r + Vector256.Create(0.5);
        sum = sum * r + Vector256.Create(1.0);
        sum = sum * r + Vector256.Create(1.0);
        Vector256<long> scale = Vector256.ShiftLeft(shifted.AsInt64() + Vector256.Create(1023L), 52);
        return Vector256.AndNot(sum * scale.AsDouble(), isLow);
    }

    /// <summary>ln x for normal x above zero. Error below 1e-12.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log(Vector256<double> x)
    {
        Vector256<long> bits = x.AsInt64();
        Vector256<long> number = Vector256.ShiftRightLogical(bits, 52) | Vector256.Create(TwoTo52).AsInt64();
        Vector256<double> exponent = number.AsDouble() - Vector256.Create(TwoTo52 + 1023);
        Vector256<long> fraction = bits & Vector256.Create((1L << 52) - 1);
        Vector256<double> m = (fraction | Vector256.Create(1.0).AsInt64()).AsDouble();
        Vector256<double> isHigh = Vector256.GreaterThan(m, Vector256.Create(SquareRootOfTwo));
        m = Vector256.ConditionalSelect(isHigh, m * 0.5, m);
        exponent += isHigh & Vector256.Create(1.0);
        Vector256<double> s = (m - Vector256.Create(1.0)) / (m + Vector256.Create(1.0));
        Vector256<double> square = s * s;
        Vector256<double> sum = Vector256.Create(1.0 / 13);
        sum = sum * square + Vector256.Create(1.0 / 11);
        sum = sum * square + Vector256.Create(1.0 / 9);
        sum = sum * square + Vector256.Create(1.0 / 7);
        sum = sum * square + Vector256.Create(1.0 / 5);
        sum = sum * square + Vector256.Create(1.0 / 3);
        sum = sum * square + Vector256.Create(1.0);
        return exponent * Ln2High + (s * 2.0 * sum + exponent * Ln2Low);
    }

    /// <summary>
    /// ψ(x) = d ln Γ(x) / dx for x from 1e-9 to 1e12. Error below 1e-10 (relative for x below 1). The recurrence
    /// ψ(x) = ψ(x + 6) − Σ 1 / (x + i), the sum as one fraction in t = x² + 5x, then the series DLMF 5.11.2.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Digamma(Vector256<double> x)
    {
        Vector256<double> t = x * (x + Vector256.Create(5.0));
        Vector256<double> product = t * (t + Vector256.Create(4.0)) * (t + Vector256.Create(6.0));
        Vector256<double> slope = (t * 3.0 + Vector256.Create(20.0)) * t + Vector256.Create(24.0);
        Vector256<double> steps = (x + x + Vector256.Create(5.0)) * slope / product;
        Vector256<double> y = x + Vector256.Create(6.0);
        Vector256<double> inverse = Vector256.Create(1.0) / y;
        Vector256<double> square = inverse * inverse;
        Vector256<double> sum = Vector256.Create(1.0 / 132);
        sum = Vector256.Create(1.0 / 240) - sum * square;
        sum = Vector256.Create(1.0 / 252) - sum * square;
        sum = Vector256.Create(1.0 / 120) - sum * square;
        sum = Vector256.Create(1.0 / 12) - sum * square;
        return Log(y) - inverse * 0.5 - sum * square - steps;
    }

    /// <summary>The sum of the four numbers, first half onto second, so that the order is the same everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector256<double> value)
    {
        Vector128<double> half = value.GetLower() + value.GetUpper();
        return half.ToScalar() + half.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Max(Vector256<double> value)
    {
        Vector128<double> half = Vector128.Max(value.GetLower(), value.GetUpper());
        return Math.Max(half.ToScalar(), half.GetElement(1));
    }

    /// <summary>So many numbers, filled up to whole vectors.</summary>
    public static int Padded(int numbers) => (numbers + Count - 1) / Count * Count;
}
