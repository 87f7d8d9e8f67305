using System.Text.Json;
using Json.Schema;

namespace ChainSpace.Node.Intake;

/// <summary>The JSON Schema that the answers to a poll must fit.</summary>
internal static class AnswerSchema
{
    private const int TextLimit = 16_384;

    /// <summary>What is wrong with a schema; null where it is one.</summary>
    public static string? Fault(JsonElement schema)
    {
        string text = schema.GetRawText();
        if (text.Length > TextLimit) return "the schema must have at most 16384 characters";
        // A reference to elsewhere would have the node fetch what a stranger names.
        if (text.Contains("$ref", StringComparison.Ordinal) || text.Contains("$dynamicRef", StringComparison.Ordinal))
            return "the schema must not refer to others";
        return TryRead(schema) is null ? "the schema is no JSON Schema" : null;
    }

    public static bool Fits(JsonSchema schema, JsonElement answer) =>
        schema.Evaluate(answer, new EvaluationOptions { OutputFormat = OutputFormat.Flag }).IsValid;

    /// <summary>Null where it is none.</summary>
    public static JsonSchema? TryRead(JsonElement schema)
    {
        try
        {
            return JsonSchema.FromText(schema.GetRawText(), new BuildOptions { SchemaRegistry = new SchemaRegistry() });
        }
        catch (Exception exception) when (IsMisspelt(exception))
        {
            return null;
        }
    }

    private static bool IsMisspelt(Exception exception) =>
        exception is JsonException or JsonSchemaException or ArgumentException or FormatException;
}
