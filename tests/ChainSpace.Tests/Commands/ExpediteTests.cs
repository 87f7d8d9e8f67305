using System.Text.Json;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Commands;

/// <summary>Paying for an early anchor at the command line, with a node and a local chain.</summary>
public sealed class ExpediteTests
{
    [Fact]
    public async Task It_says_until_when_and_what_happens_else_and_the_node_s_wallet_may_speak_too()
    {
        await using Machine machine = new();
        await machine.UpAsync("--no-demo", "--space", "town@local-own", "--space", "play");
        await machine.DoneAsync("key", "new", "wim", "--kind", "wallet");
        await VaultAsync(machine);
        await machine.DoneAsync("deposit", "25.00", "--key", "wim", "--space", "town", "--test-money");

        string[] pay = ["expedite", "0.50", "--key", "wim", "--within", "7d", "--space"];
        string said = await machine.DoneAsync([.. pay, "town"]);
        Assert.Matches(
            @"^0[.]50 \w+ for an anchor of everything up to here, final by [0-9-]+ [0-9:]+ UTC \(entry \d+\)[.]\s+If it is miss",
            said);
        await RefusedAsync(machine, "pays for an early anchor already", [.. pay, "town"]);
        await machine.DoneAsync("join", "--key", "wim", "--space", "play");
        await RefusedAsync(machine, "play money", [.. pay, "play"]);

        // What the wallet of the node has earned would be taken out like this, by whoever has its file.
        string file = machine.InHome("data/wallet.key");
        using WalletSigner wallet = NodeWallet.Open(machine.InHome("data"));
        string account = wallet.Account.ToString();
        await machine.DoneAsync("deposit", "2.00", "--key", "wim", "--for", account, "--space", "town", "--test-money");
        JsonElement taken = await machine.JsonAsync("withdraw", "2.00", "--key", file, "--space", "town");
        Assert.Equal(account, taken.GetProperty("account").GetString());
    }

    // The contracts come first, and the space with them.
    private static async Task VaultAsync(Machine machine)
    {
        using HttpClient http = new();
        for (int tries = 0; ; tries++)
        {
            using HttpResponseMessage answer = await http.GetAsync($"{machine.Url}/v1/spaces/town/vault");
            if (answer.IsSuccessStatusCode) return;
            Assert.True(tries < 300, "There is no vault.");
            await Task.Delay(200);
        }
    }

    private static async Task RefusedAsync(Machine machine, string because, string[] arguments)
    {
        Said said = await machine.RunAsync(arguments);
        Assert.Equal(1, said.Status);
        Assert.Contains(because, said.Errors, StringComparison.Ordinal);
    }
}
