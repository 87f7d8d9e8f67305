using System.Collections.Immutable;
using System.Numerics;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;

namespace ChainSpace.Chains.Contracts;

/// <summary>A vault's slot and the size in it.</summary>
public sealed record VaultHead(Bytes32 Commitment, ulong Size);

/// <summary>The root that may be claimed against; the time is in seconds since 1970.</summary>
public sealed record GoodRoot(Bytes32 PayoutRoot, ulong Size, ulong At);

/// <summary>The root that waits for its window.</summary>
/// <param name="AnchorHash">Zero where nothing waits.</param>
/// <param name="Until">End of the window, in seconds since 1970.</param>
/// <param name="Challenger">Zero where nobody objected.</param>
public sealed record Proposal(Bytes32 AnchorHash, ulong Size, ulong Until, Address Challenger);

/// <summary>What a challenger has paid in bonds, in wei: what it can take back now, and what has to wait.</summary>
public sealed record BondBalance(BigInteger Free, BigInteger Held);

/// <summary>Questions to one space's vault, as of a block or the newest one.</summary>
public sealed class VaultViews(Address vault, BlockTag? at = null)
{
    private static readonly AbiSignature SpaceSignature = AbiSignature.Parse("space()");
    private static readonly AbiSignature TermsSignature = AbiSignature.Parse("terms()");
    private static readonly AbiSignature HeadSignature = AbiSignature.Parse("head()");
    private static readonly AbiSignature GoodSignature = AbiSignature.Parse("good()");
    private static readonly AbiSignature ProposalSignature = AbiSignature.Parse("proposal()");
    private static readonly AbiSignature ChallengePriceSignature = AbiSignature.Parse("challengePrice()");
    private static readonly AbiSignature BondOfSignature = AbiSignature.Parse("bondOf(address)");
    private static readonly AbiSignature DepositedSignature = AbiSignature.Parse("deposited(bytes32)");
    private static readonly AbiSignature ClaimedSignature = AbiSignature.Parse("claimed(bytes32)");
    private static readonly AbiSignature IsEndedSignature = AbiSignature.Parse("isEnded()");
    private static readonly AbiSignature VerifyEntrySignature =
        AbiSignature.Parse($"verifyEntry({VaultAnchor.Type},bytes32,uint64,bytes32[])");

    public RpcCall<SpaceId> Space() => Ask(SpaceSignature.Encode(), "(bytes32)", values => new SpaceId(values.Word(0)));

    public RpcCall<VaultTerms> Terms() =>
        Ask(TermsSignature.Encode(), $"({VaultTerms.Type})", values => VaultTerms.Read(values.Part(0)));

    public RpcCall<VaultHead> Head() => Ask(
        HeadSignature.Encode(), "(bytes32,uint48)", values => new VaultHead(values.Word(0), (ulong)values.Integer(1)));

    public RpcCall<GoodRoot> Good() => Ask(
        GoodSignature.Encode(),
        "(bytes32,uint48,uint48)",
        values => new GoodRoot(values.Word(0), (ulong)values.Integer(1), (ulong)values.Integer(2)));

    public RpcCall<Proposal> Proposal() => Ask(
        ProposalSignature.Encode(),
        "(bytes32,uint48,uint48,address)",
        values => new Proposal(values.Word(0), (ulong)values.Integer(1), (ulong)values.Integer(2), values.Address(3)));

    /// <summary>The bond of the next challenge, in wei.</summary>
    public RpcCall<BigInteger> ChallengePrice() =>
        Ask(ChallengePriceSignature.Encode(), "(uint256)", values => values.Integer(0));

    /// <summary>The bonds of one challenger.</summary>
    public RpcCall<BondBalance> BondOf(Address challenger) => Ask(
        BondOfSignature.Encode(challenger), "(uint256,uint256)", values => new BondBalance(values.Integer(0), values.Integer(1)));

    /// <summary>All that ever came in for the account.</summary>
    public RpcCall<BigInteger> Deposited(AccountId account) =>
        Ask(DepositedSignature.Encode(account.Value), "(uint256)", values => values.Integer(0));

    /// <summary>All that was ever paid out to the account.</summary>
    public RpcCall<BigInteger> Claimed(AccountId account) =>
        Ask(ClaimedSignature.Encode(account.Value), "(uint256)", values => values.Integer(0));

    public RpcCall<bool> IsEnded() => Ask(IsEndedSignature.Encode(), "(bool)", values => values.IsTrue(0));

    /// <summary>Whether a leaf is in the journal of an anchor that stands in the slot.</summary>
    public RpcCall<bool> VerifyEntry(VaultAnchor head, Bytes32 leafHash, ulong index, ImmutableArray<Bytes32> proof)
    {
        ArgumentNullException.ThrowIfNull(head);
        return Ask(
            VerifyEntrySignature.Encode(head.ToAbi(), leafHash, index, View.Words(proof)), "(bool)", values => values.IsTrue(0));
    }

    private RpcCall<T> Ask<T>(byte[] data, string results, Func<AbiValue.Many, T> read)
        where T : notnull => View.Of(new ChainCall(vault, Wei.Zero, data), results, read, at);
}
