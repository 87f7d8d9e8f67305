using System.Numerics;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;

namespace ChainSpace.Chains.Contracts;

/// <summary>When a reward token's supply comes into being, in its smallest unit.</summary>
/// <param name="PerSecond">Grown since the start.</param>
/// <param name="Cap">The most there will ever be.</param>
/// <param name="Start">In seconds since 1970.</param>
public sealed record MintSchedule(BigInteger InitialSupply, BigInteger PerSecond, BigInteger Cap, ulong Start);

/// <summary>A token (ERC-20); a space's own reward token is one.</summary>
public sealed record Erc20(Address Address)
{
    private static readonly AbiSignature ApproveSignature = AbiSignature.Parse("approve(address,uint256)");
    private static readonly AbiSignature TransferSignature = AbiSignature.Parse("transfer(address,uint256)");
    private static readonly AbiSignature BalanceSignature = AbiSignature.Parse("balanceOf(address)");
    private static readonly AbiSignature AllowanceSignature = AbiSignature.Parse("allowance(address,address)");
    private static readonly AbiSignature NoncesSignature = AbiSignature.Parse("nonces(address)");
    private static readonly AbiSignature SupplySignature = AbiSignature.Parse("totalSupply()");
    private static readonly AbiSignature DecimalsSignature = AbiSignature.Parse("decimals()");
    private static readonly AbiSignature SymbolSignature = AbiSignature.Parse("symbol()");
    private static readonly AbiSignature MintSignature = AbiSignature.Parse("mint()");
    private static readonly AbiEvent TransferEvent = AbiEvent.Parse("Transfer(address indexed,address indexed,uint256)");
    private static readonly AbiTuple RewardArguments =
        AbiTuple.Parse("(string,string,address,(uint256,uint256,uint256,uint48))");

    /// <summary>Creates a reward token whose new supply goes to the beneficiary.</summary>
    public static ChainCall RewardTokenCode(string name, string symbol, Address beneficiary, MintSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        AbiValue terms = AbiValue.Of(schedule.InitialSupply, schedule.PerSecond, schedule.Cap, schedule.Start);
        return new ChainCall(
            null,
            Wei.Zero,
            (byte[])[.. ContractCode.RewardToken.Span, .. RewardArguments.Encode(name, symbol, beneficiary, terms)]);
    }

    public ChainCall Approve(Address spender, BigInteger amount) => Call(ApproveSignature.Encode(spender, amount));

    public ChainCall Transfer(Address to, BigInteger amount) => Call(TransferSignature.Encode(to, amount));

    /// <summary>Of a reward token: makes what has become due, for the beneficiary.</summary>
    public ChainCall Mint() => Call(MintSignature.Encode());

    public RpcCall<BigInteger> BalanceOf(Address owner, BlockTag? at = null) =>
        View.Of(Call(BalanceSignature.Encode(owner)), "(uint256)", values => values.Integer(0), at);

    public RpcCall<BigInteger> Allowance(Address owner, Address spender) =>
        View.Of(Call(AllowanceSignature.Encode(owner, spender)), "(uint256)", values => values.Integer(0));

    /// <summary>Permits that the owner's token has taken (ERC-2612), which is the nonce of the next.</summary>
    public RpcCall<BigInteger> PermitsOf(Address owner) =>
        View.Of(Call(NoncesSignature.Encode(owner)), "(uint256)", values => values.Integer(0));

    public RpcCall<BigInteger> TotalSupply() =>
        View.Of(Call(SupplySignature.Encode()), "(uint256)", values => values.Integer(0));

    public RpcCall<int> Decimals() => View.Of(Call(DecimalsSignature.Encode()), "(uint8)", values => (int)values.Integer(0));

    /// <summary>A stranger's text, as long as the stranger likes.</summary>
    public RpcCall<string> Symbol() => View.Of(Call(SymbolSignature.Encode()), "(string)", values => values.Text(0));

    /// <summary>A transfer of this token; null for any other event.</summary>
    public (Address From, Address To, BigInteger Amount)? ReadTransfer(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Contract != Address) return null;
        if (!TransferEvent.TryDecode(entry.Topics, entry.Data, out AbiValue.Many? values)) return null;
        return (values.Address(0), values.Address(1), values.Integer(2));
    }

    private ChainCall Call(byte[] data) => new(Address, Wei.Zero, data);
}
