namespace ChainSpace.Protocol.Numbers;

/// <summary>The Beta(a, b) distribution behind <see cref="DeterministicMath.BetaQuantile"/>.</summary>
internal static class BetaDistribution
{
    private const double TwoPi = 6.283185307179586;
    private const double SmallestDivisor = 1e-300;
    private const double Precision = 2.220446049250313e-16;
    private const int FractionSteps = 20_000;
    private const int QuantileSteps = 100;

    public static double Regularized(double value, double a, double b)
    {
        ThrowIfNoShape(a);
        ThrowIfNoShape(b);
        if (double.IsNaN(value)) throw new ArgumentOutOfRangeException(nameof(value));
        if (value <= 0) return 0;
        if (value >= 1) return 1;

        // The fraction converges fast below the mean only; above it the mirrored distribution is used.
        double power = Power(value, a, b);
        return value < (a + 1) / (a + b + 2)
            ? power * Fraction(value, a, b) / a
            : 1 - power * Fraction(1 - value, b, a) / b;
    }

    public static double Quantile(double probability, double a, double b)
    {
        ThrowIfNoShape(a);
        ThrowIfNoShape(b);
        if (!(probability >= 0 && probability <= 1)) throw new ArgumentOutOfRangeException(nameof(probability));
        if (probability is 0 or 1) return probability;

        double low = 0;
        double high = 1;
        double value = a / (a + b);
        for (int step = 0; step < QuantileSteps; step++)
        {
            double excess = Regularized(value, a, b) - probability;
            if (excess < 0) low = value;
            else high = value;

            double next = value - excess * value * (1 - value) / Power(value, a, b);
            if (!(next > low && next < high)) next = (low + high) / 2;
            double move = next - value;
            value = next;
            if (move <= Precision * value && -move <= Precision * value) break;
        }

        return value;
    }

    /// <summary>
    /// xᵃ (1 − x)ᵇ / B(a, b), in the saddle-point form of C. Loader, "Fast and accurate computation of binomial
    /// probabilities" (2000): the large logarithms of the gamma functions cancel on paper instead of in the machine.
    /// </summary>
    private static double Power(double value, double a, double b)
    {
        double total = a + b;
        double exponent = DeterministicMath.StirlingRest(total)
            - DeterministicMath.StirlingRest(a)
            - DeterministicMath.StirlingRest(b)
            - Deviance(a, total * value)
            - Deviance(b, total * (1 - value));
        return DeterministicMath.Exp(exponent) * Math.Sqrt(a / total * b / TwoPi);
    }

    /// <summary>a ln(a / m) + m − a, by its series where a and m are close and the terms would cancel.</summary>
    private static double Deviance(double a, double mean)
    {
        double ratio = (a - mean) / (a + mean);
        if (ratio > 0.1 || ratio < -0.1) return a * DeterministicMath.Log(a / mean) + mean - a;

        double square = ratio * ratio;
        double power = ratio;
        double sum = 0;
        for (int order = 3; order <= 19; order += 2)
        {
            power *= square;
            sum += power / order;
        }

        return (a - mean) * ratio + 2 * a * sum;
    }

    /// <summary>The continued fraction, evaluated forward by Lentz's method.</summary>
    private static double Fraction(double value, double a, double b)
    {
        double numerator = 1;
        double denominator = 1 / AwayFromZero(1 - (a + b) * value / (a + 1));
        double result = denominator;
        for (int step = 1; step <= FractionSteps; step++)
        {
            double position = a + 2 * step;
            double even = step * (b - step) * value / ((position - 1) * position);
            double odd = -(a + step) * (a + b + step) * value / (position * (position + 1));

            denominator = 1 / AwayFromZero(1 + even * denominator);
            numerator = AwayFromZero(1 + even / numerator);
            result *= denominator * numerator;
            denominator = 1 / AwayFromZero(1 + odd * denominator);
            numerator = AwayFromZero(1 + odd / numerator);
            double factor = denominator * numerator;
            result *= factor;
            if (factor - 1 <= Precision && 1 - factor <= Precision) break;
        }

        return result;
    }

    private static double AwayFromZero(double value) =>
        value < SmallestDivisor && value > -SmallestDivisor ? SmallestDivisor : value;

    private static void ThrowIfNoShape(double value)
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(nameof(value), value, "Must be above zero and finite.");
    }
}
