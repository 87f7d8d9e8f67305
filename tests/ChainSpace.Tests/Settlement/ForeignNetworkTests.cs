using System.Numerics;
using System.Text.Json;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Local;
using ChainSpace.Client.Keys;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Tests.Chains;
using ChainSpace.Tests.Commands;

namespace ChainSpace.Tests.Settlement;

/// <summary>A chain that the node did not start, with contracts that others deployed, as DATA/networks.json names them.</summary>
public sealed class ForeignNetworkTests : IAsyncLifetime
{
    private const ulong Given = 40_000_000;

    private readonly Machine machine = new();
    private readonly WalletSigner rita = WalletSigner.Create();
    private LocalChain chain = null!;
    private WalletSigner bank = null!;
    private Address factory;
    private Erc20 token = null!;

    private Address Rita => Address.Of(rita.Account);

    public async ValueTask InitializeAsync()
    {
        chain = await LocalChain.StartAsync(new AnvilOptions { BlockTime = TimeSpan.FromSeconds(1) });
        bank = await chain.WalletAsync();
        factory = (await chain.CallAsync(bank, VaultFactory.Deploy())).Created!.Value;
        token = await SixDigits.DeployAsync(chain, bank, "EURX");
        Assert.True((await chain.CallAsync(bank, SixDigits.Mint(token, Rita, Given))).Succeeded);
        string keys = Directory.CreateDirectory(machine.InHome(".config/chainspace/keys")).FullName;
        KeyFile.Create(Path.Combine(keys, "rita.json"), rita, passphrase: null);
        using WalletSigner node = NodeWallet.Open(machine.InHome("data"));
        foreach (Address each in (Address[])[Rita, Address.Of(node.Account)]) await GiveCoinsAsync(each);
    }

    public async ValueTask DisposeAsync()
    {
        await machine.DisposeAsync();
        bank.Dispose();
        rita.Dispose();
        await chain.DisposeAsync();
    }

    [Fact]
    public async Task Money_goes_in_around_and_out_as_the_file_says()
    {
        await WriteNetworksAsync(factory);
        await UpAsync();
        JsonElement vault = await VaultAsync();
        Assert.Equal(chain.Url, new Uri(Text(vault, "rpc")));
        JsonElement space = await machine.JsonAsync("show", "space", "--space", "town");
        Assert.Equal(("EURX", 6), (Text(space, "currency"), space.GetProperty("decimals").GetInt32()));
        Assert.Equal(factory.Word.ToString(), Text(space, "factory"));
        VaultTerms terms = await chain.AskAsync(new VaultViews(Address.Parse(Text(vault, "vault"))).Terms());
        Assert.Equal(
            (token.Address, 2U, 3600U, 50_000_000_000_000_000UL),
            (terms.Asset, terms.Window, terms.ExitAfter, (ulong)terms.Bond.Units));

        await machine.DoneAsync("deposit", "25.00", "--key", "rita", "--space", "town");
        await machine.DoneAsync("key", "new", "anna");
        string[] post = ["post", "--title", "Is it right?", "--option", "Yes", "--option", "No", "--max", "1"];
        string[] here = ["--key", "rita", "--space", "town"];
        Said dear = await machine.RunAsync([.. post, .. here, "--reward", "25.000001"]);
        Assert.Equal("The account has 25.00 EURX available.", dear.Errors.Trim());
        string poll = Text(await machine.JsonAsync([.. post, .. here, "--reward", "3.00"]), "id");
        await machine.DoneAsync("vote", poll, "Yes", "--key", "anna", "--space", "town");
        await UntilAsync(() => TryAsync("withdraw", "3.00", "--key", "anna", "--space", "town"));
        await UntilAsync(() => TryAsync("claim", "--key", "anna", "--payer", "rita", "--space", "town"));

        BigInteger left = await chain.AskAsync(token.BalanceOf(Rita));
        Assert.Equal(new BigInteger(Given - 25_000_000 + 3_000_000), left);
        await machine.DoneAsync("audit", machine.InHome("data"));
    }

    [Fact]
    public async Task Nothing_is_founded_with_a_factory_of_others_and_networks_says_why()
    {
        await WriteNetworksAsync(token.Address);
        await UpAsync();
        string why = $"Network 'far' cannot be used: the contract at the 'factory' {token.Address} is not the vault factory of "
            + "this version.";
        await UntilAsync(async () => Far(await machine.JsonAsync("networks")) is { } far && far.TryGetProperty("complaint", out _)
            ? far
            : null);
        Assert.Equal(why, Text(Far(await machine.JsonAsync("networks"))!.Value, "complaint"));
        Assert.Equal(1, (await machine.RunAsync("show", "space", "--space", "town")).Status);
    }

    [Fact]
    public async Task A_space_keeps_its_vault_when_its_network_gets_another_factory()
    {
        await WriteNetworksAsync(null);
        await UpAsync();
        string before = Text(await VaultAsync(), "vault");
        await machine.KillAsync();
        await WriteNetworksAsync(factory);
        await UpAsync();
        JsonElement after = await VaultAsync();
        Assert.Equal(before, Text(after, "vault"));
        Assert.NotEqual(factory.Word.ToString(), Text(await machine.JsonAsync("show", "space", "--space", "town"), "factory"));
    }

    private Task UpAsync() => machine.UpAsync("--no-demo", "--space", "town@far");

    private Task WriteNetworksAsync(Address? maker) => File.WriteAllTextAsync(machine.InHome("data/networks.json"), $$"""
        {"networks":[{"name":"far","chainId":31337,"currency":"ETH","rpc":["{{chain.Url}}"],"finality":1,
          "publicRpc":"{{chain.Url}}",
          "finalityClass":"standard","blockSeconds":1,"feeCeilingWei":500000000000,
          {{(maker is { } named ? $"\"factory\":\"{named}\"," : "")}}
          "asset":"{{token.Address}}","symbol":"EURX","decimals":6,"window":"2s","exitAfter":"1h","bond":"0.05",
          "longestWait":"2s","shortestPause":"1s"}]}
        """);

    private Task GiveCoinsAsync(Address wallet) => chain.DoAsync("anvil_setBalance", writer =>
    {
        writer.WriteStringValue(wallet.ToString());
        writer.WriteStringValue("0x3635c9adc5dea00000");
    });

    private static JsonElement? Far(JsonElement answer) => answer.GetProperty("networks").EnumerateArray()
        .Select(static each => each.GetProperty("network")).Where(static each => Text(each, "name") == "far")
        .Select(static each => (JsonElement?)each).SingleOrDefault();

    private async Task<JsonElement> VaultAsync() =>
        (await UntilAsync(() => TryAsync("anchors", "--space", "town"))).GetProperty("vault");

    private async Task<JsonElement?> TryAsync(params string[] arguments)
    {
        Said said = await machine.RunAsync([.. arguments, "--json"]);
        return said.Status == 0 ? JsonDocument.Parse(said.Output).RootElement : null;
    }

    private static async Task<JsonElement> UntilAsync(Func<Task<JsonElement?>> ask)
    {
        for (int tries = 0; tries < 100; tries++)
        {
            if (await ask() is { } answer) return answer;
            await Task.Delay(200);
        }

        throw new TimeoutException("It did not come to that.");
    }

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
