using System.Text.Json;
using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Tests.Chains;
using ChainSpace.Tests.House;

namespace ChainSpace.Tests.Settlement;

/// <summary>The contract of SixDigits.sol: money with six digits after the point.</summary>
internal static class SixDigits
{
    private const string Code = "tests/ChainSpace.Tests/Settlement/SixDigits.json";

    private static readonly AbiSignature _mint = AbiSignature.Parse("mint(address,uint256)");

    public static async Task<Erc20> DeployAsync(LocalChain chain, WalletSigner wallet, string symbol)
    {
        using JsonDocument file = JsonDocument.Parse(Repository.Read(Code));
        byte[] code = Hex.Decode(file.RootElement.GetProperty("bytecode").GetString()!)!;
        byte[] arguments = AbiTuple.Parse("(string,string)").Encode("Six digits", symbol);
        Receipt.Mined receipt = await chain.CallAsync(wallet, new ChainCall(null, Wei.Zero, (byte[])[.. code, .. arguments]));
        Assert.True(receipt.Succeeded);
        return new Erc20(receipt.Created!.Value);
    }

    public static ChainCall Mint(Erc20 token, Address to, ulong amount) =>
        new(token.Address, Wei.Zero, _mint.Encode(to, amount));
}
