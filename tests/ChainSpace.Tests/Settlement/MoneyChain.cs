using System.Collections.Immutable;
using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Tests.Chains;

namespace ChainSpace.Tests.Settlement;

/// <summary>
/// The chain of a story, seen without anything between: a token, a bank that has all of it and pays it in for others, and
/// a proxy in front for the node.
/// </summary>
internal sealed class MoneyChain : IAsyncDisposable
{
    /// <summary>Blocks that must stand on a final one; no reorganisation of a story goes deeper.</summary>
    public const ulong Depth = 3;

    private static readonly BigInteger _plenty = 1_000_000_000;

    private MoneyChain(LocalChain chain, WalletSigner bank, Erc20 token)
    {
        (Chain, Bank, Token) = (chain, bank, token);
        Proxy = new FaultyServer(chain.Url);
    }

    public LocalChain Chain { get; }

    public WalletSigner Bank { get; }

    public Erc20 Token { get; }

    /// <summary>What the node sees of the chain.</summary>
    public FaultyServer Proxy { get; }

    public static async Task<MoneyChain> StartAsync()
    {
        LocalChain chain = await LocalChain.StartAsync();
        WalletSigner bank = await chain.WalletAsync();
        byte[] arguments = AbiTuple.Parse("(string,string)").Encode("Test dollar", "USDX");
        ChainCall code = new(null, Wei.Zero, (byte[])[.. ContractCode.TestToken.Span, .. arguments]);
        Address token = (await chain.CallAsync(bank, code)).Created!.Value;
        byte[] mint = AbiSignature.Parse("mint(address,uint256)").Encode(Address.Of(bank.Account), _plenty);
        Assert.True((await chain.CallAsync(bank, new ChainCall(token, Wei.Zero, mint))).Succeeded);
        return new MoneyChain(chain, bank, new Erc20(token));
    }

    public async Task GiveCoinsAsync(Address wallet)
    {
        await Chain.DoAsync("anvil_setBalance", writer =>
        {
            writer.WriteStringValue(wallet.ToString());
            writer.WriteStringValue("0x3635c9adc5dea00000");
        });
        await Chain.MineAsync();
    }

    /// <summary>The bank's call, in a block of its own with whatever else waits.</summary>
    public async Task<bool> CallAsync(ChainCall call) => (await Chain.CallAsync(Bank, call)).Succeeded;

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
                Token.BalanceOf(each.Payee, new BlockTag.At(head)),
            ]),
        ]));
        return
        [
            .. people.Select((each, place) => new AccountMoney(
                each.Account, answers[4 * place], answers[4 * place + 1], answers[4 * place + 2], answers[4 * place + 3])),
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
        Proxy.Dispose();
        Bank.Dispose();
        await Chain.DisposeAsync();
    }
}
