using System.Globalization;

namespace ChainSpace.Client.Reading;

/// <summary>Spans of time as people say them, to the second: <c>1 day 2 hours</c>.</summary>
public static class Spans
{
    private static readonly (long Seconds, string Name)[] Units =
        [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")];

    public static string OfSeconds(long seconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seconds);
        if (seconds == 0) return "less than a second";
        List<string> parts = [];
        foreach ((long length, string name) in Units)
        {
            if (seconds >= length) parts.Add(Count(seconds / length, name));
            seconds %= length;
        }

        return string.Join(' ', parts);
    }

    public static string OfMilliseconds(long milliseconds) => OfSeconds(milliseconds / 1_000);

    /// <summary>Milliseconds as the API writes them; other text stays as it is.</summary>
    public static string OfMilliseconds(string milliseconds) =>
        long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? OfMilliseconds(number)
            : milliseconds;

    private static string Count(long number, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {name}{(number == 1 ? "" : "s")}");
}
