using System.Globalization;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Rules;

/// <summary>What a space calls its money, and where the point stands in it.</summary>
public readonly record struct Currency(string Symbol, int Decimals)
{
    private const int Places = 2;

    /// <summary>Where it is not known which space is spoken of.</summary>
    public static Currency Unknown { get; } = new("units", 0);

    /// <summary>Of a space, as its first entry says.</summary>
    public static Currency Of(CreateSpace genesis)
    {
        ArgumentNullException.ThrowIfNull(genesis);
        return new Currency(genesis.Currency, (int)genesis.Decimals);
    }

    /// <summary>
    /// Minor units, or units of the currency where there is a point: <c>1000</c>, <c>10.0</c>. Null where it is neither, or has
    /// more digits behind the point than the currency.
    /// </summary>
    public Amount? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? text : text[..point];
        string fraction = point < 0 ? "" : text[(point + 1)..].TrimEnd('0');
        string digits = point < 0 ? whole : whole + fraction.PadRight(Decimals, '0');
        bool isWritten = point < 0 || (whole.Length > 0 && point < text.Length - 1);
        return isWritten && fraction.Length <= Decimals
            && UInt128.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 units)
            ? new Amount(units)
            : null;
    }

    /// <summary>Two places at least, where the currency has them; more only as far as they say something.</summary>
    public string Say(Amount amount)
    {
        string digits = amount.Units.ToString(CultureInfo.InvariantCulture).PadLeft(Decimals + 1, '0');
        if (Decimals == 0) return $"{digits} {Symbol}";
        string fraction = digits[^Decimals..].TrimEnd('0').PadRight(Math.Min(Places, Decimals), '0');
        return $"{digits[..^Decimals]}.{fraction} {Symbol}";
    }
}
