using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace ChainSpace.Protocol.Credentials;

// JSON of strangers: one object, no member twice, not deep. A member that two readers could see differently is refused.
internal static class StrictJson
{
    public const int Depth = 12;

    public static bool TryReadObject(ReadOnlyMemory<byte> bytes, out JsonElement root) =>
        TryRead(bytes, out root) && root.ValueKind == JsonValueKind.Object;

    public static bool TryRead(ReadOnlyMemory<byte> bytes, out JsonElement root) => TryRead(bytes, Depth, out root);

    public static bool TryRead(ReadOnlyMemory<byte> bytes, int depth, out JsonElement root)
    {
        root = default;
        try
        {
            JsonDocumentOptions options = new() { AllowDuplicateProperties = false, MaxDepth = depth };
            using JsonDocument document = JsonDocument.Parse(bytes, options);
            root = document.RootElement.Clone();
            return AreTextsWhole(root);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static bool TryText(JsonElement parent, string name, [NotNullWhen(true)] out string? text)
    {
        bool isText = parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement member)
            && member.ValueKind == JsonValueKind.String;
        text = isText ? parent.GetProperty(name).GetString() : null;
        return isText;
    }

    /// <summary>Seconds since 1970 (RFC 7519 §2, NumericDate), whole ones only.</summary>
    public static long? Seconds(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.Number
        && member.TryGetInt64(out long seconds) && seconds is >= 0 and < 253_402_300_800
            ? seconds
            : null;

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer)) write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    // Bytes that are no UTF-8, and escaped halves of a character, are found only where the text is asked for.
    private static bool AreTextsWhole(JsonElement element)
    {
        try
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.String:
                    return element.GetString() is not null;
                case JsonValueKind.Array:
                    return element.EnumerateArray().All(AreTextsWhole);
                case JsonValueKind.Object:
                    return element.EnumerateObject().All(static each => each.Name is not null && AreTextsWhole(each.Value));
                default:
                    return true;
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or DecoderFallbackException)
        {
            return false;
        }
    }
}
