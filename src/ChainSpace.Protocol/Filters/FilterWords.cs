using System.Globalization;
using ChainSpace.Protocol.Credentials;

namespace ChainSpace.Protocol.Filters;

/// <summary>A filter in words, for whoever is asked to meet it.</summary>
public static class FilterWords
{
    public static string Of(Filter filter) => filter switch
    {
        Filter.All all => Join(all.Parts, " and "),
        Filter.Any any => Join(any.Parts, " or "),
        Filter.Not not => $"not ({Of(not.Part)})",
        Filter.Attribute one => $"{one.Name} {Of(one.Comparison)}{By(one.Issuer)}",
        Filter.Age age => $"age {Of(age.Bound)}",
        Filter.Reputation one => $"reputation in {one.Category} {Of(one.Bound)}",
        Filter.Receipts one => $"paid tasks in {one.Category} {Of(one.Bound)}",
        Filter.TookPart part => $"took part in {part.Task}",
        Filter.Personhood one => $"personhood level {Of(one.Bound)}{By(one.Issuer)}",
    };

    private static string Join(IEnumerable<Filter> parts, string word) =>
        string.Join(word, parts.Select(static part => part is Filter.All or Filter.Any ? $"({Of(part)})" : Of(part)));

    private static string By(AccountId? issuer) => issuer is { } id ? $", attested by {id}" : "";

    private static string Of(Comparison comparison) => comparison switch
    {
        Comparison.Equal equal => $"is {Of(equal.Value)}",
        Comparison.In among => $"is one of {string.Join(", ", among.Values.Select(Of))}",
        Comparison.Has has => $"has {has.Value}",
        Comparison.Within within => Of(within.Bound),
    };

    private static string Of(Bound bound)
    {
        string word = bound.Relation switch
        {
            Relation.Less => "below",
            Relation.AtMost => "at most",
            Relation.Greater => "above",
            Relation.AtLeast => "at least",
            _ => "exactly",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{word} {bound.Limit}");
    }

    private static string Of(AttributeValue value) => value switch
    {
        AttributeValue.Text text => text.Value,
        AttributeValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        AttributeValue.Flag flag => flag.Value ? "true" : "false",
        AttributeValue.Many many => string.Join(" + ", many.Values),
    };
}
