using System.Collections.Immutable;
using ChainSpace.Node.Eligibility;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Filters;
using CsCheck;
using FilterNode = ChainSpace.Protocol.Filters.Filter;

namespace ChainSpace.Tests.Filters;

/// <summary>The columns answer what the plain evaluation answers, whatever is asked of whomever.</summary>
public sealed class PopulationTests
{
    private static readonly FilterScene Scene = new(new Moment(1_790_000_000_000), People.Id(1_000));

    [Fact]
    public void Columns_and_plain_evaluation_agree() =>
        Gen.Select(People.Applicants, People.Filters(3)).Sample((applicants, filter) =>
        {
            Population population = People.Of(applicants);
            AccountId[] plain = [.. applicants.Index().Where(each => filter.Matches(each.Item, Scene))
                .Select(static each => People.Id(each.Index))];
            Assert.Equal(plain, population.Find(filter, Scene, task => People.Participants(applicants, task)));
            Assert.Equal(plain.Length, population.Count(filter, Scene, task => People.Participants(applicants, task)));
        });

    [Fact]
    public void Every_kind_of_condition_is_met_by_some_and_not_by_others()
    {
        HashSet<(Type Kind, bool IsMet)> seen = [];
        Gen.Select(People.Applicants, People.Filters(1)).Sample(
            (applicants, filter) =>
            {
                lock (seen)
                {
                    foreach (Applicant applicant in applicants) seen.Add((filter.GetType(), filter.Matches(applicant, Scene)));
                }
            },
            iter: 2_000);
        Assert.Equal(2 * 9, seen.Count);
    }
}

/// <summary>Random people and filters of few names and values, so that they meet.</summary>
internal static class People
{
    private static readonly string[] Names = ["country", "languages", "children", "vegan"];
    private static readonly string[] Texts = ["DE", "AT", "en"];
    private static readonly string[] Categories = ["birds", "fish"];

    public static Gen<Applicant[]> Applicants => Applicant.Array[0, 130];

    public static AccountId Id(int number)
    {
        byte[] bytes = new byte[32];
        BitConverter.TryWriteBytes(bytes, number);
        return new AccountId(Bytes32.Read(bytes));
    }

    public static Population Of(IEnumerable<Applicant> applicants)
    {
        Population.Builder builder = new();
        foreach ((int number, Applicant applicant) in applicants.Index()) builder.Add(Id(number), applicant);
        return builder.Build();
    }

    public static IEnumerable<AccountId> Participants(IEnumerable<Applicant> applicants, TaskId task) =>
        applicants.Index().Where(each => each.Item.Tasks.Contains(task)).Select(static each => Id(each.Index));

    public static Gen<FilterNode> Filters(int depth) => depth == 0 ? Leaf : Gen.OneOf(
        Leaf,
        Leaf,
        Filters(depth - 1).Select(static part => (FilterNode)new FilterNode.Not(part)),
        Filters(depth - 1).Array[1, 3].Select(static parts => (FilterNode)new FilterNode.All([.. parts])),
        Filters(depth - 1).Array[1, 3].Select(static parts => (FilterNode)new FilterNode.Any([.. parts])));

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    private static Gen<string> Text => Among(Texts);

    private static Gen<AccountId?> Issuer => Among<AccountId?>(null, Id(1_000), Id(1_001));

    private static Gen<AttributeValue> Value => Gen.OneOf(
        Text.Select(static t => (AttributeValue)new AttributeValue.Text(t)),
        Text.Array[1, 2].Select(static t => (AttributeValue)new AttributeValue.Many([.. t])),
        Gen.Int[0, 3].Select(static n => (AttributeValue)new AttributeValue.Number(n)),
        Gen.Bool.Select(static b => (AttributeValue)new AttributeValue.Flag(b)));

    private static Gen<Stated> Statement => Gen.Select(Value, Issuer).Select(static each => new Stated(each.Item1, each.Item2));

    private static Gen<Stated> Birth => Gen.Int[0, 20_000].Select(static days => new Stated(
        new AttributeValue.Text(new DateOnly(1960, 1, 1).AddDays(days).ToString("yyyy-MM-dd", null)), null));

    private static Gen<Stated> Level => Gen.Select(Gen.Int[0, 3], Issuer)
        .Select(static each => new Stated(new AttributeValue.Number(each.Item1), each.Item2));

    private static Gen<TaskId> Task => Gen.Int[0, 3].Select(static number => new TaskId(Id(number).Value));

    private static Gen<Applicant> Applicant => Gen.Select(
        Gen.Dictionary(Among(Names), Statement)[0, 3], Birth.Array[0, 1], Level.Array[0, 1],
        Gen.Dictionary(Among(Categories), Gen.Int[0, 10])[0, 2], Task.Array[0, 2]).Select(static each =>
        {
            var attributes = each.Item1.ToImmutableSortedDictionary(StringComparer.Ordinal);
            if (each.Item2 is [var birth]) attributes = attributes.Add(AttributeNames.DateOfBirth, birth);
            if (each.Item3 is [var level]) attributes = attributes.Add(AttributeNames.Personhood, level);
            return new Applicant
            {
                Attributes = attributes,
                Reputation = each.Item4.ToDictionary(static e => e.Key, static e => e.Value / 10.0),
                Receipts = each.Item4.ToDictionary(static e => e.Key, static e => e.Value),
                Tasks = each.Item5.ToHashSet(),
            };
        });

    private static Gen<Bound> BoundTo(int most, double scale) => Gen.Select(Gen.Enum<Relation>(), Gen.Int[0, most])
        .Select(each => new Bound(each.Item1, each.Item2 * scale));

    private static Gen<Comparison> Comparison => Gen.OneOf(
        Value.Select(static v => (Comparison)new Comparison.Equal(v)),
        Value.Array[1, 3].Select(static v => (Comparison)new Comparison.In([.. v])),
        Text.Select(static t => (Comparison)new Comparison.Has(t)),
        BoundTo(3, 1).Select(static b => (Comparison)new Comparison.Within(b)));

    private static Gen<FilterNode> Leaf => Gen.OneOf(
        Gen.Select(Among(Names), Comparison, Issuer)
            .Select(static each => (FilterNode)new FilterNode.Attribute(each.Item1, each.Item2, each.Item3)),
        BoundTo(70, 1).Select(static bound => (FilterNode)new FilterNode.Age(bound)),
        Gen.Select(Among(Categories), BoundTo(20, 0.05))
            .Select(static each => (FilterNode)new FilterNode.Reputation(each.Item1, each.Item2)),
        Gen.Select(Among(Categories), BoundTo(10, 1))
            .Select(static each => (FilterNode)new FilterNode.Receipts(each.Item1, each.Item2)),
        Task.Select(static task => (FilterNode)new FilterNode.TookPart(task)),
        Gen.Select(BoundTo(3, 1), Issuer).Select(static each => (FilterNode)new FilterNode.Personhood(each.Item1, each.Item2)));
}
