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

    /// <summary>Two places at least, where the currency has them; more only as far as they say something.</summary>
    public string Say(Amount amount)
    {
        string digits = amount.Units.ToString(CultureInfo.InvariantCulture).PadLeft(Decimals + 1, '0');
        if (Decimals == 0) return $"{digits} {Symbol}";
        string fraction = digits[^Decimals..].TrimEnd('0').PadRight(Math.Min(Places, Decimals), '0');
        return $"{digits[..^Decimals]}.{fraction} {Symbol}";
    }
}
