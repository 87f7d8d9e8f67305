using System.Text.Json;

namespace ChainSpace.Node.Api;

/// <summary>Cuts a JSON array into the bytes of its elements, untouched, for their spelling matters.</summary>
internal static class JsonArray
{
    /// <summary>Most elements of one array; of longer ones, one more than this is read.</summary>
    public const int ElementLimit = 20_000;

    /// <summary>The elements, or null where the body is no array of objects.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Split(ReadOnlyMemory<byte> body)
    {
        List<ReadOnlyMemory<byte>> elements = [];
        try
        {
            Utf8JsonReader reader = new(body.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return null;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject) return null;
                if (elements.Count > ElementLimit) return elements;
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                elements.Add(body[start..(int)reader.BytesConsumed]);
            }

            return reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? elements : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
