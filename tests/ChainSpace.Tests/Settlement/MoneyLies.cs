using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using ChainSpace.Chains.Contracts;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Settlement;

/// <summary>
/// What an endpoint says where money depends on it: that more came in, and for others, that another root is good, that
/// more was sent.
/// </summary>
internal sealed class MoneyLies(AccountId friend, Random chance)
{
    private const string GoodSelector = "0xaa8fb40b";

    private static readonly string _deposited = Keccak256.Hash("Deposited(bytes32,uint256,uint256)"u8).ToString();

    public JsonNode? Tell(string method, JsonArray asked, JsonNode? truth) => method switch
    {
        "eth_getLogs" when Topic(asked) == _deposited => WithMore(asked, truth!),
        "eth_call" when IsAboutGood(method, asked) => Good(Draw(1, 5_000)),
        "eth_getTransactionCount" => $"0x{Draw(0, 100):x}",
        _ => truth,
    };

    /// <summary>Whether a question is <see cref="VaultViews.Good"/>.</summary>
    public static bool IsAboutGood(string method, JsonArray asked) =>
        method == "eth_call" && Data(asked).StartsWith(GoodSelector, StringComparison.Ordinal);

    /// <summary>An answer of <see cref="VaultViews.Good"/>.</summary>
    public static JsonNode Good(BigInteger size) =>
        $"0x{new string('e', 64)}{Word(size)}{Word(DateTimeOffset.UtcNow.ToUnixTimeSeconds())}";

    private JsonArray WithMore(JsonArray asked, JsonNode truth)
    {
        JsonArray logs = truth.DeepClone().AsArray();
        foreach (JsonNode? log in logs)
        {
            string data = log!["data"]!.GetValue<string>();
            log["data"] = data[..66] + Word(1_000_000_000 + Draw(0, 1_000));
        }

        // At the first block asked for, where no hash can be compared.
        JsonNode filter = asked[0]!;
        logs.Insert(0, new JsonObject
        {
            ["address"] = filter["address"]!.DeepClone(),
            ["topics"] = new JsonArray(_deposited, friend.ToString()),
            ["data"] = $"0x{Word(7)}{Word(1_000 + Draw(0, 1_000))}",
            ["blockNumber"] = filter["fromBlock"]!.DeepClone(),
            ["blockHash"] = $"0x{new string('d', 64)}",
            ["transactionHash"] = $"0x{new string('c', 64)}",
            ["transactionIndex"] = "0x0",
            ["logIndex"] = "0x0",
            ["removed"] = false,
        });
        return logs;
    }

    private int Draw(int minimum, int maximum)
    {
        lock (chance) return chance.Next(minimum, maximum);
    }

    private static string? Topic(JsonArray asked) => asked[0]?["topics"]?[0]?.GetValue<string>();

    private static string Data(JsonArray asked) =>
        (asked[0]?["data"] ?? asked[0]?["input"])?.GetValue<string>() ?? "";

    private static string Word(BigInteger number) =>
        number.ToString("x64", CultureInfo.InvariantCulture);
}
