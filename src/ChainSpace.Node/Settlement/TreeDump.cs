using System.Collections.Immutable;
using System.Text.Json;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// Trees as <c>StandardMerkleTree.dump()</c> of <c>@openzeppelin/merkle-tree</c> writes them, so that others can check
/// them and prove by them.
/// </summary>
internal static class TreeDump
{
    private const string Format = "standard-v1";

    /// <param name="types">Solidity types of a leaf's values.</param>
    /// <param name="nodes">The tree, root first.</param>
    /// <param name="leaves">Each leaf's values as texts, and its place in the tree.</param>
    public static void Write(
        Stream target, ImmutableArray<string> types, ReadOnlySpan<Bytes32> nodes, IEnumerable<(string[] Values, int Node)> leaves)
    {
        using Utf8JsonWriter json = new(target);
        json.WriteStartObject();
        json.WriteString("format", Format);
        WriteTexts(json, "leafEncoding", types);
        json.WriteStartArray("tree");
        foreach (Bytes32 node in nodes) json.WriteStringValue(node.ToString());
        json.WriteEndArray();
        json.WriteStartArray("values");
        foreach ((string[] values, int node) in leaves)
        {
            json.WriteStartObject();
            WriteTexts(json, "value", values);
            json.WriteNumber("treeIndex", node);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The values of all leaves.</summary>
    /// <exception cref="FormatException">It is no such dump.</exception>
    public static string[][] Read(byte[] dump)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(dump);
            return
            [
                .. document.RootElement.GetProperty("values").EnumerateArray().Select(static leaf =>
                    leaf.GetProperty("value").EnumerateArray().Select(TextOf).ToArray()),
            ];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("It is no dump of a tree.", exception);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string TextOf(JsonElement value) =>
        value.GetString() ?? throw new FormatException("A leaf consists of texts.");
}
