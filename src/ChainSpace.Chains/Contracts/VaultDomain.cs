using System.Numerics;
using ChainSpace.Chains.Abi;

namespace ChainSpace.Chains.Contracts;

/// <summary>
/// What is signed for a vault (spec/settlement.md, "Signatures"): EIP-712 digests in the vault's own domain, so that a
/// signature for one vault is worth nothing at another.
/// </summary>
public sealed class VaultDomain
{
    private static readonly Bytes32 AnchorType = SigningDomain.TypeHash("Anchor(uint48 size,bytes32 root,bytes32 payoutRoot)");
    private static readonly Bytes32 ClaimType = SigningDomain.TypeHash("Claim(bytes32 account,address payee,uint256 claimable)");
    private static readonly Bytes32 LeaveType = SigningDomain.TypeHash("Leave(bytes32 account,address payee)");

    private static readonly AbiTuple AnchorWords = AbiTuple.Parse("(bytes32,uint48,bytes32,bytes32)");
    private static readonly AbiTuple ClaimWords = AbiTuple.Parse("(bytes32,bytes32,address,uint256)");
    private static readonly AbiTuple LeaveWords = AbiTuple.Parse("(bytes32,bytes32,address)");

    private readonly SigningDomain domain;

    /// <summary>The domain of a vault on a network.</summary>
    public VaultDomain(ChainId chain, Address vault) => domain = new SigningDomain("ChainSpace", "1", (chain, vault));

    /// <summary>The domain's hash.</summary>
    public Bytes32 Separator => domain.Separator;

    /// <summary>Signed by a witness: the root may become good.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not below 2⁴⁸.</exception>
    public Bytes32 Anchor(ulong size, Bytes32 root, Bytes32 payoutRoot) =>
        domain.Seal(AnchorWords.Encode(AnchorType, size, root, payoutRoot));

    /// <summary>Signed by the account: this claim goes to the payee.</summary>
    public Bytes32 Claim(AccountId account, Address payee, BigInteger claimable) =>
        domain.Seal(ClaimWords.Encode(ClaimType, account.Value, payee, claimable));

    /// <summary>Signed by the account: its money goes to the payee when the space has ended.</summary>
    public Bytes32 Leave(AccountId account, Address payee) =>
        domain.Seal(LeaveWords.Encode(LeaveType, account.Value, payee));
}
