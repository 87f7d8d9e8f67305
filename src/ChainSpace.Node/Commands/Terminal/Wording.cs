using System.Globalization;
using ChainSpace.Chains.Networks;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Rules;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>Amounts, times and ids as people write and read them.</summary>
internal static class Wording
{
    private const int ShortId = 10;

    private static readonly string WalletPadding = "0x" + new string('0', 24);

    /// <summary>Minor units; with a decimal point, units of the currency.</summary>
    public static Amount ReadAmount(string text, SpaceView space) =>
        new Currency(space.Currency, space.Decimals).Read(text) ?? throw new Complaint(
            $"'{text}' is no amount; write minor units such as 1000, or a point and at most {space.Decimals} digits after it.");

    public static Amount Units(string units) => new(UInt128.Parse(units, CultureInfo.InvariantCulture));

    public static string Amount(string units, SpaceView space) => Amount(Units(units), space);

    public static string Amount(Amount amount, SpaceView space) => new Currency(space.Currency, space.Decimals).Say(amount);

    /// <summary>A span from now, as <c>90s</c>, <c>30m</c>, <c>12h</c>, <c>7d</c>, or a date (in UTC unless it says).</summary>
    public static Moment ReadMoment(string text, DateTimeOffset now)
    {
        if (Duration.Read(text) is { } span) return new Moment(now.Add(span).ToUnixTimeMilliseconds());
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out DateTimeOffset moment)
            && moment >= DateTimeOffset.UnixEpoch)
            return new Moment(moment.ToUnixTimeMilliseconds());
        throw new Complaint($"'{text}' is no time; write a span such as 30m, 12h or 7d, or a date such as 2027-01-31T18:00.");
    }

    /// <summary>Hundredths of a percent, of a share such as <c>0.95</c> or percents such as <c>95</c> and <c>95%</c>.</summary>
    public static uint ReadConfidence(string text) =>
        TryReadShare(text) is { } share and > 0.5m and < 1m && share * 10_000 % 1 == 0
            ? (uint)(share * 10_000)
            : throw new Complaint($"'{text}' is no confidence; take 0.5001 to 0.9999, with at most four digits.");

    /// <summary>A share such as <c>0.4</c>, or percents such as <c>40</c> and <c>40%</c>; null for what is no number.</summary>
    public static decimal? TryReadShare(string text)
    {
        bool isPercent = text.EndsWith('%');
        string digits = isPercent ? text[..^1] : text;
        const NumberStyles style = NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(digits, style, CultureInfo.InvariantCulture, out decimal share)) return null;
        return isPercent || share > 1 ? share / 100 : share;
    }

    public static string Moment(string milliseconds) =>
        long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long moment)
        && moment <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(moment).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
            : $"{milliseconds} ms";

    public static string Short(string id) => id.Length > ShortId ? id[..ShortId] : id;

    /// <summary>Of a wallet, the address begins after the padding.</summary>
    public static string ShortAccount(string id) =>
        id.StartsWith(WalletPadding, StringComparison.Ordinal)
            ? $"wallet 0x{id[WalletPadding.Length..][..(ShortId - 2)]}"
            : Short(id);

    public static string Count(string number, string one, string many) => $"{number} {(number == "1" ? one : many)}";

    public static string Votes(int number) => number == 1 ? "1 vote" : $"{number} votes";

    public static string Jobs(int number) => number == 1 ? "1 job" : $"{number} jobs";

    public static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);
}
