using System.Collections.Immutable;
using System.Numerics;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Transactions;
using SuperProof = ChainSpace.Protocol.Settlement.SuperProof;

namespace ChainSpace.Chains.Contracts;

/// <summary>Who signed, and for those who did not an empty signature: in the order of the vault's witness set.</summary>
public sealed record Endorsement(ImmutableArray<Address> Witnesses, ImmutableArray<byte[]> Signatures);

/// <summary>Calls to one space's vault; who may send which stands in spec/settlement.md.</summary>
public sealed class VaultCalls(Address vault)
{
    private static readonly AbiSignature DepositCoin = AbiSignature.Parse("deposit(bytes32)");
    private static readonly AbiSignature DepositToken = AbiSignature.Parse("deposit(bytes32,uint256)");
    private static readonly AbiSignature DepositPermit =
        AbiSignature.Parse("depositWithPermit(bytes32,uint256,uint256,uint8,bytes32,bytes32)");

    private static readonly AbiSignature DepositAuthorized = AbiSignature.Parse(
        "depositWithAuthorization(address,bytes32,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)");

    private static readonly AbiSignature AnchorSignature = AbiSignature.Parse("anchor(uint48,bytes32,bytes32)");
    private static readonly AbiSignature AnchorEndorsedSignature =
        AbiSignature.Parse("anchorEndorsed(uint48,bytes32,bytes32,address[],bytes[])");

    private static readonly AbiSignature AdoptSignature =
        AbiSignature.Parse($"adopt({AnchorageStructs.SuperLeafType},bytes32,bytes32,bytes32[])");

    private static readonly AbiSignature EndorseSignature = AbiSignature.Parse($"endorse({VaultAnchor.Type},address[],bytes[])");
    private static readonly AbiSignature ProposeSignature = AbiSignature.Parse($"propose({VaultAnchor.Type})");
    private static readonly AbiSignature PromoteSignature = AbiSignature.Parse("promote()");
    private static readonly AbiSignature ChallengeSignature = AbiSignature.Parse("challenge()");
    private static readonly AbiSignature TakeBondSignature = AbiSignature.Parse("takeBond(address)");
    private static readonly AbiSignature ClaimSignature = AbiSignature.Parse($"claim({PayoutLeaf.Type},bytes32[])");
    private static readonly AbiSignature ClaimMultiSignature =
        AbiSignature.Parse($"claimMulti({PayoutLeaf.Type}[],bytes32[],bool[])");

    private static readonly AbiSignature ClaimToSignature =
        AbiSignature.Parse($"claimTo(address,(bytes32,bytes32),{PayoutLeaf.Type},bytes32[],bytes32,bytes32)");

    private static readonly AbiSignature ClaimForSignature =
        AbiSignature.Parse($"claimFor(address,{PayoutLeaf.Type},bytes32[],bytes)");

    private static readonly AbiSignature EndSignature = AbiSignature.Parse("end()");
    private static readonly AbiSignature SettleSignature = AbiSignature.Parse($"settle({PayoutLeaf.Type},bytes32[])");
    private static readonly AbiSignature LeaveSignature = AbiSignature.Parse("leave(bytes32)");
    private static readonly AbiSignature LeaveToSignature =
        AbiSignature.Parse("leaveTo(address,(bytes32,bytes32),bytes32,bytes32)");

    private static readonly AbiSignature LeaveForSignature = AbiSignature.Parse("leaveFor(address,bytes32,bytes)");

    /// <summary>Pays the network's coin in.</summary>
    public ChainCall Deposit(AccountId account, Wei amount) => new(vault, amount, DepositCoin.Encode(account.Value));

    /// <summary>Pays tokens in that the sender has approved.</summary>
    public ChainCall DepositTokens(AccountId account, BigInteger amount) => Call(DepositToken.Encode(account.Value, amount));

    /// <summary>Pays tokens in that the sender permits by this signature over <see cref="TokenDomain.Permit"/>.</summary>
    public ChainCall DepositWithPermit(AccountId account, BigInteger amount, ulong deadline, ReadOnlySpan<byte> signature)
    {
        (byte v, Bytes32 r, Bytes32 s) = Parts(signature);
        return Call(DepositPermit.Encode(account.Value, amount, deadline, v, r, s));
    }

    /// <summary>Pays another's tokens in, who signed <see cref="TokenDomain.Receive"/> for it; sent by anybody.</summary>
    public ChainCall DepositWithAuthorization(TokenAuthorization authorization, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        (byte v, Bytes32 r, Bytes32 s) = Parts(signature);
        return Call(DepositAuthorized.Encode(
            authorization.From, authorization.Account.Value, authorization.Amount, authorization.ValidAfter,
            authorization.ValidBefore, authorization.Salt, v, r, s));
    }

    /// <summary>Overwrites the head; by the operator.</summary>
    public ChainCall Anchor(ulong size, Bytes32 root, Bytes32 payoutRoot) =>
        Call(AnchorSignature.Encode(size, root, payoutRoot));

    /// <summary>Anchors a root that is good at once.</summary>
    public ChainCall AnchorEndorsed(ulong size, Bytes32 root, Bytes32 payoutRoot, Endorsement endorsement)
    {
        ArgumentNullException.ThrowIfNull(endorsement);
        return Call(AnchorEndorsedSignature.Encode(
            size, root, payoutRoot, View.Addresses(endorsement.Witnesses), View.Blobs(endorsement.Signatures)));
    }

    /// <summary>Takes this space's head over from a super-root; by anybody.</summary>
    public ChainCall Adopt(SuperHead head, SuperProof proof)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(proof);
        return Call(AdoptSignature.Encode(proof.Leaf.ToAbi(), head.Previous, head.SuperRoot, View.Words(proof.Path)));
    }

    /// <summary>Makes an anchored root good by signatures.</summary>
    public ChainCall Endorse(VaultAnchor head, Endorsement endorsement)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(endorsement);
        return Call(EndorseSignature.Encode(
            head.ToAbi(), View.Addresses(endorsement.Witnesses), View.Blobs(endorsement.Signatures)));
    }

    /// <summary>Lets an anchored root wait for its window.</summary>
    public ChainCall Propose(VaultAnchor head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return Call(ProposeSignature.Encode(head.ToAbi()));
    }

    /// <summary>Makes a root good whose window has passed.</summary>
    public ChainCall Promote() => Call(PromoteSignature.Encode());

    /// <summary>Stops the waiting proposal; the bond goes along.</summary>
    public ChainCall Challenge(Wei bond) => new(vault, bond, ChallengeSignature.Encode());

    /// <summary>Gives a challenger the bonds back that are due.</summary>
    public ChainCall TakeBond(Address challenger) => Call(TakeBondSignature.Encode(challenger));

    /// <summary>Pays a wallet account what is new.</summary>
    public ChainCall Claim(PayoutLeaf leaf, IEnumerable<Bytes32> proof)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        return Call(ClaimSignature.Encode(leaf.ToAbi(), View.Words(proof)));
    }

    /// <summary>Pays many wallet accounts by one multiproof.</summary>
    public ChainCall ClaimMulti(IEnumerable<PayoutLeaf> leaves, IEnumerable<Bytes32> proof, IEnumerable<bool> flags) =>
        Call(ClaimMultiSignature.Encode(
            AbiValue.Of([.. leaves.Select(leaf => leaf.ToAbi())]),
            View.Words(proof),
            AbiValue.Of([.. flags.Select(flag => (AbiValue)flag)])));

    /// <summary>Pays a P-256 account to the payee it signed for.</summary>
    /// <param name="publicKey">x ‖ y.</param>
    /// <param name="signature">r ‖ s over <see cref="VaultDomain.Claim"/>.</param>
    public ChainCall ClaimTo(
        Address payee, ReadOnlySpan<byte> publicKey, PayoutLeaf leaf, IEnumerable<Bytes32> proof, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        return Call(ClaimToSignature.Encode(
            payee, Pair(publicKey), leaf.ToAbi(), View.Words(proof), Half(signature, 0), Half(signature, 1)));
    }

    /// <summary>Pays a wallet account to another payee that it signed for.</summary>
    public ChainCall ClaimFor(Address payee, PayoutLeaf leaf, IEnumerable<Bytes32> proof, byte[] signature)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        return Call(ClaimForSignature.Encode(payee, leaf.ToAbi(), View.Words(proof), signature));
    }

    /// <summary>Ends the space after too long a silence.</summary>
    public ChainCall End() => Call(EndSignature.Encode());

    /// <summary>Fixes what an account is due after the end.</summary>
    public ChainCall Settle(PayoutLeaf leaf, IEnumerable<Bytes32> proof)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        return Call(SettleSignature.Encode(leaf.ToAbi(), View.Words(proof)));
    }

    /// <summary>Pays a wallet account what it is due after the end.</summary>
    public ChainCall Leave(AccountId account) => Call(LeaveSignature.Encode(account.Value));

    /// <summary>Pays a P-256 account what it is due after the end.</summary>
    public ChainCall LeaveTo(Address payee, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature) =>
        Call(LeaveToSignature.Encode(payee, Pair(publicKey), Half(signature, 0), Half(signature, 1)));

    /// <summary>Pays a wallet account's due to another payee that it signed for.</summary>
    public ChainCall LeaveFor(Address payee, AccountId account, byte[] signature) =>
        Call(LeaveForSignature.Encode(payee, account.Value, signature));

    // 65 bytes as wallets sign, r ‖ s ‖ v.
    private static (byte V, Bytes32 R, Bytes32 S) Parts(ReadOnlySpan<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(signature.Length, 2 * Bytes32.Size + 1);
        return (signature[^1], Bytes32.Read(signature[..Bytes32.Size]), Bytes32.Read(signature[Bytes32.Size..^1]));
    }

    private static AbiValue Pair(ReadOnlySpan<byte> publicKey) => AbiValue.Of(Half(publicKey, 0), Half(publicKey, 1));

    private static AbiValue Half(ReadOnlySpan<byte> bytes, int place)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, 2 * Bytes32.Size);
        return Bytes32.Read(bytes.Slice(place * Bytes32.Size, Bytes32.Size));
    }

    private ChainCall Call(byte[] data) => new(vault, Wei.Zero, data);
}
