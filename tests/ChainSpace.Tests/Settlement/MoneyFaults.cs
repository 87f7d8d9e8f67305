using ChainSpace.Tests.Chains;

namespace ChainSpace.Tests.Settlement;

/// <summary>What happens to the node and its chain.</summary>
internal sealed class MoneyFaults(MoneyWorld world, Random chance)
{
    private bool isChainBad;

    /// <summary>Whether the node can do its work at the moment.</summary>
    public bool AreOver => !isChainBad && world.Node is not null;

    public IReadOnlyList<(int Often, string Name, Func<Task<string>> Do)> All =>
    [
        (2, "the node is killed", KillAsync),
        (2, "the chain reorganises", ReorganiseAsync),
        (1, "the chain rolls back", RollBackAsync),
        (3, "the endpoint fails", SpoilAsync),
    ];

    /// <summary>Ends what has begun, now and then; always where all have to be over.</summary>
    public async Task<string?> MendAsync(bool isSure)
    {
        if (world.Node is null && (isSure || chance.Next(2) == 0))
        {
            await world.StartAsync();
            return "the node is up again";
        }

        if (!isChainBad || (!isSure && chance.Next(2) == 0)) return null;
        (world.Chain.Proxy.Answer, isChainBad) = (static _ => null, false);
        return "the endpoint is well";
    }

    private async Task<string> KillAsync()
    {
        await world.KillAsync();
        return "";
    }

    private async Task<string> ReorganiseAsync()
    {
        int depth = 1 + chance.Next((int)MoneyChain.Depth);
        bool isForgetting = chance.Next(2) == 0;
        await world.Chain.ReorganiseAsync(depth, isForgetting);
        return $"{depth} blocks{(isForgetting ? ", forgetting" : "")}";
    }

    private async Task<string> RollBackAsync()
    {
        int depth = 1 + chance.Next((int)MoneyChain.Depth);
        await world.Chain.RollBackAsync(depth);
        return $"{depth} blocks";
    }

    private Task<string> SpoilAsync()
    {
        string[] ways = ["garbage", "429", "500", "cut", "late", "null", "some"];
        string way = ways[chance.Next(ways.Length)];
        int seed = chance.Next();
        (world.Chain.Proxy.Answer, isChainBad) = (Reply(way, new Random(seed)), true);
        return Task.FromResult(way);
    }

    private static Func<string, FaultyServer.Reply?> Reply(string way, Random coin) => _ => way switch
    {
        "garbage" => FaultyServer.Reply.Of("<html>{\"jsonrpc\":"),
        "429" => FaultyServer.Reply.Of("slow down", 429),
        "500" => FaultyServer.Reply.Of("", 500),
        "cut" => FaultyServer.Reply.Of("{\"jsonrpc\":\"2.0\"") with { IsCutOff = true },
        "late" => FaultyServer.Reply.Of("", 500) with { Delay = TimeSpan.FromMilliseconds(700) },
        "null" => FaultyServer.Reply.Of("""{"jsonrpc":"2.0","id":1,"result":null}"""),
        _ => IsBad(coin) ? FaultyServer.Reply.Of("", 502) : null,
    };

    private static bool IsBad(Random coin)
    {
        lock (coin) return coin.Next(4) == 0;
    }
}
