using System.Collections.Immutable;
using System.Globalization;
using ChainSpace.Rules.Inference;

namespace ChainSpace.Bench.Inference;

/// <summary>
/// A public set of real votes with the truth of some items: votes.csv (task,worker,label), truth.csv (task,label).
/// </summary>
internal sealed record CrowdSet(string Name, BatchVotes Votes, ImmutableArray<(int Item, int Answer)> Truth)
{
    private const string Variable = "CHAINSPACE_CROWD";
    private const string Usual = "../shared/data/crowd";

    /// <summary>All sets whose labels are whole numbers from zero; empty where there is no such folder.</summary>
    public static IReadOnlyList<CrowdSet> All() => [.. Folders().Select(Read).OfType<CrowdSet>()];

    /// <summary>The folders of all sets, by name.</summary>
    public static IReadOnlyList<string> Folders()
    {
        string folder = Environment.GetEnvironmentVariable(Variable) ?? Usual;
        if (Directory.Exists(folder)) return [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)];
        Console.Error.WriteLine($"No real votes are measured: name a folder of sets in {Variable} (there is no {folder}).");
        return [];
    }

    private static CrowdSet? Read(string folder)
    {
        List<string[]> votes = Rows(Path.Combine(folder, "votes.csv")), truths = Rows(Path.Combine(folder, "truth.csv"));
        if (votes.Concat(truths).Any(static row => !uint.TryParse(row[^1], out uint label) || label >= 100)) return null;
        Dictionary<string, int> items = [], workers = [];
        ImmutableArray<BatchVote> all =
            [.. votes.Select(row => new BatchVote(Number(items, row[0]), Number(workers, row[1]), Label(row)))];
        ImmutableArray<(int, int)> truth =
            [.. truths.Where(row => items.ContainsKey(row[0])).Select(row => (items[row[0]], Label(row))).Order()];
        int classes = 1 + votes.Concat(truths).Max(Label);
        return new CrowdSet(Path.GetFileName(folder), new BatchVotes(all, items.Count, workers.Count, classes), truth);
    }

    private static List<string[]> Rows(string path) => [.. File.ReadLines(path).Skip(1).Select(static line => line.Split(','))];

    private static int Label(string[] row) => int.Parse(row[^1], CultureInfo.InvariantCulture);

    private static int Number(Dictionary<string, int> numbers, string name)
    {
        if (!numbers.TryGetValue(name, out int number)) numbers[name] = number = numbers.Count;
        return number;
    }
}
