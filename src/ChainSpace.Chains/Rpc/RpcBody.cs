using System.Buffers;
using System.Text.Json;

namespace ChainSpace.Chains.Rpc;

/// <summary>JSON-RPC 2.0 as bytes: one request alone as an object, several as an array.</summary>
internal static class RpcBody
{
    private const int DepthMax = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = DepthMax, AllowDuplicateProperties = false };

    /// <summary>Numbers the requests from the first id.</summary>
    public static byte[] Write(ReadOnlySpan<RpcRequest> requests, long firstId)
    {
        ArrayBufferWriter<byte> target = new();
        using Utf8JsonWriter writer = new(target);
        if (requests.Length > 1) writer.WriteStartArray();
        foreach (RpcRequest each in requests)
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc"u8, "2.0"u8);
            writer.WriteNumber("id"u8, firstId++);
            writer.WriteString("method"u8, each.Method);
            writer.WriteStartArray("params"u8);
            each.WriteParameters(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        if (requests.Length > 1) writer.WriteEndArray();
        writer.Flush();
        return target.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Reads a response; throws <see cref="JsonException"/> for what is not JSON. Nodes never escape the name of a member,
    /// and the platform throws another exception at names with half a surrogate pair, so such names are not read.
    /// </summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> response)
    {
        Utf8JsonReader reader = new(response.Span, new JsonReaderOptions { MaxDepth = DepthMax });
        while (reader.Read())
            if (reader is { TokenType: JsonTokenType.PropertyName, ValueIsEscaped: true })
                throw new JsonException("An escaped name.");
        return JsonDocument.Parse(response, Strict);
    }

    /// <summary>Puts each result in the place of its id; a fault unless every id is answered exactly once.</summary>
    public static RpcFault? Match(JsonElement response, long firstId, Span<Answer<JsonElement>> results)
    {
        // A server that refuses a batch as a whole answers with one error that bears no id.
        if (response.ValueKind == JsonValueKind.Object && results.Length > 1)
            return ReadError(response) ?? new RpcFault.Malformed("One result for many requests.");

        Span<bool> isSeen = new bool[results.Length];
        if (response.ValueKind == JsonValueKind.Object) return Place(response, firstId, results, isSeen);
        if (response.ValueKind != JsonValueKind.Array || results.Length == 1)
            return new RpcFault.Malformed("The response has the wrong shape.");
        if (response.GetArrayLength() != results.Length)
            return new RpcFault.Malformed("The response has another length than the batch.");
        foreach (JsonElement each in response.EnumerateArray())
            if (Place(each, firstId, results, isSeen) is { } fault) return fault;
        return null;
    }

    private static RpcFault? Place(JsonElement reply, long firstId, Span<Answer<JsonElement>> results, Span<bool> isSeen)
    {
        if (reply.ValueKind != JsonValueKind.Object) return new RpcFault.Malformed("A reply is not an object.");
        bool hasId = reply.TryGetProperty("id"u8, out JsonElement idText);
        RpcFault? error = ReadError(reply);
        if (results.Length == 1 && error is not null && (!hasId || idText.ValueKind == JsonValueKind.Null)) return error;
        if (!hasId || idText.ValueKind != JsonValueKind.Number || !idText.TryGetInt64(out long id))
            return new RpcFault.Malformed("A reply has no id.");
        if (id < firstId || id >= firstId + results.Length || isSeen[(int)(id - firstId)])
            return new RpcFault.Malformed("A reply answers something that was not asked.");

        int place = (int)(id - firstId);
        isSeen[place] = true;
        if (error is null && !reply.TryGetProperty("result"u8, out _))
            return new RpcFault.Malformed("A reply has neither result nor error.");
        results[place] = error is not null ? error : reply.GetProperty("result"u8);
        return null;
    }

    private static RpcFault? ReadError(JsonElement reply)
    {
        if (!reply.TryGetProperty("error"u8, out JsonElement error) || error.ValueKind == JsonValueKind.Null) return null;
        if (error.ValueKind != JsonValueKind.Object) return new RpcFault.Malformed("An error is not an object.");
        bool hasCode = error.TryGetProperty("code"u8, out JsonElement codeText) && codeText.ValueKind == JsonValueKind.Number;
        long code = hasCode && codeText.TryGetInt64(out long number) ? number : 0;
        string message = Wire.TryText(error, "message"u8) ?? "";
        return Revert.Read(code, message, error) is { } reason
            ? new RpcFault.Reverted(reason)
            : new RpcFault.NodeError(code, message);
    }
}
