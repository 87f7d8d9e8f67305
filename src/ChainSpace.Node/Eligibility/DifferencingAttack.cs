using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Filters;

namespace ChainSpace.Node.Eligibility;

/// <summary>
/// A requester who knows of each person what neighbours know, and wants what they do not: he asks for the number of people
/// with a secret value, once with the person's cell and once without, and takes the difference. Seeded; measures what the
/// guard of cells leaves him.
/// </summary>
public sealed class DifferencingAttack
{
    private const string Secret = "religion";
    private static readonly FilterScene Scene = new(new Moment(1_790_000_000_000), default);

    // Eight descriptors with the number of their values; the last is the secret.
    private static readonly (string Name, int Values)[] Descriptors =
    [
        ("country", 20), ("birth-year", 60), ("occupation", 50), ("languages", 12), ("city", 100), ("sex", 3), ("education", 6),
        (Secret, 10),
    ];

    private readonly int[][] people;
    private readonly Population population;
    private readonly Random dice;

    public DifferencingAttack(int people, int seed)
    {
#pragma warning disable CA5394 // A simulation wants the same dice each time.
        dice = new Random(seed);
#pragma warning restore CA5394
        this.people = new int[people][];
        Population.Builder builder = new();
        for (int number = 0; number < people; number++)
        {
            int[] person = [.. Descriptors.Select(each => Roll(each.Values))];
            this.people[number] = person;
            builder.Add(default, new Applicant { Attributes = Attributes(person) });
        }

        population = builder.Build();
    }

    /// <summary>Share of all people whose secret the attacker names rightly, asking so many filters in pairs.</summary>
    /// <param name="filters">Questions altogether, two for each person attacked.</param>
    /// <param name="guard">What stands between; null: exact numbers of any cell.</param>
    /// <param name="perDay">Questions answered; those beyond are refused. Sets a limit to one account on one day.</param>
    public AttackResult RunInPairs(int filters, CellGuard? guard, int perDay = int.MaxValue)
    {
        (int claimed, int right, int asked) = (0, 0, 0);
        for (int pair = 0; pair < filters / 2 && asked + 2 <= perDay; pair++, asked += 2)
        {
            int[] target = people[Roll(people.Length)];
            int guess = Roll(Descriptors[^1].Values);
            Filter secret = Is(Descriptors.Length - 1, guess);
            // Everybody of the country with that secret, and the same but for who is like the target in all that is known.
            Filter country = new Filter.All([Is(0, target[0]), secret]);
            Filter known = new Filter.All([.. Enumerable.Range(0, 7).Select(at => Is(at, target[at]))]);
            Filter others = new Filter.All([country, new Filter.Not(known)]);
            if (Ask(country, guard) is not { } with || Ask(others, guard) is not { } without || with - without < 1) continue;
            claimed++;
            if (target[^1] == guess) right++;
        }

        return new AttackResult(claimed, right, (double)right / people.Length);
    }

    /// <summary>The same with a question for the cell itself, which exact numbers answer at once.</summary>
    public AttackResult RunDirectly(int filters, CellGuard? guard)
    {
        (int claimed, int right) = (0, 0);
        for (int number = 0; number < filters; number++)
        {
            int[] target = people[Roll(people.Length)];
            int guess = Roll(Descriptors[^1].Values);
            Filter cell = new Filter.All([.. Enumerable.Range(0, 7).Select(at => Is(at, target[at])), Is(7, guess)]);
            if (Ask(cell, guard) is not > 0) continue;
            claimed++;
            if (target[^1] == guess) right++;
        }

        return new AttackResult(claimed, right, (double)right / people.Length);
    }

    private int? Ask(Filter filter, CellGuard? guard)
    {
        using RowSet rows = population.Select(filter, Scene, static _ => []);
        return guard is null ? rows.Count : guard.Show(rows.Count, people.Length, FilterWords.Of(filter), rows.Bytes);
    }

    private static Filter.Attribute Is(int descriptor, int value) =>
        new(Descriptors[descriptor].Name, new Comparison.Equal(new AttributeValue.Number(value)), null);

    private static ImmutableSortedDictionary<string, Stated> Attributes(int[] person) => Descriptors
        .Select((each, place) => (each.Name, Value: new Stated(new AttributeValue.Number(person[place]), null)))
        .ToImmutableSortedDictionary(static each => each.Name, static each => each.Value, StringComparer.Ordinal);

#pragma warning disable CA5394
    private int Roll(int sides) => dice.Next(sides);
#pragma warning restore CA5394
}

/// <summary>What an attacker got.</summary>
/// <param name="Claimed">People of whom he says to know the secret.</param>
/// <param name="Right">Of those, how many he is right about.</param>
/// <param name="Share">Those, of all people.</param>
public sealed record AttackResult(int Claimed, int Right, double Share);
