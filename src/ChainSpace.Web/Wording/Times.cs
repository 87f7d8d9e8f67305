using System.Globalization;

namespace ChainSpace.Web.Wording;

/// <summary>Moments in words. A moment that cannot be read is shown as it came.</summary>
internal static class Times
{
    private const long LastMillisecond = 253_402_300_799_999; // End of the year 9999, where dates of the platform end.

    public static DateTimeOffset? Read(string milliseconds) =>
        long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= LastMillisecond
            ? DateTimeOffset.FromUnixTimeMilliseconds(value)
            : null;

    public static string Exact(DateTimeOffset time) =>
        time.ToString("d MMMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Machine(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Relative(DateTimeOffset time, DateTimeOffset now)
    {
        TimeSpan distance = (time - now).Duration();
        if (distance < TimeSpan.FromSeconds(10)) return "just now";

        string length = Length(distance);
        return time > now ? $"in {length}" : $"{length} ago";
    }

    private static string Length(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => Count(time.Seconds, "second"),
        { TotalHours: < 1 } => Count(time.Minutes, "minute"),
        // What is nearly twice as long must not read like half of it.
        { TotalHours: < 3 } => Count(time.Hours, "hour") + Rest(time.Minutes, "minute"),
        { TotalDays: < 1 } => Count(time.Hours, "hour"),
        { TotalDays: < 3 } => Count(time.Days, "day") + Rest(time.Hours, "hour"),
        { TotalDays: < 60 } => Count(time.Days, "day"),
        { TotalDays: < 730 } => Count(time.Days / 30, "month"),
        _ => Count(time.Days / 365, "year"),
    };

    private static string Rest(int number, string unit) => number == 0 ? "" : " " + Count(number, unit);

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
