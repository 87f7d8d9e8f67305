using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Chains.Contracts;

/// <summary>Why a vault did not take a call: the few reasons that a caller can do something about, or be content with.</summary>
public abstract record VaultRefusal
{
    private VaultRefusal()
    {
    }

    /// <summary>It can be done from this second since 1970 on.</summary>
    public sealed record TooEarly(ulong From) : VaultRefusal;

    /// <summary>The account's due is fixed already.</summary>
    public sealed record SettledAlready : VaultRefusal;

    /// <summary>The account has got all it was due.</summary>
    public sealed record NothingDue : VaultRefusal;

    private static readonly AbiSignature TooEarlyError = AbiSignature.Parse("TooEarly(uint256)");
    private static readonly AbiSignature SettledError = AbiSignature.Parse("SettledAlready(bytes32)");
    private static readonly AbiSignature NothingDueError = AbiSignature.Parse("NothingDue(bytes32)");

    /// <summary>The reason in a fault; null where it is another, or no refusal of a vault at all.</summary>
    public static VaultRefusal? TryRead(RpcFault? fault)
    {
        if (fault is not RpcFault.Reverted { Reason: RevertReason.Custom custom }) return null;
        if (TooEarlyError.TryDecodeCall(custom.Data, out AbiValue.Many? values))
            return values.Integer(0) <= ulong.MaxValue ? new TooEarly((ulong)values.Integer(0)) : null;
        if (SettledError.TryDecodeCall(custom.Data, out _)) return new SettledAlready();
        return NothingDueError.TryDecodeCall(custom.Data, out _) ? new NothingDue() : null;
    }
}
