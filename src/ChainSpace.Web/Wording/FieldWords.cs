using ChainSpace.Client.Reading;

namespace ChainSpace.Web.Wording;

/// <summary>What an account has done in a field, in a line.</summary>
internal sealed record FieldWords(string Category, string Record)
{
    /// <summary>The field that was asked for first, then the others by paid tasks.</summary>
    public static FieldWords[] Of(PersonView person, string? asked)
    {
        Dictionary<string, int> tasks = person.Receipts.ToDictionary(static each => each.Category, static each => each.Count);
        Dictionary<string, double> bounds = person.Reputation.ToDictionary(
            static each => each.Category, static each => each.LowerBound);
        return [..
            from category in tasks.Keys.Union(bounds.Keys)
            let count = tasks.GetValueOrDefault(category)
            orderby category == asked descending, count descending, category
            select new FieldWords(category, Say(count, bounds.TryGetValue(category, out double least) ? least : null)),
        ];
    }

    private static string Say(int count, double? least)
    {
        string record = count == 0 ? "" : Numbers.Count(count, "paid task", "paid tasks");
        if (least is not { } known) return record;
        string joint = record.Length > 0 ? ", " : "";
        // A number and its sign stay on one line.
        return $"{record}{joint}reputation at least {Numbers.Percent(known).Replace(' ', '\u00a0')}";
    }
}
