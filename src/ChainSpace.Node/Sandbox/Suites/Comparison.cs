using System.Globalization;
using System.Text.Json.Serialization;

namespace ChainSpace.Node.Sandbox.Suites;

/// <summary>How an output is compared with what is expected.</summary>
public enum Comparison
{
    /// <summary>Byte for byte.</summary>
    [JsonStringEnumMemberName("exact")]
    Exact,

    /// <summary>Line for line; white space at the end of a line and empty lines at the end do not count.</summary>
    [JsonStringEnumMemberName("lines")]
    Lines,

    /// <summary>Word for word, however they are spaced.</summary>
    [JsonStringEnumMemberName("words")]
    Words,

    /// <summary>Word for word; numbers may be off by a millionth of themselves, or a millionth.</summary>
    [JsonStringEnumMemberName("numbers")]
    Numbers,
}

internal static class Comparing
{
    private const double Tolerance = 1e-6;

    public static bool IsRight(this Comparison comparison, string output, string expected) => comparison switch
    {
        Comparison.Exact => output == expected,
        Comparison.Lines => Lines(output).SequenceEqual(Lines(expected)),
        Comparison.Words => Words(output).SequenceEqual(Words(expected)),
        Comparison.Numbers => AreClose(Words(output), Words(expected)),
        _ => throw new ArgumentOutOfRangeException(nameof(comparison)),
    };

    private static IEnumerable<string> Lines(string text) =>
        text.TrimEnd().Split('\n').Select(static line => line.TrimEnd());

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool AreClose(string[] output, string[] expected) =>
        output.Length == expected.Length && output.Zip(expected).All(static pair => IsClose(pair.First, pair.Second));

    private static bool IsClose(string output, string expected)
    {
        if (output == expected) return true;
        return TryRead(output, out double got) && TryRead(expected, out double wanted)
            && Math.Abs(got - wanted) <= Tolerance * Math.Max(1, Math.Abs(wanted));
    }

    private static bool TryRead(string word, out double number) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
