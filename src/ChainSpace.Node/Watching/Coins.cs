using System.Globalization;
using System.Numerics;
using ChainSpace.Chains;

namespace ChainSpace.Node.Watching;

/// <summary>A sum of a chain's coin as people write it: units of 10¹⁸ wei.</summary>
internal readonly record struct Coins(BigInteger Units)
{
    private const int Decimals = 18;

    // More than there is of any coin; the product stays within what a decimal holds.
    private const decimal Most = 10_000_000_000;

    public static Wei? TryRead(string text)
    {
        bool isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number);
        if (!isNumber || number > Most) return null;
        decimal units = number * 1_000_000_000_000_000_000;
        return units == decimal.Truncate(units) ? new Wei((UInt128)units) : null;
    }

    public override string ToString()
    {
        string digits = Units.ToString(CultureInfo.InvariantCulture).PadLeft(Decimals + 1, '0');
        string fraction = digits[^Decimals..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^Decimals] : $"{digits[..^Decimals]}.{fraction}";
    }
}
