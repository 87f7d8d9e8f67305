using ChainSpace.Tests.Chains;

namespace ChainSpace.Tests.Settlement;

/// <summary>What happens to the node and its chain.</summary>
internal sealed class MoneyFaults(MoneyWorld world, MoneyActs acts, Random chance)
{
    private bool isChainBad;

    /// <summary>Whether the node can do its work at the moment.</summary>
    public bool AreOver => !isChainBad && world.Node is not null;

    public IReadOnlyList<(int Often, string Name, Func<Task<string>> Do)> All =>
    [
        (1, "the node is killed", KillAsync),
        (3, "the node is killed at a write", KillAtWriteAsync),
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
        foreach (FaultyServer proxy in world.Chain.Proxies) proxy.Answer = static _ => null;
        isChainBad = false;
        return "the endpoint is well";
    }

    private async Task<string> KillAsync()
    {
        await world.KillAsync();
        return "";
    }

    // Between two writes the disk says something else each time, and after each what was not written yet must not be
    // missed: the row of a transaction that was not sent, the anchor that was sent and not remembered, the deposit in the
    // journal that the cursor has not passed.
    private async Task<string> KillAtWriteAsync()
    {
        if (world.Node is null) return "it is dead";
        (string folder, string files)[] writes =
        [
            (world.NetworkFolder, "outbox.db-wal"), (world.Folder, "settlement.json*"), (world.Folder, "journal.db-wal"),
            (Path.Combine(world.Folder, "payouts"), "*.json*"),
        ];
        (string folder, string files) = writes[chance.Next(writes.Length)];
        StoryNode.Write write = new(folder, files, 1 + chance.Next(4));
        string money = $"{await acts.DepositAsync()}; {await acts.WithdrawAsync()}";
        bool isHit = await world.KillAtAsync(write, async () =>
        {
            await world.Chain.Chain.MineAsync();
            await Task.Delay(50);
        });
        return $"{money}; {files}, {write.Place}: {isHit}";
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
        int place = chance.Next(world.Chain.Proxies.Length);
        (world.Chain.Proxies[place].Answer, isChainBad) = (Reply(way, new Random(seed)), true);
        return Task.FromResult($"{place}, {way}");
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
