using System.Collections.Immutable;
using ChainSpace.Protocol.Credentials;

namespace ChainSpace.Protocol.Filters;

/// <summary>
/// An eligibility filter: who may take part in a task. A tree of conditions, read from JSON by <see cref="FilterReader"/>;
/// spec/filters.md. It holds no code and no loops: its cost is that of its leaves, of which there are at most 64.
/// </summary>
public abstract record Filter
{
    private Filter() { }

    /// <summary>Every part holds.</summary>
    public sealed record All(ImmutableArray<Filter> Parts) : Filter;

    /// <summary>At least one part holds.</summary>
    public sealed record Any(ImmutableArray<Filter> Parts) : Filter;

    /// <summary>The part does not hold. Who lacks an attribute meets the negation of every condition on it.</summary>
    public sealed record Not(Filter Part) : Filter;

    /// <summary>An attribute the account published or showed the node; of an issuer, where one is named.</summary>
    public sealed record Attribute(string Name, Comparison Comparison, AccountId? Issuer) : Filter;

    /// <summary>Whole years since the day of birth, at the moment the task was posted.</summary>
    public sealed record Age(Bound Bound) : Filter;

    /// <summary>The 5 % lower bound of the reputation in a category, 0 to 1.</summary>
    public sealed record Reputation(string Category, Bound Bound) : Filter;

    /// <summary>How many tasks of a category paid the account.</summary>
    public sealed record Receipts(string Category, Bound Bound) : Filter;

    /// <summary>The account took part in a task of the space.</summary>
    public sealed record TookPart(TaskId Task) : Filter;

    /// <summary>How surely one person has one account, as an issuer attests; the space's operator where none is named.</summary>
    public sealed record Personhood(Bound Bound, AccountId? Issuer) : Filter;

    /// <summary>This condition and all within it, from the outside in.</summary>
    public IEnumerable<Filter> Nodes
    {
        get
        {
            yield return this;
            ImmutableArray<Filter> parts = this switch
            {
                All all => all.Parts,
                Any any => any.Parts,
                Not not => [not.Part],
                _ => [],
            };
            foreach (Filter part in parts)
            {
                foreach (Filter node in part.Nodes) yield return node;
            }
        }
    }

    /// <summary>Names of the attributes it asks for, sorted; the day of birth for an age.</summary>
    public ImmutableSortedSet<string> AttributeNames => [.. Nodes.Select(static node => node switch
    {
        Attribute attribute => attribute.Name,
        Age => Credentials.AttributeNames.DateOfBirth,
        Personhood => Credentials.AttributeNames.Personhood,
        _ => null,
    }).OfType<string>()];

    /// <summary>True where it asks for something one may not ask without saying why.</summary>
    public bool IsSensitive => AttributeNames.Any(Credentials.AttributeNames.IsSensitive);
}

/// <summary>What an attribute is compared with.</summary>
public abstract record Comparison
{
    private Comparison() { }

    /// <summary>It is this value; of several texts, it is the only one.</summary>
    public sealed record Equal(AttributeValue Value) : Comparison;

    /// <summary>It is one of these values.</summary>
    public sealed record In(ImmutableArray<AttributeValue> Values) : Comparison;

    /// <summary>This text is among its texts.</summary>
    public sealed record Has(string Value) : Comparison;

    /// <summary>It is a number on this side of a limit.</summary>
    public sealed record Within(Bound Bound) : Comparison;
}

/// <summary>A limit of a number.</summary>
/// <param name="Relation">On which side.</param>
/// <param name="Limit">Finite.</param>
public readonly record struct Bound(Relation Relation, double Limit)
{
    public bool Holds(double value) => Relation switch
    {
        Relation.Less => value < Limit,
        Relation.AtMost => value <= Limit,
        Relation.Greater => value > Limit,
        Relation.AtLeast => value >= Limit,
        _ => value == Limit,
    };
}

/// <summary>How a number stands to a limit: <c>eq lt le gt ge</c>.</summary>
public enum Relation
{
    Equal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}
