using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ChainSpace.Protocol.Credentials;

namespace ChainSpace.Protocol.Filters;

/// <summary>
/// Reads a filter from JSON (spec/filters.md): each condition is an object with one member, its kind. What is too deep, too
/// long or misspelt is a fault that names the member. Never throws for what strangers send.
/// </summary>
public sealed class FilterReader
{
    /// <summary>Longest text, in bytes.</summary>
    public const int SizeLimit = 8_192;

    /// <summary>Most conditions within each other.</summary>
    public const int DepthLimit = 6;

    /// <summary>Most conditions altogether.</summary>
    public const int NodeLimit = 64;

    /// <summary>Most values of one <c>in</c>.</summary>
    public const int ValueLimit = 256;

    private const string Kinds = "one of all, any, not, attribute, age, reputation, receipts, took-part, personhood";

    private FilterFault? fault;
    private int nodes;

    private FilterReader()
    {
    }

    /// <summary>The filter of a text; on false, <paramref name="fault"/> says what is wrong.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> json, [NotNullWhen(true)] out Filter? filter, [NotNullWhen(false)] out FilterFault? fault)
    {
        filter = null;
        fault = json.Length > SizeLimit ? new FilterFault("", $"at most {SizeLimit} bytes") : null;
        if (fault is not null) return false;
        // Each condition takes two levels of JSON at most, and a list one more.
        if (StrictJson.TryRead(json, 3 * DepthLimit + 3, out JsonElement root)) return TryRead(root, out filter, out fault);
        fault = new FilterFault("", "JSON in which no object has a member twice, and not deeper than a filter may be");
        return false;
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out Filter?, out FilterFault?)"/>
    public static bool TryRead(
        JsonElement json, [NotNullWhen(true)] out Filter? filter, [NotNullWhen(false)] out FilterFault? fault)
    {
        FilterReader reader = new();
        filter = reader.Read(json, "", 1);
        fault = reader.fault;
        return filter is not null && fault is null;
    }

    private Filter? Read(JsonElement json, string path, int depth)
    {
        if (++nodes > NodeLimit) return Fail(path, $"at most {NodeLimit} conditions altogether");
        if (depth > DepthLimit) return Fail(path, $"at most {DepthLimit} conditions within each other");
        if (json.ValueKind != JsonValueKind.Object || json.GetPropertyCount() != 1)
            return Fail(path, $"an object with one member, {Kinds}");
        JsonProperty kind = json.EnumerateObject().First();
        string below = $"{path}/{Escape(kind.Name)}";
        return kind.Name switch
        {
            "all" => ReadParts(kind.Value, below, depth) is { } parts ? new Filter.All(parts) : null,
            "any" => ReadParts(kind.Value, below, depth) is { } parts ? new Filter.Any(parts) : null,
            "not" => Read(kind.Value, below, depth + 1) is { } part ? new Filter.Not(part) : null,
            "took-part" => ReadTask(kind.Value, below),
            "attribute" or "age" or "reputation" or "receipts" or "personhood" => ReadLeaf(kind, below),
            _ => Fail(below, Kinds),
        };
    }

    private ImmutableArray<Filter>? ReadParts(JsonElement json, string path, int depth)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() == 0)
        {
            Fail(path, "a list of at least one condition");
            return null;
        }

        ImmutableArray<Filter>.Builder parts = ImmutableArray.CreateBuilder<Filter>();
        foreach (JsonElement each in json.EnumerateArray())
        {
            if (Read(each, $"{path}/{parts.Count}", depth + 1) is not { } part) return null;
            parts.Add(part);
        }

        return parts.ToImmutable();
    }

    private Filter? ReadTask(JsonElement json, string path) =>
        json.ValueKind == JsonValueKind.String && Bytes32.TryParse(json.GetString(), out Bytes32 id)
            ? new Filter.TookPart(new TaskId(id))
            : Fail(path, "the id of a task");

    private Filter? ReadLeaf(JsonProperty kind, string path)
    {
        if (kind.Value.ValueKind != JsonValueKind.Object) return Fail(path, "an object with a comparison");
        LeafReader leaf = new(kind.Value, path);
        Filter? read = kind.Name switch
        {
            "attribute" => leaf.Attribute(),
            "age" => leaf.Bound(0, 150) is { } bound ? new Filter.Age(bound) : null,
            "personhood" => leaf.Personhood(),
            "reputation" => leaf.InCategory(1) is { } each ? new Filter.Reputation(each.Category, each.Bound) : null,
            _ => leaf.InCategory(int.MaxValue) is { } each ? new Filter.Receipts(each.Category, each.Bound) : null,
        };
        fault ??= leaf.Fault ?? leaf.Surplus();
        return fault is null ? read : null;
    }

    private Filter? Fail(string path, string because)
    {
        fault ??= new FilterFault(path, because);
        return null;
    }

    internal static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
