using System.Text.Json.Serialization;
using ChainSpace.Client.Keys;

namespace ChainSpace.Client.Http;

/// <summary>One answer to one message, whichever of its two forms it has.</summary>
internal sealed record WireAnswer(string? Id, string? Index, string? Moment, int? Status, string? Code, string? Detail);

/// <summary>What this project reads and writes, but nobody else needs to.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    WriteIndented = true)]
[JsonSerializable(typeof(WireAnswer))]
[JsonSerializable(typeof(KeyFileDocument))]
internal sealed partial class WireJson : JsonSerializerContext;
