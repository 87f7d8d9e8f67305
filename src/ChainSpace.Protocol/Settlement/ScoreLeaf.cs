using System.Buffers.Binary;
using System.Text;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Settlement;

/// <summary>An account's reputation in one category, as contracts check it. See spec/settlement.md, "Reputation".</summary>
/// <param name="Account">Whose.</param>
/// <param name="Category">At most 32 characters of ASCII.</param>
/// <param name="Score">Expected share of good outcomes, in parts per million, rounded down.</param>
/// <param name="Bound">What the score exceeds with 95 % confidence, likewise.</param>
/// <param name="Count">Weight of the settled answers behind it, in parts per million of a new one; falls with age.</param>
public readonly record struct ScoreLeaf(AccountId Account, string Category, uint Score, uint Bound, ulong Count)
{
    /// <summary>A score of one.</summary>
    public const uint One = 1_000_000;

    /// <summary>The category's ASCII, padded with zeros on the right.</summary>
    /// <exception cref="ArgumentException">It has more than 32 characters, or others.</exception>
    public Bytes32 CategoryWord
    {
        get
        {
            Span<byte> word = stackalloc byte[Bytes32.Size];
            word.Clear();
            bool isWritten = Ascii.FromUtf16(Category, word, out _) == System.Buffers.OperationStatus.Done;
            return isWritten ? Bytes32.Read(word) : throw new ArgumentException("No category is like that.", nameof(Category));
        }
    }

    /// <summary>The category of such a word.</summary>
    public static string CategoryOf(Bytes32 word) => Encoding.ASCII.GetString(word.ToArray()).TrimEnd('\0');

    /// <summary>Its hash in the tree: hashed twice, so that no node of the tree can pass for a leaf.</summary>
    public Bytes32 Hash()
    {
        Span<byte> words = stackalloc byte[5 * Bytes32.Size];
        words.Clear();
        Account.Value.CopyTo(words);
        CategoryWord.CopyTo(words[32..]);
        BinaryPrimitives.WriteUInt32BigEndian(words[92..], Score);
        BinaryPrimitives.WriteUInt32BigEndian(words[124..], Bound);
        BinaryPrimitives.WriteUInt64BigEndian(words[152..], Count);
        Keccak256.Hash(words, words);
        return Keccak256.Hash(words[..Bytes32.Size]);
    }
}
