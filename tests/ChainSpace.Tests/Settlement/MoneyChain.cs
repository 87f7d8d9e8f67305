using System.Collections.Immutable;
using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Tests.Chains;

namespace ChainSpace.Tests.Settlement;

/// <summary>
/// The chain of a story, seen without anything between: the money, two purses that pay it in for others, and proxies in
/// front for the node.
/// </summary>
internal sealed class MoneyChain : IAsyncDisposable
{
    /// <summary>Blocks that must stand on a final one; no reorganisation of a story goes deeper.</summary>
    public const ulong Depth = 3;

    private MoneyChain(LocalChain chain, Erc20? token, (MoneyPurse Bank, MoneyPurse Permits) purses, int endpoints)
    {
        (Chain, Token, (Bank, Permits)) = (chain, token, purses);
        Proxies = [.. Enumerable.Range(0, endpoints).Select(_ => new FaultyServer(chain.Url))];
    }

    public LocalChain Chain { get; }

    /// <summary>Sends what anybody may, and pays in the plain way.</summary>
    public MoneyPurse Bank { get; }

    /// <summary>Pays in by what it signs, which would spoil the bank's allowance.</summary>
    public MoneyPurse Permits { get; }

    /// <summary>Null where the money is the coin.</summary>
    public Erc20? Token { get; }

    /// <summary>What the node sees of the chain, as many times as it has endpoints.</summary>
    public ImmutableArray<FaultyServer> Proxies { get; }

    /// <summary>The node's first endpoint.</summary>
    public FaultyServer Proxy => Proxies[0];

    public static async Task<MoneyChain> StartAsync(StoryPlan plan)
    {
        LocalChain chain = await LocalChain.StartAsync();
        Erc20? token = plan.IsCoin ? null : await MoneyPurse.MakeTokenAsync(chain);
        (MoneyPurse, MoneyPurse) purses = (await MoneyPurse.FillAsync(chain, token), await MoneyPurse.FillAsync(chain, token));
        return new MoneyChain(chain, token, purses, plan.Liar is null ? 1 : 3);
    }

    /// <summary>Plenty.</summary>
    public Task GiveCoinsAsync(Address wallet) => SetCoinsAsync(wallet, "0x3635c9adc5dea00000");

    /// <summary>What an address has from now on, in hexadecimal wei.</summary>
    public async Task SetCoinsAsync(Address address, string coins)
    {
        await Chain.DoAsync("anvil_setBalance", writer =>
        {
            writer.WriteStringValue(address.ToString());
            writer.WriteStringValue(coins);
        });
        await Chain.MineAsync();
    }

    /// <summary>The bank's call, in a block of its own with whatever else waits.</summary>
    public async Task<bool> CallAsync(ChainCall call) => (await Chain.CallAsync(Bank.Wallet, call)).Succeeded;

    /// <summary>A call of somebody who may come too late, or not be let: false where nothing came of it.</summary>
    public async Task<bool> TryAsync(WalletSigner wallet, ChainCall call)
    {
        Nonce nonce = await Chain.AskAsync(
            ChainSpace.Chains.Rpc.Chain.TransactionCount(Address.Of(wallet.Account), new BlockTag.Latest()));
        GasPrice price = new(Wei.FromGwei(400), Wei.FromGwei(200));
        SignedTransaction signed = new Transaction(LocalChain.Id, nonce, price, new Gas(1_000_000), call).Sign(wallet);
        Answer<TransactionHash> sent =
            await Chain.Endpoint.AskAsync(ChainSpace.Chains.Rpc.Chain.Send(signed), CancellationToken.None);
        if (!sent.IsGood) return false;
        await Chain.MineAsync();
        return await Chain.AskAsync(ChainSpace.Chains.Rpc.Chain.ReceiptOf(signed.Hash)) is Receipt.Mined { Succeeded: true };
    }

    /// <summary>The story's money at an address.</summary>
    public RpcCall<BigInteger> BalanceOf(Address owner, BlockTag? at = null) => Token is { } token
        ? token.BalanceOf(owner, at)
        : CoinsOf(owner, at);

    public static RpcCall<BigInteger> CoinsOf(Address owner, BlockTag? at = null) =>
        ChainSpace.Chains.Rpc.Chain.Balance(owner, at ?? new BlockTag.Latest()).Then<BigInteger>(wei => (BigInteger)wei.Units);

    public async Task<BlockNumber> HeadAsync() => await Chain.AskAsync(ChainSpace.Chains.Rpc.Chain.Head);

    /// <summary>Replaces the newest blocks; what stood in them waits again, or is lost.</summary>
    public async Task ReorganiseAsync(int depth, bool isForgetting)
    {
        await Chain.ReorganiseAsync(depth);
        if (isForgetting) await Chain.DoAsync("anvil_dropAllTransactions", static _ => { });
        await Chain.MineAsync();
    }

    /// <summary>Takes the newest blocks away and makes as many others, so that no later fault reaches a final one.</summary>
    public async Task RollBackAsync(int depth)
    {
        await Chain.DoAsync("anvil_rollback", writer => writer.WriteNumberValue(depth));
        await Chain.DoAsync("anvil_dropAllTransactions", static _ => { });
        await Chain.MineAsync(depth + 1);
    }

    public async Task PassAsync(TimeSpan time)
    {
        await Chain.DoAsync("evm_increaseTime", writer => writer.WriteNumberValue((long)time.TotalSeconds));
        await Chain.MineAsync();
    }

    /// <summary>Each account as the newest block has it, and its deposits as the newest final one has them.</summary>
    public async Task<IReadOnlyList<AccountMoney>> AccountsAsync(Address vault, IReadOnlyList<MoneyPerson> people)
    {
        BlockNumber head = await HeadAsync();
        VaultViews now = new(vault, new BlockTag.At(head)), past = new(vault, new BlockTag.At(head.Minus(Depth)));
        ImmutableArray<BigInteger> answers = await Chain.AskAsync(RpcCalls.All(
        [
            .. people.SelectMany(each => (RpcCall<BigInteger>[])
            [
                now.Deposited(each.Account), past.Deposited(each.Account), now.Claimed(each.Account),
                BalanceOf(each.Payee, new BlockTag.At(head)), BalanceOf(each.Elsewhere, new BlockTag.At(head)),
            ]),
        ]));
        return
        [
            .. people.Select((each, place) => new AccountMoney(
                each.Account, answers[5 * place], answers[5 * place + 1], answers[5 * place + 2],
                Token is null && each.HasOtherCoins
                    ? answers[5 * place + 2]
                    : answers[5 * place + 3] + answers[5 * place + 4])),
        ];
    }

    public async Task<IReadOnlyList<VaultEvent.Anchored>> AnchorsAsync(Address vault)
    {
        Bytes32 topic = Keccak256.Hash("Anchored(uint256,bytes32,bytes32)"u8);
        LogList logs = await Chain.AskAsync(ChainSpace.Chains.Rpc.Chain.Logs(
            new LogFilter(vault, topic, new BlockNumber(0), await HeadAsync())));
        return [.. logs.Entries.Select(each => VaultEvent.TryRead(vault, each)).OfType<VaultEvent.Anchored>()];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (FaultyServer proxy in Proxies) proxy.Dispose();
        Bank.Dispose();
        Permits.Dispose();
        await Chain.DisposeAsync();
    }
}
