using System.Globalization;
using System.Text.Json.Nodes;

namespace ChainSpace.Web.Wording;

/// <summary>Whom a visitor looks for, as it stands in the address; what was left blank asks for nothing.</summary>
/// <param name="Category">Field of the paid tasks and the reputation.</param>
/// <param name="Tasks">Least number of paid tasks in the field.</param>
/// <param name="Reputation">Least lower bound of the reputation in the field, percent.</param>
/// <param name="Name">Name of a public attribute.</param>
/// <param name="Value">What the attribute must be.</param>
public sealed record PeopleFilter(string? Category, string? Tasks, string? Reputation, string? Name, string? Value)
{
    /// <summary>The filter in the language of spec/filters.md; null where nothing is asked for.</summary>
    public string? Json()
    {
        JsonArray all = [];
        if (Given(Category) is { } category)
        {
            double? reputation = Number(Reputation) / 100;
            if (reputation is null || Number(Tasks) is not null) all.Add(InField("receipts", category, Number(Tasks) ?? 1));
            if (reputation is { } least) all.Add(InField("reputation", category, least));
        }

        if (Given(Name) is { } name && Given(Value) is { } value)
            all.Add(new JsonObject { ["attribute"] = new JsonObject { ["name"] = name, ["eq"] = value } });
        return all.Count == 0 ? null : new JsonObject { ["all"] = all }.ToJsonString();
    }

    /// <summary>What was written into the form and is not asked; null where all of it is.</summary>
    public string? Misses
    {
        get
        {
            if (Given(Category) is null && (Given(Tasks) ?? Given(Reputation)) is not null)
                return "Paid tasks and reputation are counted in a field: say which.";
            if (IsNoNumber(Tasks)) return "Paid tasks must be a number, such as 20.";
            if (IsNoNumber(Reputation)) return "Reputation must be a number of percent, such as 80.";
            return Given(Name) is null == Given(Value) is null
                ? null
                : "An attribute needs its name and what it is, such as language and de.";
        }
    }

    private static bool IsNoNumber(string? text) => Given(text) is { } given && Number(given) is null;

    private static JsonObject InField(string kind, string category, double least) =>
        new() { [kind] = new JsonObject { ["category"] = category, ["ge"] = least } };

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double read)
            && double.IsFinite(read)
            ? read
            : null;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
