using System.Collections.Immutable;
using System.Text.Json;

namespace ChainSpace.Protocol.Credentials;

/// <summary>What an attribute says: a text, a number, yes or no, or several texts.</summary>
public abstract record AttributeValue
{
    /// <summary>Longest text, in UTF-16 units.</summary>
    public const int TextLimit = 64;

    /// <summary>Most texts of one attribute.</summary>
    public const int ManyLimit = 32;

    private AttributeValue() { }

    /// <summary>1 to 64 characters, none of them a control character.</summary>
    public sealed record Text(string Value) : AttributeValue;

    /// <summary>Finite.</summary>
    public sealed record Number(double Value) : AttributeValue;

    public sealed record Flag(bool Value) : AttributeValue;

    /// <summary>1 to 32 texts.</summary>
    public sealed record Many(ImmutableArray<string> Values) : AttributeValue
    {
        public bool Equals(Many? other) => other is not null && Values.SequenceEqual(other.Values);

        public override int GetHashCode() => Values.Aggregate(0, static (hash, each) => HashCode.Combine(hash, each));
    }

    /// <summary>Null for JSON that is no value of an attribute.</summary>
    public static AttributeValue? Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => IsText(json.GetString()!) ? new Text(json.GetString()!) : null,
        JsonValueKind.Number => json.TryGetDouble(out double number) && double.IsFinite(number) ? new Number(number) : null,
        JsonValueKind.True => new Flag(true),
        JsonValueKind.False => new Flag(false),
        JsonValueKind.Array => ReadMany(json),
        _ => null,
    };

    /// <summary>Its texts: one, several, or none for a number or a flag.</summary>
    public ImmutableArray<string> Texts => this switch
    {
        Text text => [text.Value],
        Many many => many.Values,
        Number or Flag => [],
    };

    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (this)
        {
            case Text text:
                writer.WriteStringValue(text.Value);
                break;
            case Number number:
                writer.WriteNumberValue(number.Value);
                break;
            case Flag flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case Many many:
                writer.WriteStartArray();
                foreach (string each in many.Values) writer.WriteStringValue(each);
                writer.WriteEndArray();
                break;
        }
    }

    private static Many? ReadMany(JsonElement json)
    {
        if (json.GetArrayLength() is < 1 or > ManyLimit) return null;
        bool areTexts = json.EnumerateArray()
            .All(static each => each.ValueKind == JsonValueKind.String && IsText(each.GetString()!));
        return areTexts ? new Many([.. json.EnumerateArray().Select(static each => each.GetString()!)]) : null;
    }

    private static bool IsText(string text) => text.Length is > 0 and <= TextLimit && !text.Any(char.IsControl);
}
