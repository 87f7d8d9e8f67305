using System.Text.Json;
using ChainSpace.Tests.Commands;
using ChainSpace.Tests.Settlement;

namespace ChainSpace.Tests.Anchoring;

/// <summary>
/// Several spaces under one super-root, on two chains at once: what a newcomer sees of it by the program's verbs alone.
/// </summary>
public sealed class SharedAnchorTests
{
    private static readonly string[] _spaces = ["demo", "town", "village"];

    [Fact]
    public async Task One_transaction_anchors_several_spaces_and_their_reputation_is_checked_on_two_chains()
    {
        await using Machine machine = new();
        await UpAsync(machine);
        await machine.DoneAsync("key", "new", "rita", "--kind", "wallet");
        foreach (string space in (string[])["town", "village"])
        {
            await WitnessedTown.UntilAsync(async () => (await machine.RunAsync("show", "space", "--space", space)).Status == 0);
            await machine.DoneAsync("join", "--key", "rita", "--space", space);
        }

        // Entries that move no money need no anchor of their own.
        foreach (string space in (string[])["town", "village"])
            await WitnessedTown.UntilAsync(async () => await VaultSizeAsync(machine, space) >= 2);
        foreach (string space in (string[])["town", "village"])
            await machine.DoneAsync("join", "--key", "rita", "--space", space, "--attributes", "country=DE");
        await WitnessedTown.UntilAsync(async () => (await TransactionsAsync(machine)).Distinct().Count() == 1);

        await ReceiptsAreProvedAsync(machine);
        await ScoresAreCheckedAsync(machine, ["local-l2", "local-own"]);
        await machine.KillAsync();
        await UpAsync(machine);
        await ScoresAreCheckedAsync(machine, ["local-l2", "local-own"]);
        await AdoptionAsync(machine);
    }

    private static Task UpAsync(Machine machine) => machine.UpAsync(
        "--space", "town@local-own", "--space", "village@local-own",
        "--publish", "demo@local-own", "--publish", "demo@local-l2");

    private static async Task<long?> VaultSizeAsync(Machine machine, string space)
    {
        Said said = await machine.RunAsync("anchors", "--space", space, "--json");
        if (said.Status != 0) return null;
        return JsonDocument.Parse(said.Output).RootElement.GetProperty("vault").TryGetProperty("good", out JsonElement good)
            ? long.Parse(good.GetProperty("size").GetString()!, null)
            : null;
    }

    // The newest super-root of the chain is the same for all; each names what it covers of it.
    private static async Task<string[]> TransactionsAsync(Machine machine)
    {
        List<string> found = [];
        foreach (string space in _spaces)
        {
            Said said = await machine.RunAsync("anchors", "--space", space, "--json");
            if (said.Status != 0) return ["none", "yet"];
            JsonElement own = JsonDocument.Parse(said.Output).RootElement.GetProperty("shared").EnumerateArray()
                .FirstOrDefault(static each => each.GetProperty("network").GetString() == "local-own");
            if (own.ValueKind == JsonValueKind.Undefined) return ["none", "yet"];
            found.Add(own.GetProperty("transaction").GetString()!);
        }

        return [.. found];
    }

    private static async Task ReceiptsAreProvedAsync(Machine machine)
    {
        foreach (string space in _spaces)
        {
            JsonElement anchors = await machine.JsonAsync("anchors", "--space", space);
            JsonElement shared = anchors.GetProperty("shared").EnumerateArray()
                .First(static each => each.GetProperty("network").GetString() == "local-own");
            string last = $"{long.Parse(shared.GetProperty("size").GetString()!, null) - 1}";
            string file = machine.InHome($"{space}.json");
            await machine.DoneAsync("receipt", last, "--space", space, "--out", file);
            JsonElement receipt = JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement;
            Assert.Equal("final", receipt.GetProperty("state").GetString());
            string chain = receipt.GetProperty("anchor").GetProperty("shared").GetProperty("chainId").GetString()!;
            string rpc = anchors.GetProperty("shared").EnumerateArray()
                .First(each => each.GetProperty("chainId").GetString() == chain).GetProperty("rpc").GetString()!;
            string said = await machine.DoneAsync("verify", file, "--rpc", rpc);
            Assert.Contains("under a super-root", said, StringComparison.Ordinal);
            await NothingElseIsProvedAsync(machine, (file, rpc), receipt.GetProperty("anchor").GetProperty("shared"));
        }
    }

    private static async Task NothingElseIsProvedAsync(Machine machine, (string File, string Rpc) receipt, JsonElement shared)
    {
        string text = await File.ReadAllTextAsync(receipt.File);
        string other = machine.InHome("other.json");
        foreach (string member in (string[])["superRoot", "reputationRoot", "payoutRoot", "anchorage"])
        {
            string right = shared.GetProperty(member).GetString()!;
            string wrong = right[..^1] + (right[^1] == '0' ? '1' : '0');
            await File.WriteAllTextAsync(other, text.Replace(right, wrong, StringComparison.Ordinal));
            Said said = await machine.RunAsync("verify", other, "--rpc", receipt.Rpc);
            Assert.True(said.Status == 1, $"{member} may be anything: {said}");
        }
    }

    private static async Task ScoresAreCheckedAsync(Machine machine, string[] networks)
    {
        string voter = await VoterAsync(machine);
        Said said = new(1, "", "");
        await WitnessedTown.UntilAsync(async () =>
        {
            said = await machine.RunAsync("score", voter, "--space", "demo", "--check");
            bool AreAll() => networks.All(name => said.Errors.Contains($"{name} has checked it", StringComparison.Ordinal));
            return said.Status == 0 && AreAll();
        });
    }

    private static async Task<string> VoterAsync(Machine machine)
    {
        foreach (JsonElement poll in (await machine.JsonAsync("show", "--space", "demo")).GetProperty("polls").EnumerateArray())
        {
            string id = poll.GetProperty("id").GetString()!;
            using HttpClient http = new();
            string votes = await http.GetStringAsync($"{machine.Url}/v1/spaces/demo/polls/{id}/votes");
            JsonElement data = JsonDocument.Parse(votes).RootElement.GetProperty("data");
            foreach (JsonElement vote in data.EnumerateArray())
            {
                string voter = vote.GetProperty("voter").GetString()!;
                string account = await http.GetStringAsync($"{machine.Url}/v1/spaces/demo/accounts/{voter}");
                if (JsonDocument.Parse(account).RootElement.GetProperty("reputation").GetArrayLength() > 0) return voter;
            }
        }

        throw new InvalidOperationException("Nobody in the demo has a reputation.");
    }

    // Whoever does not want to wait for the operator makes the super-root claimable at his own cost, once.
    private static async Task AdoptionAsync(Machine machine)
    {
        JsonElement anchors = await machine.JsonAsync("anchors", "--space", "village");
        long shared = long.Parse(anchors.GetProperty("shared")[0].GetProperty("size").GetString()!, null);
        Assert.True(shared > await VaultSizeAsync(machine, "village"));
        await machine.DoneAsync("deposit", "1.00", "--key", "rita", "--space", "town", "--test-money");
        string[] adopt = ["adopt", "--key", "rita", "--space", "village"];
        Assert.Contains("It is good", await machine.DoneAsync(adopt), StringComparison.Ordinal);
        await WitnessedTown.UntilAsync(async () => await VaultSizeAsync(machine, "village") >= shared);
        Assert.Contains("already", await machine.DoneAsync(adopt), StringComparison.Ordinal);
    }
}
