using System.Globalization;

namespace ChainSpace.Protocol.Formats;

/// <summary>
/// A number between two bounds in equal steps, <c>number:0..100/1~5</c>: from 0 to 100 in steps of 1, and answers that
/// differ by 5 or less agree. The code counts steps from the lower bound.
/// </summary>
/// <param name="Lowest">Smallest answer.</param>
/// <param name="Step">Difference between two neighbouring answers, above zero.</param>
/// <param name="Steps">How many steps there are from the smallest answer to the largest.</param>
/// <param name="Tolerance">Steps by which answers may differ and still agree.</param>
public sealed record NumberFormat(decimal Lowest, decimal Step, int Steps, int Tolerance) : ResponseFormat
{
    /// <summary>Most steps from the smallest answer to the largest.</summary>
    public const int MostSteps = 1_000_000_000;

    private const string Prefix = "number:";
    private const decimal Largest = 1_000_000_000_000m;
    private const int Digits = 6;

    public override bool Accepts(uint code) => code <= Steps;

    /// <summary>1 within the tolerance; beyond it half of tolerance over distance, so that no such answer agrees.</summary>
    public override double Similarity(int code, int answer)
    {
        int distance = Math.Abs(code - answer);
        return distance <= Tolerance ? 1 : Coherent * Tolerance / distance;
    }

    public override string Write(int code) => (Lowest + code * Step).ToString("0.######", CultureInfo.InvariantCulture);

    public override uint? Read(string answer)
    {
        if (ReadDecimal(answer) is not { } value) return null;
        decimal steps = (value - Lowest) / Step;
        return steps >= 0 && steps <= Steps && steps % 1 == 0 ? (uint)steps : null;
    }

    /// <summary>Null where the text is no such format, or has more than a thousand million steps.</summary>
    internal static NumberFormat? TryRead(string text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        string[] sides = text[Prefix.Length..].Split('~');
        string[] scale = sides[0].Split('/');
        string[] bounds = scale[0].Split("..");
        if (sides.Length != 2 || scale.Length != 2 || bounds.Length != 2) return null;
        if (ReadDecimal(bounds[0]) is not { } lowest || ReadDecimal(bounds[1]) is not { } highest) return null;
        if (ReadDecimal(scale[1]) is not { } step || ReadDecimal(sides[1]) is not { } tolerance) return null;
        if (step <= 0 || highest <= lowest || tolerance < 0) return null;
        (decimal steps, decimal near) = ((highest - lowest) / step, tolerance / step);
        bool isWhole = steps % 1 == 0 && near % 1 == 0 && steps <= MostSteps && near <= steps;
        return isWhole ? new NumberFormat(lowest, step, (int)steps, (int)near) : null;
    }

    // One spelling for each number, so that a format is equal where its text is.
    private static decimal? ReadDecimal(string text)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, style, CultureInfo.InvariantCulture, out decimal value)) return null;
        bool isCanonical = Math.Abs(value) <= Largest && value.Scale <= Digits
            && value.ToString("0.######", CultureInfo.InvariantCulture) == text;
        return isCanonical ? value : null;
    }
}
