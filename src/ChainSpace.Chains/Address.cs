using System.Diagnostics.CodeAnalysis;
using System.Text;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Chains;

/// <summary>
/// Twenty bytes that name a wallet or a contract on one network. Text form: <c>0x</c> and 40 lower-case digits; the mixed
/// case of EIP-55 is read too, and must then be right.
/// </summary>
public readonly record struct Address : IComparable<Address>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 20;

    private const int Padding = Bytes32.Size - Size;
    private const int TextSize = 2 + 2 * Size;

    private Address(Bytes32 word) => Word = word;

    /// <summary>No contract lives here; where an asset is meant, the network's own coin.</summary>
    public static Address Zero { get; }

    /// <summary>The address as contracts pass it: left-padded with zeros to 32 bytes.</summary>
    public Bytes32 Word { get; }

    /// <summary>The wallet account of this address.</summary>
    public AccountId Account => new(Word);

    /// <summary>Reads exactly 20 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is not 20 bytes long.</exception>
    public static Address Read(ReadOnlySpan<byte> source)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, Size);
        Span<byte> word = stackalloc byte[Bytes32.Size];
        word.Clear();
        source.CopyTo(word[Padding..]);
        return new Address(Bytes32.Read(word));
    }

    /// <summary>The address in a padded word; false if the first twelve bytes are not zero.</summary>
    public static bool TryFrom(Bytes32 word, out Address address)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        word.CopyTo(bytes);
        bool isPadded = bytes[..Padding].IndexOfAnyExcept((byte)0) < 0;
        address = isPadded ? new Address(word) : default;
        return isPadded;
    }

    /// <summary>The address of a wallet account.</summary>
    /// <exception cref="ArgumentException">The account is not a wallet.</exception>
    public static Address Of(AccountId wallet) =>
        TryFrom(wallet.Value, out Address address) ? address : throw new ArgumentException("Not a wallet.", nameof(wallet));

    /// <summary>Reads lower-case, upper-case or EIP-55 digits after <c>0x</c>; false for a wrong checksum.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address address)
    {
        address = default;
        if (text is not { Length: TextSize } || !text.StartsWith("0x", StringComparison.Ordinal)) return false;
        Span<byte> bytes = stackalloc byte[Size];
        if (Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        Address read = Read(bytes);
        bool isMixed = text.AsSpan(2).IndexOfAnyInRange('a', 'f') >= 0 && text.AsSpan(2).IndexOfAnyInRange('A', 'F') >= 0;
        if (isMixed && read.ToChecksumText() != text) return false;
        address = read;
        return true;
    }

    /// <summary>Reads the text form of something this program wrote.</summary>
    /// <exception cref="FormatException">The text is no address.</exception>
    public static Address Parse(string text) =>
        TryParse(text, out Address address) ? address : throw new FormatException($"Not an address: '{text}'.");

    /// <summary>Writes 20 bytes to the start of the target.</summary>
    public void CopyTo(Span<byte> target)
    {
        Span<byte> word = stackalloc byte[Bytes32.Size];
        Word.CopyTo(word);
        word[Padding..].CopyTo(target);
    }

    /// <summary>A new array of 20 bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>The text form with the checksum of EIP-55, for people to copy.</summary>
    public string ToChecksumText()
    {
        string digits = Convert.ToHexStringLower(ToArray());
        Span<byte> hash = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(Encoding.ASCII.GetBytes(digits), hash);
        StringBuilder text = new("0x", TextSize);
        for (int i = 0; i < digits.Length; i++)
        {
            int nibble = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 0xF;
            text.Append(nibble >= 8 ? char.ToUpperInvariant(digits[i]) : digits[i]);
        }

        return text.ToString();
    }

    public int CompareTo(Address other) => Word.CompareTo(other.Word);

    /// <summary>The text form.</summary>
    public override string ToString() => "0x" + Convert.ToHexStringLower(ToArray());
}
