using System.Collections.Immutable;
using System.Text.Json;
using ChainSpace.Protocol.Credentials;

namespace ChainSpace.Protocol.Filters;

// One condition that has no others within: its members, each read once.
internal sealed class LeafReader(JsonElement json, string path)
{
    private const string Bounds = "one comparison with a number: eq, lt, le, gt or ge";
    private const string Comparisons = "one comparison: eq, lt, le, gt, ge, in or has";
    private const string WorkPrefix = "work/";

    private readonly HashSet<string> read = [];

    public FilterFault? Fault { get; private set; }

    public Filter? Attribute()
    {
        if (Text("name") is not { } name || !AttributeNames.IsName(name))
        {
            Fail("/name", "a name of a-z, 0-9 and hyphen, at most 32 characters");
            return null;
        }

        // An age can be asked for without the day, so the day itself cannot be.
        if (name is AttributeNames.DateOfBirth or AttributeNames.Personhood)
            Fail("/name", "an attribute other than age and personhood");
        AccountId? issuer = Issuer();
        return Comparison() is { } comparison ? new Filter.Attribute(name, comparison, issuer) : null;
    }

    public Filter? Personhood()
    {
        AccountId? issuer = Issuer();
        return Bound(0, 3) is { } bound ? new Filter.Personhood(bound, issuer) : null;
    }

    public (string Category, Bound Bound)? InCategory(double most)
    {
        string? category = Text("category");
        if (category is null || !IsCategory(category)) Fail("/category", "the name of a category");
        return Bound(0, most) is { } bound && Fault is null ? (category!, bound) : null;
    }

    // What jobs prove stands in a category of its own beside that of votes: work/translation.
    private static bool IsCategory(string text) =>
        AttributeNames.IsName(text.StartsWith(WorkPrefix, StringComparison.Ordinal) ? text[WorkPrefix.Length..] : text);

    /// <summary>The one comparison with a number within limits.</summary>
    public Bound? Bound(double least, double most)
    {
        if (Operator() is not { } member || RelationOf(member.Name) is not { } relation)
        {
            Fail("", Bounds);
            return null;
        }

        bool isNumber = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDouble(out double limit)
            && limit >= least && limit <= most;
        if (!isNumber) Fail($"/{member.Name}", $"a number from {least} to {most}");
        return isNumber ? new Bound(relation, member.Value.GetDouble()) : null;
    }

    /// <summary>A member that nobody asked for.</summary>
    public FilterFault? Surplus()
    {
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (read.Contains(member.Name)) continue;
            return new FilterFault($"{path}/{FilterReader.Escape(member.Name)}", "nothing: there is no such member");
        }

        return null;
    }

    private Comparison? Comparison()
    {
        if (Operator() is not { } member)
        {
            Fail("", Comparisons);
            return null;
        }

        return member.Name switch
        {
            "in" => ReadIn(member.Value),
            "has" => ReadHas(member.Value),
            "eq" => AttributeValue.Read(member.Value) is { } value
                ? new Comparison.Equal(value)
                : Fail("/eq", "a text of 1 to 64 characters, a number, true, false, or texts"),
            _ => ReadWithin(member),
        };
    }

    private Comparison? ReadWithin(JsonProperty member)
    {
        bool isNumber = member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetDouble(out double limit)
            && double.IsFinite(limit);
        return isNumber
            ? new Comparison.Within(new Bound(RelationOf(member.Name)!.Value, member.Value.GetDouble()))
            : Fail($"/{member.Name}", "a number");
    }

    private Comparison? ReadIn(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is < 1 or > FilterReader.ValueLimit)
            return Fail("/in", $"a list of 1 to {FilterReader.ValueLimit} values");
        ImmutableArray<AttributeValue>.Builder values = ImmutableArray.CreateBuilder<AttributeValue>();
        foreach (JsonElement each in list.EnumerateArray())
        {
            if (AttributeValue.Read(each) is not { } value) return Fail($"/in/{values.Count}", "a text, a number, true or false");
            values.Add(value);
        }

        return new Comparison.In(values.ToImmutable());
    }

    private Comparison? ReadHas(JsonElement json) => AttributeValue.Read(json) is AttributeValue.Text text
        ? new Comparison.Has(text.Value)
        : Fail("/has", "a text of 1 to 64 characters");

    // Null where there is none, or more than one.
    private JsonProperty? Operator()
    {
        JsonProperty[] found = [.. json.EnumerateObject()
            .Where(static member => member.Name is "in" or "has" || RelationOf(member.Name) is not null)];
        foreach (JsonProperty each in found) read.Add(each.Name);
        return found.Length == 1 ? found[0] : null;
    }

    private AccountId? Issuer()
    {
        if (!json.TryGetProperty("issuer", out _)) return null;
        if (Bytes32.TryParse(Text("issuer"), out Bytes32 id)) return new AccountId(id);
        Fail("/issuer", "an account");
        return null;
    }

    private string? Text(string name)
    {
        read.Add(name);
        return StrictJson.TryText(json, name, out string? text) ? text : null;
    }

    private Comparison? Fail(string below, string because)
    {
        Fault ??= new FilterFault(path + below, because);
        return null;
    }

    private static Relation? RelationOf(string name) => name switch
    {
        "eq" => Relation.Equal,
        "lt" => Relation.Less,
        "le" => Relation.AtMost,
        "gt" => Relation.Greater,
        "ge" => Relation.AtLeast,
        _ => null,
    };
}
