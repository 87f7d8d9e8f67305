using System.Text.Json;
using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Tests.House;

namespace ChainSpace.Tests.Chains;

/// <summary>The contract of Till.sol: the deposits of a vault and nothing else.</summary>
internal static class Till
{
    public static readonly AbiSignature TooMany = AbiSignature.Parse("TooMany(uint256)");

    private static readonly AbiSignature _deposit = AbiSignature.Parse("deposit(bytes32)");
    private static readonly AbiSignature _depositMany = AbiSignature.Parse("depositMany(uint256,uint256)");
    private static readonly AbiSignature _depositTooMuch = AbiSignature.Parse("depositTooMuch(bytes32)");
    private static readonly AbiSignature _refuse = AbiSignature.Parse("refuse(string)");
    private static readonly AbiEvent _deposited = AbiEvent.Parse("Deposited(bytes32 indexed,uint256,uint256)");

    public static ChainCall Deposit(Address till, AccountId account, Wei value) =>
        new(till, value, _deposit.Encode(account.Value));

    public static ChainCall DepositMany(Address till, ulong first, ulong count) =>
        new(till, Wei.Zero, _depositMany.Encode(first, count));

    public static ChainCall DepositTooMuch(Address till, AccountId account) =>
        new(till, Wei.Zero, _depositTooMuch.Encode(account.Value));

    public static ChainCall Refuse(Address till, string why) => new(till, Wei.Zero, _refuse.Encode(why));

    public static async Task<Receipt.Mined> DeployAsync(LocalChain chain, WalletSigner wallet)
    {
        using JsonDocument file = JsonDocument.Parse(Repository.Read("tests/ChainSpace.Tests/Chains/Till.json"));
        byte[] code = Hex.Decode(file.RootElement.GetProperty("bytecode").GetString()!)!;
        Receipt.Mined receipt = await chain.CallAsync(wallet, new ChainCall(null, Wei.Zero, code));
        Assert.True(receipt.Succeeded);
        return receipt;
    }

    public static async Task DepositAsync(LocalChain chain, WalletSigner wallet, Address till, ulong first, ulong count) =>
        Assert.True((await chain.CallAsync(wallet, DepositMany(till, first, count))).Succeeded);

    /// <summary>A block, events and a receipt in one question.</summary>
    public static RpcCall<((BlockHeader First, LogList Second) First, Receipt Second)> Everything(
        Address till, TransactionHash transaction)
    {
        LogFilter filter = new(till, _deposited.Topic, new BlockNumber(0), new BlockNumber(100));
        return Chain.Block(new BlockTag.Latest()).With(Chain.Logs(filter)).With(Chain.ReceiptOf(transaction));
    }
}
