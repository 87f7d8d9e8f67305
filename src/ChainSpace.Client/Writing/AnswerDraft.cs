using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;

namespace ChainSpace.Client.Writing;

/// <summary>An answer in a voter's own words, for polls of the formats text, url, json and file.</summary>
public sealed record AnswerDraft
{
    private readonly JsonObject json;

    private AnswerDraft(string kind, JsonNode value) => json = new JsonObject { [kind] = value };

    public static AnswerDraft Text(string text) => new("text", JsonValue.Create(text));

    public static AnswerDraft Url(string url) => new("url", JsonValue.Create(url));

    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static AnswerDraft Json(string text) => new("json", JsonNode.Parse(text)!);

    /// <param name="type">Media type, such as <c>image/png</c>.</param>
    public static AnswerDraft File(string name, string type, ReadOnlySpan<byte> bytes) => new("file", new JsonObject
    {
        ["name"] = name,
        ["type"] = type,
        ["bytes"] = Convert.ToBase64String(bytes),
    });

    /// <summary>Salt ‖ JSON, which travels beside the vote; its hash is the salt of the vote's opening.</summary>
    public ImmutableArray<byte> Attachment(Bytes32 salt) =>
        [.. salt.ToArray(), .. JsonSerializer.SerializeToUtf8Bytes(json, AnswerJson.Default.JsonObject)];

    /// <summary>What the answer counts as; null where it is none.</summary>
    public OpenAnswer? Read() => OpenAnswer.TryRead(Attachment(default).AsSpan(), out OpenAnswer? answer) ? answer : null;
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonObject))]
internal sealed partial class AnswerJson : System.Text.Json.Serialization.JsonSerializerContext;
