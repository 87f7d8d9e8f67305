using System.Text.Json;
using ChainSpace.Chains;
using ChainSpace.Chains.Local;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Chains;

/// <summary>A real chain that makes a block only when told to, and the few words the tests of chains are told in.</summary>
internal sealed class LocalChain : IAsyncDisposable
{
    public static readonly ChainId Id = new(31337);

    private readonly AnvilProcess process;
    private readonly HttpClient http = RpcEndpoint.CreateClient();

    private LocalChain(AnvilProcess process)
    {
        this.process = process;
        Endpoint = new RpcEndpoint(process.Url, http, new RpcLimits(), TimeProvider.System);
    }

    public Uri Url => process.Url;

    public RpcEndpoint Endpoint { get; }

    public static async Task<LocalChain> StartAsync(AnvilOptions? options = null) =>
        new(await AnvilProcess.StartAsync(options ?? new AnvilOptions(), TimeProvider.System, CancellationToken.None));

    public async Task<T> AskAsync<T>(RpcCall<T> call)
        where T : notnull
    {
        Answer<T> answer = await Endpoint.AskAsync(call, CancellationToken.None);
        Assert.True(answer.IsGood, answer.Fault?.ToString());
        return answer.Value;
    }

    /// <summary>The bytes the chain answers to a question whose first id is 1.</summary>
    public async Task<byte[]> RecordAsync<T>(RpcCall<T> call)
        where T : notnull
    {
        using ByteArrayContent content = new(RpcBody.Write(call.Requests.AsSpan(), 1));
        content.Headers.ContentType = new("application/json");
        using HttpResponseMessage response = await http.PostAsync(Url, content);
        return await response.Content.ReadAsByteArrayAsync();
    }

    public async Task MineAsync(int blocks = 1) =>
        await DoAsync("anvil_mine", writer => writer.WriteStringValue($"0x{blocks:x}"));

    /// <summary>Replaces the newest blocks by as many empty ones.</summary>
    public async Task ReorganiseAsync(int depth) => await DoAsync("anvil_reorg", writer =>
    {
        writer.WriteNumberValue(depth);
        writer.WriteStartArray();
        writer.WriteEndArray();
    });

    public async Task DoAsync(string method, Action<Utf8JsonWriter> parameters) =>
        await AskAsync(Chain.Ask<bool>(method, parameters, _ => true));

    /// <summary>A new wallet that owns 1,000 coins.</summary>
    public async Task<WalletSigner> WalletAsync()
    {
        WalletSigner wallet = WalletSigner.Create();
        await DoAsync("anvil_setBalance", writer =>
        {
            writer.WriteStringValue(Address.Of(wallet.Account).ToString());
            writer.WriteStringValue("0x3635c9adc5dea00000");
        });
        return wallet;
    }

    public async Task<Wei> BalanceAsync(Address account) => await AskAsync(Chain.Balance(account, new BlockTag.Latest()));

    /// <summary>Signs, sends, mines, and gives back the receipt.</summary>
    public async Task<Receipt.Mined> CallAsync(WalletSigner wallet, ChainCall call)
    {
        Nonce nonce = await AskAsync(Chain.TransactionCount(Address.Of(wallet.Account), new BlockTag.Latest()));
        GasPrice price = new(Wei.FromGwei(100), Wei.FromGwei(1));
        SignedTransaction signed = new Transaction(Id, nonce, price, new Gas(16_000_000), call).Sign(wallet);
        await AskAsync(Chain.Send(signed));
        await MineAsync();
        return Assert.IsType<Receipt.Mined>(await AskAsync(Chain.ReceiptOf(signed.Hash)));
    }

    /// <summary>Signs and sends them all before the next block.</summary>
    public async Task SendManyAsync(WalletSigner wallet, IReadOnlyList<ChainCall> calls)
    {
        Nonce nonce = await AskAsync(Chain.TransactionCount(Address.Of(wallet.Account), new BlockTag.Latest()));
        GasPrice price = new(Wei.FromGwei(100), Wei.FromGwei(1));
        await AskAsync(RpcCalls.All([.. calls.Select((call, place) => Chain.Send(
            new Transaction(Id, new Nonce(nonce.Value + (ulong)place), price, new Gas(16_000_000), call).Sign(wallet)))]));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }
}
