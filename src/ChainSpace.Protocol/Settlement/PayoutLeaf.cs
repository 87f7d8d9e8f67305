using System.Buffers.Binary;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Settlement;

/// <summary>What one account may take out of a vault, and what it is due if the space ends. See spec/settlement.md.</summary>
/// <param name="Account">Who.</param>
/// <param name="Claimable">Everything it may take out, ever, in minor units; never falls.</param>
/// <param name="Net">What the space moved to it, or from it where negative; the nets of a tree sum to zero.</param>
public readonly record struct PayoutLeaf(AccountId Account, Amount Claimable, Int128 Net)
{
    /// <summary>
    /// keccak256(keccak256(abi.encode(account, claimable, net))), as OpenZeppelin's StandardMerkleTree hashes leaves.
    /// </summary>
    public Bytes32 Hash()
    {
        Span<byte> words = stackalloc byte[3 * Bytes32.Size];
        words.Clear();
        Account.Value.CopyTo(words);
        BinaryPrimitives.WriteUInt128BigEndian(words[48..], Claimable.Units);
        if (Net < 0) words[64..80].Fill(0xFF);
        BinaryPrimitives.WriteInt128BigEndian(words[80..], Net);
        Keccak256.Hash(words, words);
        return Keccak256.Hash(words[..Bytes32.Size]);
    }
}
