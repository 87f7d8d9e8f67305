using System.Globalization;
using System.Numerics;
using System.Text;

namespace ChainSpace.Web.Wording;

/// <summary>Amounts as people read them. Works on the digits, so no amount is too large and none is rounded.</summary>
internal static class Amounts
{
    private const int ShownAlways = 2;

    /// <summary>Minor units with the point placed and thousands apart: 1234500, 2 → 1,234.50.</summary>
    public static string Format(string units, int decimals)
    {
        if (units.Length == 0 || !units.All(char.IsAsciiDigit)) return units;

        string digits = units.PadLeft(decimals + 1, '0');
        string whole = GroupThousands(digits[..^decimals].TrimStart('0').PadLeft(1, '0'));
        string fraction = TrimZeros(digits[^decimals..]);
        return fraction.Length == 0 ? whole : $"{whole}.{fraction}";
    }

    /// <summary>
    /// What a part of an amount pays an hour if it takes so many seconds, rounded down twice as docs/payouts.md says; as it came
    /// where it is no amount that a space can hold.
    /// </summary>
    public static string PerHour(string units, int parts, int seconds)
    {
        if (!BigInteger.TryParse(units, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger whole)) return units;
        BigInteger each = whole / Math.Max(1, parts);
        return (each * 3_600 / Math.Max(1, seconds)).ToString(CultureInfo.InvariantCulture);
    }

    // Cents are kept, as on any bill; the long tail of a token's zeros is not.
    private static string TrimZeros(string fraction)
    {
        string trimmed = fraction.TrimEnd('0');
        if (trimmed.Length == 0) return fraction.Length <= ShownAlways ? fraction : "";
        return trimmed.PadRight(Math.Min(ShownAlways, fraction.Length), '0');
    }

    private static string GroupThousands(string digits)
    {
        StringBuilder grouped = new(digits);
        for (int place = digits.Length - 3; place > 0; place -= 3) grouped.Insert(place, ',');
        return grouped.ToString();
    }
}
