using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Client;
using ChainSpace.Client.Keys;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Witnessing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Tests.Commands;

namespace ChainSpace.Tests.Settlement;

/// <summary>The space 'town' on a chain of its own, with the witnesses wim, wanda and wendy, of whom two must sign.</summary>
internal sealed class WitnessedTown : IAsyncDisposable
{
    private static readonly string[] _witnesses = ["wim", "wanda", "wendy"];

    private readonly Dictionary<string, WalletSigner> wallets = [];
    private readonly List<HttpClient> opened = [];
    private readonly HttpClient rpc = RpcEndpoint.CreateClient();
    private SpaceView space = null!;
    private RpcPool chain = null!;

    public Machine Machine { get; } = new();

    public ChainSpaceClient Client { get; private set; } = null!;

    public static async Task<WitnessedTown> FoundAsync()
    {
        WitnessedTown town = new();
        string keys = Directory.CreateDirectory(Path.Combine(town.Machine.Home, ".config", "chainspace", "keys")).FullName;
        foreach (string name in (string[])[.. _witnesses, "rita", "anna"])
        {
            town.wallets[name] = WalletSigner.Create();
            KeyFile.Create(Path.Combine(keys, name + ".json"), town.wallets[name], passphrase: null);
        }

        IEnumerable<string> witnesses = _witnesses.SelectMany(name => (string[])["--witness", town.AddressOf(name)]);
        await town.Machine.UpAsync(["--no-demo", "--space", "town@local-own", .. witnesses, "--threshold", "2"]);
        town.Client = new ChainSpaceClient(town.Http(new HttpClientHandler()));
        await UntilAsync(async () => await town.Client.VaultAsync("town", default) is not null);
        town.space = (await town.Client.SpaceAsync("town", default))!;
        RpcEndpoint endpoint = new(new Uri((await town.VaultAsync()).Rpc!), town.rpc, new RpcLimits(), TimeProvider.System);
        town.chain = new RpcPool(new ChainId(31339), [endpoint], 1, TimeProvider.System, new Random());
        return town;
    }

    public string AddressOf(string name) => Address.Of(wallets[name].Account).ToString();

    public AccountId AccountOf(string name) => wallets[name].Account;

    /// <summary>Asks the chain itself.</summary>
    public DepositCheck Deposits => new(chain);

    public WitnessMemory MemoryOf(string name) => new(Machine.InHome(name + ".witness"));

    /// <summary>A witness in this process; what the node says of anchors is bent for it.</summary>
    public Witness Witness(string name, (string From, string To)? bent = null)
    {
        ChainSpaceClient client = bent is { } words ? new ChainSpaceClient(Http(new LyingNode(words))) : Client;
        return new Witness(client, new SpaceId(Bytes32.Parse(space.Id)), wallets[name], MemoryOf(name), chain);
    }

    public async Task<SpaceSession> SessionAsync(string name) =>
        new(Client, (await Client.SpaceAsync("town", default))!, wallets[name], TimeProvider.System);

    public async Task<VaultView> VaultAsync() => (await Client.VaultAsync("town", default))!;

    /// <summary>What waits for witnesses now, once something does.</summary>
    public async Task<EndorsementView> AwaitingAsync()
    {
        EndorsementView? asked = null;
        await UntilAsync(async () =>
        {
            if ((await VaultAsync()).Anchors is not [AnchorView newest, ..]) return false;
            long size = long.Parse(newest.Size, CultureInfo.InvariantCulture);
            return (asked = await Client.EndorsementAsync("town", size, default)) is not null;
        });
        return asked!;
    }

    public async Task<string> MoneyOfAsync(string name)
    {
        Address asset = Address.Parse((await VaultAsync()).Asset);
        var balance = await chain.AskAsync(new Erc20(asset).BalanceOf(Address.Of(wallets[name].Account)), default);
        return balance.Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the vault said this in a transaction of a block.</summary>
    public async Task<bool> HasSaidAsync(string said, AnchorProof anchor)
    {
        Address vault = Address.Parse((await VaultAsync()).Vault);
        BlockNumber block = new(ulong.Parse(anchor.Height, CultureInfo.InvariantCulture));
        LogFilter filter = new(vault, AbiEvent.Parse(said).Topic, block, block);
        LogList logs = (await chain.AskAsync(Chain.Logs(filter), default)).Value!;
        return logs.Entries.Any(each => each.Transaction.ToString() == anchor.Transaction);
    }

    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (int tries = 0; tries < 150; tries++)
        {
            if (await isSo()) return;
            await Task.Delay(200);
        }

        Assert.Fail("It did not come to that within half a minute.");
    }

    public async ValueTask DisposeAsync()
    {
        await Machine.DisposeAsync();
        foreach (IDisposable each in (IDisposable[])[.. opened, .. wallets.Values, rpc]) each.Dispose();
    }

    private HttpClient Http(HttpMessageHandler handler)
    {
        HttpClient http = new(handler) { BaseAddress = new Uri(Machine.Url + "/") };
        opened.Add(http);
        return http;
    }

    private sealed class LyingNode((string From, string To) words) : DelegatingHandler(new HttpClientHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            if (!request.RequestUri!.AbsolutePath.Contains("/anchors/", StringComparison.Ordinal)) return answer;
            string text = await answer.Content.ReadAsStringAsync(cancellationToken);
            answer.Content = new StringContent(text.Replace(words.From, words.To, StringComparison.Ordinal));
            return answer;
        }
    }
}
