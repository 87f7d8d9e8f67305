using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using ChainSpace.Node.Eligibility;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Filters;
using Filter = ChainSpace.Protocol.Filters.Filter;

namespace ChainSpace.Bench;

/// <summary>Eligibility filters over a million synthetic accounts, and what an attacker learns of counts.</summary>
internal sealed class FilterGroup : IGroup
{
    private const int People = 1_000_000;
    private const int Rounds = 40;
    private const int Seed = 20260101;

    private static readonly FilterScene Scene = new(new Moment(1_790_000_000_000), default);

    private static readonly string[] Realistic =
    [
        """{"attribute":{"name":"country","eq":"c3"}}""",
        """{"attribute":{"name":"country","in":["c1","c2","c3","c4","c5"]}}""",
        """{"all":[{"age":{"ge":18}},{"age":{"lt":65}}]}""",
        """{"all":[{"attribute":{"name":"sex","eq":"f"}},{"age":{"ge":18}},{"attribute":{"name":"country","eq":"c1"}}]}""",
        """{"attribute":{"name":"languages","has":"l7"}}""",
        """{"all":[{"receipts":{"category":"translation","ge":20}},{"reputation":{"category":"translation","ge":0.9}}]}""",
        """{"all":[{"reputation":{"category":"moderation","ge":0.5}},{"not":{"attribute":{"name":"country","eq":"c9"}}}]}""",
        """
        {"any":[{"all":[{"age":{"ge":18}},{"age":{"lt":30}},{"attribute":{"name":"languages","has":"l1"}}]},
        {"all":[{"receipts":{"category":"moderation","ge":5}},{"attribute":{"name":"occupation","in":["o1","o2","o3"]}}]}]}
        """,
        """{"all":[{"personhood":{"ge":1}},{"not":{"age":{"lt":18}}},{"attribute":{"name":"occupation","eq":"o42"}}]}""",
    ];

    public string Name => "filter";

    public Task<IReadOnlyList<Result>> RunAsync()
    {
        long begin = Stopwatch.GetTimestamp();
        Population population = Build();
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        List<double> times = [];
        foreach (string json in Realistic) times.AddRange(Measure(population, Read(json)));
        times.Sort();
        // Every account says another number, so there is nothing to group by: each statement is asked.
        List<double> worst = [.. Measure(population, Read("""{"attribute":{"name":"number","ge":500000}}"""))];
        worst.Sort();
        AttackResult open = new DifferencingAttack(50_000, Seed).RunInPairs(1_000, guard: null);
        CellGuard guard = new([.. Enumerable.Range(0, 32).Select(static i => (byte)i)]);
        AttackResult guarded = new DifferencingAttack(50_000, Seed).RunInPairs(1_000, guard);
        IReadOnlyList<Result> results =
        [
            new("filter.p99_ms_1e6", At(times, 0.99), "ms", "<= 50", $"{Realistic.Length} filters, {Rounds} times each"),
            new("filter.median_ms_1e6", At(times, 0.5), "ms"),
            new("filter.unindexed_p99_ms_1e6", At(worst, 0.99), "ms", "", "an attribute of a million different values"),
            new("filter.build_s_1e6", seconds, "s", "", "columns of 9 attributes, made anew"),
            new("filter.reidentified_open", open.Share, "of people", "",
                $"exact counts: {open.Claimed} claimed, {open.Right} rightly"),
            new("filter.reidentified", guarded.Share, "of people", "<= 0.001",
                $"{guarded.Claimed} claimed, {guarded.Right} rightly"),
        ];
        return Task.FromResult(results);
    }

    private static double[] Measure(Population population, Filter filter)
    {
        population.Count(filter, Scene, static _ => []);
        double[] times = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            population.Count(filter, Scene, static _ => []);
            times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return times;
    }

    private static double At(List<double> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)];

    private static Filter Read(string json) =>
        FilterReader.TryRead(Encoding.UTF8.GetBytes(json), out Filter? filter, out FilterFault? fault)
            ? filter
            : throw new InvalidOperationException($"{fault}");

    private static Population Build()
    {
        Random dice = new(Seed);
        Population.Builder builder = new();
        byte[] id = new byte[Bytes32.Size];
        for (int number = 0; number < People; number++)
        {
            BitConverter.TryWriteBytes(id, number);
            builder.Add(new AccountId(Bytes32.Read(id)), Applicant(dice, number));
        }

        return builder.Build();
    }

    private static Applicant Applicant(Random dice, int number)
    {
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, Stated>(StringComparer.Ordinal);
        void Say(string name, AttributeValue value) => attributes[name] = new Stated(value, null);
        // Countries and occupations are of unequal size, as they are.
        Say("country", new AttributeValue.Text($"c{(int)(200 * Math.Pow(dice.NextDouble(), 3))}"));
        Say("occupation", new AttributeValue.Text($"o{(int)(500 * Math.Pow(dice.NextDouble(), 2))}"));
        Say("sex", new AttributeValue.Text(dice.Next(2) == 0 ? "f" : "m"));
        Say("languages", new AttributeValue.Many([$"l{dice.Next(40)}", $"l{dice.Next(40)}"]));
        DateOnly birth = new DateOnly(1940, 1, 1).AddDays(dice.Next(26_000));
        Say("date-of-birth", new AttributeValue.Text(birth.ToString("yyyy-MM-dd", null)));
        Say("number", new AttributeValue.Number(number));
        if (dice.Next(3) == 0)
            attributes["personhood"] = new Stated(new AttributeValue.Number(dice.Next(1, 4)), default(AccountId));
        if (dice.Next(2) == 0) return new Applicant { Attributes = attributes.ToImmutable() };
        string category = dice.Next(2) == 0 ? "translation" : "moderation";
        return new Applicant
        {
            Attributes = attributes.ToImmutable(),
            Reputation = new Dictionary<string, double> { [category] = dice.NextDouble() },
            Receipts = new Dictionary<string, int> { [category] = dice.Next(100) },
        };
    }
}
