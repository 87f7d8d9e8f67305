using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Protocol.Formats;

/// <summary>
/// An answer in the voter's own words, as it travels beside the vote: 32 bytes of salt, then JSON with one member named as the
/// format: <c>text</c>, <c>url</c>, <c>json</c>, or <c>file</c> (name, type and bytes in base64). See spec/formats.md.
/// </summary>
public sealed record OpenAnswer
{
    /// <summary>Longest text, in UTF-16 units.</summary>
    public const int TextLimit = 20_000;

    private OpenAnswer(string kind, string shown, byte[] normal) => (Kind, Shown, NormalForm) = (kind, shown, normal);

    /// <summary><c>text</c>, <c>url</c>, <c>json</c> or <c>file</c>.</summary>
    public string Kind { get; }

    /// <summary>What people see: the text, address or JSON as it was given; of a file its name and SHA-256.</summary>
    public string Shown { get; }

    /// <summary>What makes two answers the same; of a file the SHA-256 of its bytes.</summary>
    public ReadOnlyMemory<byte> NormalForm { get; }

    /// <summary>
    /// The first 31 bits of SHA-256(kind ‖ 0 ‖ normal form), less one where that is 2³¹ − 1. Whoever makes two answers of one
    /// code, which takes some 2³¹ tries, has two answers that count as one.
    /// </summary>
    public uint Code
    {
        get
        {
            byte[] bytes = [.. Encoding.ASCII.GetBytes(Kind), 0, .. NormalForm.Span];
            uint code = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(bytes)) >> 1;
            return code < ResponseFormat.CodeLimit ? code : code - 1;
        }
    }

    /// <summary>Reads an attachment; false where it is no answer.</summary>
    public static bool TryRead(ReadOnlySpan<byte> attachment, [NotNullWhen(true)] out OpenAnswer? answer)
    {
        answer = null;
        if (attachment.Length <= SaltedContent.SaltSize) return false;
        try
        {
            JsonDocumentOptions limits = new() { MaxDepth = 32 };
            using JsonDocument json = JsonDocument.Parse(attachment[SaltedContent.SaltSize..].ToArray(), limits);
            answer = json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : null;
        }
        catch (Exception exception) when (IsMisspelt(exception))
        {
            // Told by the answer being null.
        }

        return answer is not null;
    }

    // No JSON, another type of value than the member's, a string that is no text, or a member that is missing.
    private static bool IsMisspelt(Exception exception) =>
        exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException;

    private static OpenAnswer? Read(JsonElement root)
    {
        JsonProperty[] members = [.. root.EnumerateObject()];
        if (members is not [JsonProperty only]) return null;
        return only.Name switch
        {
            "text" => Text(only.Value.GetString()),
            "url" => Url(only.Value.GetString()),
            "json" => Json(only.Value),
            "file" => File(only.Value),
            _ => null,
        };
    }

    private static OpenAnswer? Text(string? text)
    {
        if (text is not { Length: > 0 and <= TextLimit }) return null;
        string normal = NormalText.Of(text);
        return normal.Length == 0 ? null : new OpenAnswer("text", text, Encoding.UTF8.GetBytes(normal));
    }

    private static OpenAnswer? Url(string? url)
    {
        if (url is not { Length: > 0 and <= 2_000 } || NormalUrl.Of(url) is not { } normal) return null;
        return new OpenAnswer("url", url, Encoding.UTF8.GetBytes(normal));
    }

    private static OpenAnswer? Json(JsonElement value)
    {
        string text = value.GetRawText();
        return NormalJson.Of(value) is { } normal ? new OpenAnswer("json", text, normal) : null;
    }

    private static OpenAnswer? File(JsonElement file)
    {
        string? name = file.GetProperty("name").GetString();
        if (name is not { Length: > 0 and <= 200 } || file.GetProperty("type").GetString() is not { Length: <= 100 }) return null;
        byte[] hash = SHA256.HashData(file.GetProperty("bytes").GetBytesFromBase64());
        return new OpenAnswer("file", $"{name} (sha256 {Hex.Encode(hash)})", hash);
    }
}
