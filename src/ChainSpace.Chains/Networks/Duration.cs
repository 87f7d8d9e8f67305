using System.Globalization;

namespace ChainSpace.Chains.Networks;

/// <summary>A span of time as people write it: <c>90s</c>, <c>30m</c>, <c>12h</c>, <c>7d</c>.</summary>
public static class Duration
{
    private const int Longest = 1_000_000;

    /// <summary>Reads a whole number, up to a million, with its unit; null for anything else.</summary>
    public static TimeSpan? Read(string? text)
    {
        if (text is not { Length: >= 2 }) return null;
        bool isNumber = int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        if (!isNumber || number > Longest) return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
    }

    /// <summary>The same for reading: whole units where there are any, and seconds as they are below a minute.</summary>
    public static string Write(TimeSpan span) => span switch
    {
        _ when span < TimeSpan.FromMinutes(2) => Say(span.TotalSeconds, "s"),
        _ when span < TimeSpan.FromHours(2) => Say(span.TotalMinutes, "min"),
        _ when span < TimeSpan.FromDays(2) => Say(span.TotalHours, "h"),
        _ => Say(span.TotalDays, "days"),
    };

    private static string Say(double number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:0.#} {unit}");
}
