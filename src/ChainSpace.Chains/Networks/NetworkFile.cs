using System.Collections.Immutable;
using System.Text.Json;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Chains.Networks;

/// <summary>What a file of networks says, or everything that is wrong with it, each in a sentence that names the place.</summary>
/// <param name="Networks">Empty where there are complaints.</param>
public sealed record NetworkReading(ImmutableArray<NetworkOptions> Networks, ImmutableArray<string> Complaints);

/// <summary>
/// Reads networks from JSON:
/// <code>
/// {"networks":[{"name":"base","chainId":8453,"currency":"ETH","rpc":["https://…","https://…"],"agreement":2,
///   "finality":"safe","finalityClass":"standard","finalitySeconds":900,"blockSeconds":2,
///   "feeCeilingWei":2000000000,"explorer":"https://basescan.org/tx/{transaction}",
///   "factory":"0x…","asset":"0x…","symbol":"USDC","decimals":6,"window":"1d","exitAfter":"7d","bond":"0.01",
///   "longestWait":"10m","shortestPause":"1m"}]}
/// </code>
/// <c>finality</c> is <c>safe</c>, <c>finalized</c> or a number of further blocks; <c>agreement</c> (1), <c>explorer</c>, with
/// a number of blocks <c>finalitySeconds</c>, and everything behind <c>explorer</c> may be left out.
/// </summary>
public static class NetworkFile
{
    /// <summary>Reads and checks; never throws for what the file says.</summary>
    public static NetworkReading Read(ReadOnlyMemory<byte> json)
    {
        JsonDocument document;
        try
        {
            document = RpcBody.Parse(json);
        }
        catch (JsonException exception)
        {
            return new NetworkReading([], [$"The file of networks is not JSON: {exception.Message}"]);
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("networks"u8, out JsonElement list)
                || list.ValueKind != JsonValueKind.Array)
                return new NetworkReading([], ["The file of networks must be an object with an array 'networks'."]);
            return Read(list);
        }
    }

    private static NetworkReading Read(JsonElement list)
    {
        List<string> complaints = [];
        List<NetworkOptions> networks = [];
        foreach (JsonElement each in list.EnumerateArray())
            if (new NetworkEntry(each, networks.Count, complaints).Read() is { } network) networks.Add(network);
        foreach (IGrouping<string, NetworkOptions> twins in networks.GroupBy(each => each.Name).Where(each => each.Count() > 1))
            complaints.Add($"Two networks are called '{twins.Key}'.");
        foreach (IGrouping<ChainId, NetworkOptions> twins in networks.GroupBy(each => each.Chain).Where(each => each.Count() > 1))
            complaints.Add(
                $"Two networks have chain id {twins.Key}: {string.Join(" and ", twins.Select(each => $"'{each.Name}'"))}.");
        return new NetworkReading(complaints.Count == 0 ? [.. networks] : [], [.. complaints]);
    }
}
