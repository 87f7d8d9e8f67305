using System.Numerics;
using ChainSpace.Chains.Abi;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Chains.Contracts;

/// <summary>Tokens that a wallet lets a vault take for an account, by its signature alone (ERC-3009).</summary>
/// <param name="From">The wallet that pays and signs.</param>
/// <param name="Account">The account that is credited. The token's nonce names it, so nobody else can be.</param>
/// <param name="Amount">Exactly this much.</param>
/// <param name="ValidAfter">In seconds since 1970, as the next.</param>
/// <param name="ValidBefore">From then on it is worth nothing.</param>
/// <param name="Salt">Tells two authorizations apart.</param>
public sealed record TokenAuthorization(
    Address From, AccountId Account, BigInteger Amount, ulong ValidAfter, ulong ValidBefore, Bytes32 Salt)
{
    private static readonly AbiTuple NonceWords = AbiTuple.Parse("(bytes32,bytes32)");

    /// <summary>What the token knows it by.</summary>
    public Bytes32 Nonce => Keccak256.Hash(NonceWords.Encode(Account.Value, Salt));
}

/// <summary>What a wallet signs for a token that knows permits (ERC-2612) or authorizations (ERC-3009).</summary>
public sealed class TokenDomain
{
    private static readonly Bytes32 PermitType = SigningDomain.TypeHash(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    private static readonly Bytes32 ReceiveType = SigningDomain.TypeHash(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)");

    private static readonly AbiTuple PermitWords = AbiTuple.Parse("(bytes32,address,address,uint256,uint256,uint256)");
    private static readonly AbiTuple ReceiveWords =
        AbiTuple.Parse("(bytes32,address,address,uint256,uint256,uint256,bytes32)");

    private readonly SigningDomain domain;

    /// <summary>The domain of a token on a network.</summary>
    /// <param name="name">The token's, to the letter.</param>
    /// <param name="chain">The network.</param>
    /// <param name="token">The token; its domain's version must be 1.</param>
    public TokenDomain(string name, ChainId chain, Address token) => domain = new SigningDomain(name, "1", (chain, token));

    /// <summary>The domain's hash.</summary>
    public Bytes32 Separator => domain.Separator;

    /// <summary>Signed by the owner: the spender may take this much of its tokens.</summary>
    /// <param name="between">Whose tokens, and who may take them.</param>
    /// <param name="amount">How much.</param>
    /// <param name="nonce">See <see cref="Erc20.PermitsOf"/>.</param>
    /// <param name="deadline">Last second, since 1970.</param>
    public Bytes32 Permit((Address Owner, Address Spender) between, BigInteger amount, BigInteger nonce, ulong deadline) =>
        domain.Seal(PermitWords.Encode(PermitType, between.Owner, between.Spender, amount, nonce, deadline));

    /// <summary>Signed by the wallet that pays: the vault may have this.</summary>
    public Bytes32 Receive(TokenAuthorization authorization, Address vault)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        return domain.Seal(ReceiveWords.Encode(
            ReceiveType, authorization.From, vault, authorization.Amount, authorization.ValidAfter, authorization.ValidBefore,
            authorization.Nonce));
    }
}
