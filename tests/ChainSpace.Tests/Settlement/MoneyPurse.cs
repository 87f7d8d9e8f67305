using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Tests.Chains;

namespace ChainSpace.Tests.Settlement;

/// <summary>
/// A wallet with plenty of a story's money, and all ways of paying it into a vault. It pays for others, so that their own
/// addresses hold what they have claimed and nothing else.
/// </summary>
internal sealed class MoneyPurse : IDisposable
{
    private const string TokenName = "Test dollar";

    private static readonly BigInteger _plenty = 1_000_000_000;

    private readonly LocalChain chain;
    private readonly Erc20? token;

    private MoneyPurse(LocalChain chain, WalletSigner wallet, Erc20? token) =>
        (this.chain, Wallet, this.token) = (chain, wallet, token);

    public WalletSigner Wallet { get; }

    private Address Address => Address.Of(Wallet.Account);

    /// <summary>A purse of the coin where there is no token.</summary>
    public static async Task<MoneyPurse> FillAsync(LocalChain chain, Erc20? token)
    {
        WalletSigner wallet = await chain.WalletAsync();
        MoneyPurse purse = new(chain, wallet, token);
        byte[] mint = AbiSignature.Parse("mint(address,uint256)").Encode(purse.Address, _plenty);
        if (token is not null)
            Assert.True((await chain.CallAsync(wallet, new ChainCall(token.Address, Wei.Zero, mint))).Succeeded);
        return purse;
    }

    public static async Task<Erc20> MakeTokenAsync(LocalChain chain)
    {
        using WalletSigner wallet = await chain.WalletAsync();
        byte[] arguments = AbiTuple.Parse("(string,string)").Encode(TokenName, "USDX");
        ChainCall code = new(null, Wei.Zero, (byte[])[.. ContractCode.TestToken.Span, .. arguments]);
        return new Erc20((await chain.CallAsync(wallet, code)).Created!.Value);
    }

    /// <summary>Lets the vault take what <see cref="Pay"/> says.</summary>
    public async Task ApproveAsync(Address vault)
    {
        if (token is not null) Assert.True((await chain.CallAsync(Wallet, token.Approve(vault, _plenty))).Succeeded);
    }

    /// <summary>The plain way: coins along with the call, or tokens out of the allowance.</summary>
    public ChainCall Pay(Address vault, AccountId account, int amount) => token is null
        ? new VaultCalls(vault).Deposit(account, new Wei((UInt128)amount))
        : new VaultCalls(vault).DepositTokens(account, amount);

    /// <summary>Sends a permit along (ERC-2612), which replaces the allowance there was.</summary>
    public async Task<ChainCall> PermitAsync(Address vault, AccountId account, int amount)
    {
        BigInteger nonce = await chain.AskAsync(token!.PermitsOf(Address));
        Bytes32 digest = Domain.Permit((Address, vault), amount, nonce, ulong.MaxValue);
        return new VaultCalls(vault).DepositWithPermit(account, amount, ulong.MaxValue, Wallet.Sign(digest));
    }

    /// <summary>Authorizes the vault (ERC-3009); sent by anybody.</summary>
    public ChainCall Authorize(Address vault, AccountId account, (int Amount, Bytes32 Salt) what)
    {
        TokenAuthorization authorization = new(Address, account, what.Amount, 0, ulong.MaxValue, what.Salt);
        return new VaultCalls(vault).DepositWithAuthorization(
            authorization, Wallet.Sign(Domain.Receive(authorization, vault)));
    }

    public void Dispose() => Wallet.Dispose();

    private TokenDomain Domain => new(TokenName, LocalChain.Id, token!.Address);
}
