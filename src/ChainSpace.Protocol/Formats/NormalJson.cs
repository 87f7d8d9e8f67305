using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChainSpace.Protocol.Formats;

/// <summary>JSON in the one spelling of RFC 8785 (JCS): members sorted, no blanks, numbers as ECMAScript writes them.</summary>
internal static class NormalJson
{
    /// <summary>Null where a member occurs twice, or a number is beyond what a double holds.</summary>
    public static byte[]? Of(JsonElement value)
    {
        StringBuilder text = new();
        return Write(text, value) ? Encoding.UTF8.GetBytes(text.ToString()) : null;
    }

    private static bool Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return WriteObject(text, value);
            case JsonValueKind.Array:
                return WriteArray(text, value);
            case JsonValueKind.String:
                WriteString(text, value.GetString()!);
                return true;
            case JsonValueKind.Number:
                if (!value.TryGetDouble(out double number) || !double.IsFinite(number)) return false;
                text.Append(Number(number));
                return true;
            default:
                text.Append(value.GetRawText());
                return true;
        }
    }

    private static bool WriteObject(StringBuilder text, JsonElement value)
    {
        JsonProperty[] members = [.. value.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal)];
        text.Append('{');
        for (int i = 0; i < members.Length; i++)
        {
            if (i > 0 && members[i].Name == members[i - 1].Name) return false;
            if (i > 0) text.Append(',');
            WriteString(text, members[i].Name);
            text.Append(':');
            if (!Write(text, members[i].Value)) return false;
        }

        text.Append('}');
        return true;
    }

    private static bool WriteArray(StringBuilder text, JsonElement value)
    {
        text.Append('[');
        bool isFirst = true;
        foreach (JsonElement each in value.EnumerateArray())
        {
            if (!isFirst) text.Append(',');
            isFirst = false;
            if (!Write(text, each)) return false;
        }

        text.Append(']');
        return true;
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    // ECMA-262, Number::toString: plain digits from 1e-6 to below 1e21, an exponent beyond.
    private static string Number(double value)
    {
        if (value == 0) return "0";
        string[] parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        string all = parts[0].Replace(".", "", StringComparison.Ordinal), digits = all.Trim('0');
        int exponent = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0)
            + (point < 0 ? all.Length : point) - 1 - all.IndexOf(digits[0], StringComparison.Ordinal);
        return (value < 0 ? "-" : "") + Spell(digits, exponent);
    }

    // Digits d1 d2 … stand for d1.d2… times ten to the exponent.
    private static string Spell(string digits, int exponent) => exponent switch
    {
        >= 21 or < -6 => string.Concat(
            digits[..1], digits.Length > 1 ? "." + digits[1..] : "", exponent < 0 ? "e" : "e+",
            exponent.ToString(CultureInfo.InvariantCulture)),
        >= 0 when digits.Length <= exponent + 1 => digits.PadRight(exponent + 1, '0'),
        >= 0 => $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
        _ => $"0.{new string('0', -exponent - 1)}{digits}",
    };
}
