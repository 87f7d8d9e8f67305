using System.Buffers.Binary;
using System.Text;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Settlement;

/// <summary>
/// The EIP-712 domain of a vault: what its contract checks signatures against. Name <c>ChainSpace</c>, version <c>1</c>, chain
/// id, the vault's address; no salt, for the address is one space's alone.
/// </summary>
public sealed class VaultDomain
{
    private static readonly Bytes32 DomainType =
        Hash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    private static readonly Bytes32 ClaimType = Hash("Claim(bytes32 account,address payee,uint256 claimable)");
    private static readonly Bytes32 LeaveType = Hash("Leave(bytes32 account,address payee)");
    private static readonly Bytes32 AnchorType = Hash("Anchor(uint48 size,bytes32 root,bytes32 payoutRoot)");

    private readonly Bytes32 separator;

    /// <summary>The domain of a vault, its address given as a wallet account.</summary>
    public VaultDomain(ulong chainId, AccountId vault) =>
        separator = Hash([DomainType, Hash("ChainSpace"), Hash("1"), Word(chainId), vault.Value]);

    /// <summary>What an account signs to be paid, up to a cumulative sum, to a payee; worth something once.</summary>
    public Bytes32 Claim(AccountId account, AccountId payee, Amount claimable) =>
        Seal(Hash([ClaimType, account.Value, payee.Value, Word(claimable.Units)]));

    /// <summary>What an account signs to be paid to a payee when the space has ended.</summary>
    public Bytes32 Leave(AccountId account, AccountId payee) => Seal(Hash([LeaveType, account.Value, payee.Value]));

    /// <summary>What a witness signs for the payout root of an anchor to become good.</summary>
    public Bytes32 Anchor(long size, Bytes32 root, Bytes32 payoutRoot) =>
        Seal(Hash([AnchorType, Word((UInt128)size), root, payoutRoot]));

    private Bytes32 Seal(Bytes32 structHash)
    {
        Span<byte> bytes = stackalloc byte[2 + 2 * Bytes32.Size];
        (bytes[0], bytes[1]) = (0x19, 0x01);
        separator.CopyTo(bytes[2..]);
        structHash.CopyTo(bytes[(2 + Bytes32.Size)..]);
        return Keccak256.Hash(bytes);
    }

    private static Bytes32 Word(UInt128 number)
    {
        Span<byte> word = stackalloc byte[Bytes32.Size];
        word.Clear();
        BinaryPrimitives.WriteUInt128BigEndian(word[16..], number);
        return Bytes32.Read(word);
    }

    private static Bytes32 Hash(ReadOnlySpan<Bytes32> words)
    {
        byte[] bytes = new byte[words.Length * Bytes32.Size];
        for (int i = 0; i < words.Length; i++) words[i].CopyTo(bytes.AsSpan(i * Bytes32.Size));
        return Keccak256.Hash(bytes);
    }

    private static Bytes32 Hash(string text) => Keccak256.Hash(Encoding.ASCII.GetBytes(text));
}
