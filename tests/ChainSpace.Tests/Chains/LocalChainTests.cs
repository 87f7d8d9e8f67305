using ChainSpace.Chains;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Chains;

public sealed class LocalChainTests
{
    [Fact]
    public async Task A_transaction_signed_here_is_mined_there()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner wallet = await chain.WalletAsync();
        using WalletSigner other = WalletSigner.Create();

        Receipt.Mined receipt = await chain.CallAsync(
            wallet, new ChainCall(Address.Of(other.Account), new Wei(5), ReadOnlyMemory<byte>.Empty));

        Assert.True(receipt.Succeeded);
        Assert.Equal(new BlockNumber(1), receipt.Block);
        Assert.Equal(new Gas(21_000), receipt.GasUsed);
        Assert.Equal(new Wei(5), await chain.BalanceAsync(Address.Of(other.Account)));
    }
}
