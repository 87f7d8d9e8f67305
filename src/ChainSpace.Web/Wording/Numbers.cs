using System.Globalization;

namespace ChainSpace.Web.Wording;

/// <summary>Shares and counts as people read them, and as SVG wants them.</summary>
internal static class Numbers
{
    public static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(share, 0, 1) * 100:0.#} %");

    /// <summary>A target in hundredths of a percent.</summary>
    public static string Target(int hundredths) => Percent(hundredths / 10_000.0);

    public static string Length(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(share, 0, 1) * 100:0.##}");

    public static string Count(int number, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many)}");

    public static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count that came as text; thousands apart.</summary>
    public static string Count(string digits) => Amounts.Format(digits, 0);

    /// <inheritdoc cref="Count(string)"/>
    public static string Count(string digits, string one, string many) => $"{Count(digits)} {(digits == "1" ? one : many)}";

    public static string Short(string id) => id.Length <= 14 ? id : $"{id[..6]}…{id[^4..]}";
}
