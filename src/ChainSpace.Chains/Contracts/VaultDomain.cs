using System.Numerics;
using System.Text;
using ChainSpace.Chains.Abi;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Chains.Contracts;

/// <summary>
/// What is signed for a vault (spec/settlement.md, "Signatures"): EIP-712 digests in the vault's own domain, so that a
/// signature for one vault is worth nothing at another.
/// </summary>
public sealed class VaultDomain
{
    private static readonly Bytes32 DomainType = TypeHash(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    private static readonly Bytes32 AnchorType = TypeHash("Anchor(uint48 size,bytes32 root,bytes32 payoutRoot)");
    private static readonly Bytes32 ClaimType = TypeHash("Claim(bytes32 account,address payee,uint256 claimable)");
    private static readonly Bytes32 LeaveType = TypeHash("Leave(bytes32 account,address payee)");

    private static readonly AbiTuple DomainWords = AbiTuple.Parse("(bytes32,bytes32,bytes32,uint256,address)");
    private static readonly AbiTuple AnchorWords = AbiTuple.Parse("(bytes32,uint48,bytes32,bytes32)");
    private static readonly AbiTuple ClaimWords = AbiTuple.Parse("(bytes32,bytes32,address,uint256)");
    private static readonly AbiTuple LeaveWords = AbiTuple.Parse("(bytes32,bytes32,address)");

    /// <summary>The domain of a vault on a network.</summary>
    public VaultDomain(ChainId chain, Address vault) => Separator = Keccak256.Hash(
        DomainWords.Encode(DomainType, TypeHash("ChainSpace"), TypeHash("1"), chain.Value, vault));

    /// <summary>The domain's hash.</summary>
    public Bytes32 Separator { get; }

    /// <summary>Signed by a witness: the root may become good.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not below 2⁴⁸.</exception>
    public Bytes32 Anchor(ulong size, Bytes32 root, Bytes32 payoutRoot) =>
        Seal(AnchorWords.Encode(AnchorType, size, root, payoutRoot));

    /// <summary>Signed by the account: this claim goes to the payee.</summary>
    public Bytes32 Claim(AccountId account, Address payee, BigInteger claimable) =>
        Seal(ClaimWords.Encode(ClaimType, account.Value, payee, claimable));

    /// <summary>Signed by a P-256 account: its money goes to the payee when the space has ended.</summary>
    public Bytes32 Leave(AccountId account, Address payee) => Seal(LeaveWords.Encode(LeaveType, account.Value, payee));

    private Bytes32 Seal(byte[] words) => Keccak256.Hash(
        [0x19, 0x01, .. Separator.ToArray(), .. Keccak256.Hash(words).ToArray()]);

    private static Bytes32 TypeHash(string text) => Keccak256.Hash(Encoding.ASCII.GetBytes(text));
}
