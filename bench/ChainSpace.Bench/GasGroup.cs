using System.Globalization;
using System.Text.Json;

namespace ChainSpace.Bench;

/// <summary>
/// Gas of the contracts' acts, base cost and calldata included, as their tests measure it; contracts/test.sh fails where a
/// figure is not the one that is written down.
/// </summary>
internal sealed class GasGroup : IGroup
{
    private const string Figures = "contracts/snapshots/Gas.json";

    private static readonly Dictionary<string, string> Goals = new(StringComparer.Ordinal)
    {
        ["anchor"] = "<= 30000",
        ["claim_erc20_repeat"] = "<= 56000",
        ["claim_erc20_first"] = "<= 92000",
        ["claim_multi_256_each"] = "<= 19000",
        ["deposit_native"] = "<= 47000",
        ["deposit_erc20"] = "<= 68000",
        ["per_paid_vote"] = "<= 560",
    };

    // The goals' own names.
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["claim_multi_256_each"] = "claim_multi_256",
    };

    public string Name => "gas";

    public async Task<IReadOnlyList<Result>> RunAsync()
    {
        await using FileStream file = File.OpenRead(Find());
        using JsonDocument document = await JsonDocument.ParseAsync(file);
        return [.. document.RootElement.EnumerateObject().Select(ResultOf)];
    }

    private static Result ResultOf(JsonProperty figure)
    {
        double gas = double.Parse(figure.Value.GetString()!, CultureInfo.InvariantCulture);
        string name = Names.GetValueOrDefault(figure.Name, figure.Name);
        return new Result($"gas.{name}", gas, "gas", Goals.GetValueOrDefault(figure.Name, ""));
    }

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, Figures);
            if (File.Exists(path)) return path;
        }

        throw new FileNotFoundException($"There is no {Figures} above the program.");
    }
}
