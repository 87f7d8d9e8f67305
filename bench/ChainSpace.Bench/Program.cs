using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using ChainSpace.Bench;
using ChainSpace.Bench.Inference;

IGroup[] all =
[
    new FilterGroup(), new GasGroup(), new IntakeGroup(), new JournalGroup(), new NodeGroup(), new PayoutsGroup(),
    new QuoteGroup(),
    new SettlementGroup(), new SortitionGroup(), new StorageGroup(), new InferenceGroup(), new CrowdAccuracyGroup(),
    new StoppingGroup(),
];
bool isJson = args.Contains("--json");
string[] wanted = [.. args.Where(static a => !a.StartsWith('-'))];
IGroup[] groups = [.. all.Where(g => wanted.Length == 0 || wanted.Contains(g.Name))];
if (groups.Length == 0)
{
    Console.Error.WriteLine($"There is no such group; there are: {string.Join(", ", all.Select(static g => g.Name))}.");
    return 1;
}

List<Result> results = [];
foreach (IGroup group in groups)
{
    Console.Error.WriteLine($"{group.Name} …");
    IReadOnlyList<Result> figures = await group.RunAsync();
    results.AddRange(figures);
    if (!isJson) foreach (Result r in figures) Console.WriteLine(Line(r));
}

if (isJson) Console.WriteLine(Json(results));
return 0;

static string Line(Result r) => string.Create(
    CultureInfo.InvariantCulture, $"{r.Name,-34} {r.Value,14:#,0.###} {r.Unit,-10} {r.Goal,-12} {r.Note}");

static string Json(List<Result> results) => JsonSerializer.Serialize(
    new
    {
        machine = new
        {
            os = RuntimeInformation.OSDescription,
            framework = RuntimeInformation.FrameworkDescription,
            architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            cores = Environment.ProcessorCount,
        },
        results,
    },
    new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true });
