using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Local;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Bench;

/// <summary>
/// A node in a process of its own, a chain that it reaches by address, a space there, and a wallet that pays in. The arrival
/// of each block is noted as it is seen, a few milliseconds late at most.
/// </summary>
internal sealed class PaidTown : IAsyncDisposable
{
    public const string Space = "bench";

    private const ulong Id = 31_500;
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(5);

    private readonly string data = Directory.CreateTempSubdirectory("chainspace-bench-").FullName;
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<ulong, long> arrivals = [];
    private readonly HttpClient http = RpcEndpoint.CreateClient();
    private readonly WalletSigner payer = WalletSigner.Create();
    private readonly ulong confirmations;
    private AnvilProcess anvil = null!;
    private RpcEndpoint chain = null!;
    private VaultCalls vault = null!;
    private Task watch = Task.CompletedTask;
    private ulong nonce;

    private PaidTown(ulong confirmations) => this.confirmations = confirmations;

    public NodeProcess Node { get; private set; } = null!;

    public ChainSpaceClient Client { get; private set; } = null!;

    /// <summary>Starts chain and node, and waits until money can be paid in.</summary>
    public static async Task<PaidTown> FoundAsync(TimeSpan blockTime, ulong confirmations)
    {
        PaidTown town = new(confirmations);
        try
        {
            await town.StartAsync(blockTime);
            return town;
        }
        catch
        {
            await town.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a deposit for each account, all of them at once; their transactions.</summary>
    public async Task<ImmutableArray<TransactionHash>> PayAsync(IReadOnlyList<AccountId> accounts, Wei each)
    {
        GasPrice price = new(Wei.FromGwei(100), Wei.FromGwei(1));
        SignedTransaction[] signed = new SignedTransaction[accounts.Count];
        ulong first = nonce;
        Parallel.For(0, accounts.Count, place => signed[place] = new Transaction(
            new ChainId(Id), new Nonce(first + (ulong)place), price, new Gas(60_000),
            vault.Deposit(accounts[place], each)).Sign(payer));
        nonce += (ulong)accounts.Count;
        return await AskAsync(RpcCalls.All([.. signed.Select(Chain.Send)]));
    }

    /// <summary>The block of a transaction, once it has one.</summary>
    public async Task<BlockNumber> BlockOfAsync(TransactionHash transaction)
    {
        while (true)
        {
            if (await AskAsync(Chain.ReceiptOf(transaction)) is Receipt.Mined mined)
            {
                return mined.Succeeded
                    ? mined.Block
                    : throw new InvalidOperationException($"The deposit {transaction} failed.");
            }

            await Task.Delay(Blink);
        }
    }

    /// <summary>When the block became final by the network's rule, as a time stamp of <see cref="Stopwatch"/>.</summary>
    public async Task<long> FinalAsync(BlockNumber block)
    {
        long seen;
        while (!arrivals.TryGetValue(block.Value + confirmations, out seen)) await Task.Delay(Blink);
        return seen;
    }

    /// <summary>What the space has credited to an account.</summary>
    public async Task<UInt128> ReceivedAsync(AccountId account)
    {
        AccountView? view = await Client.AccountAsync(Space, account.ToString(), default);
        return view is null ? 0 : UInt128.Parse(view.Received, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watch;
        if (Node is not null) await Node.DisposeAsync();
        if (anvil is not null) await anvil.DisposeAsync();
        http.Dispose();
        payer.Dispose();
        ending.Dispose();
        Directory.Delete(data, recursive: true);
    }

    private async Task StartAsync(TimeSpan blockTime)
    {
        // So much gas that ten thousand deposits fit in a block.
        AnvilOptions options = new() { Chain = new ChainId(Id), BlockTime = blockTime, BlockGas = new Gas(900_000_000) };
        anvil = await AnvilProcess.StartAsync(options, TimeProvider.System, CancellationToken.None);
        chain = new RpcEndpoint(anvil.Url, http, new RpcLimits(), TimeProvider.System);
        watch = WatchAsync();
        using (WalletSigner wallet = NodeWallet.Open(data)) await GiveAsync(wallet);
        await GiveAsync(payer);
        await File.WriteAllTextAsync(Path.Combine(data, "networks.json"), string.Create(CultureInfo.InvariantCulture, $$"""
            {"networks":[{"name":"far","chainId":{{Id}},"currency":"ETH","rpc":["{{anvil.Url}}"],"finality":{{confirmations}},
              "finalityClass":"standard","blockSeconds":{{blockTime.TotalSeconds}},"feeCeilingWei":500000000000}]}
            """));
        Node = await NodeProcess.StartAsync(data, "--no-demo", "--space", $"{Space}@far");
        Client = new ChainSpaceClient(Node.Http);
        VaultView? view;
        while ((view = await Client.VaultAsync(Space, default)) is null) await Task.Delay(Blink * 20);
        vault = new VaultCalls(Address.Parse(view.Vault));
    }

    private async Task WatchAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            Answer<BlockNumber> head = await chain.AskAsync(Chain.Head, CancellationToken.None);
            if (head.IsGood) arrivals.TryAdd(head.Value.Value, Stopwatch.GetTimestamp());
            await Task.Delay(Blink);
        }
    }

    private Task GiveAsync(WalletSigner wallet) =>
        LocalCoins.GiveAsync(anvil.Url, Address.Of(wallet.Account), CancellationToken.None);

    private async Task<T> AskAsync<T>(RpcCall<T> call)
        where T : notnull
    {
        Answer<T> answer = await chain.AskAsync(call, CancellationToken.None);
        return answer.IsGood ? answer.Value : throw new InvalidOperationException($"The chain does not answer: {answer.Fault}.");
    }
}
