using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace ChainSpace.Protocol;

/// <summary>
/// Thirty-two bytes held by value, compared as an unsigned big-endian number. Text form: <c>0x</c> and 64 lower-case
/// hexadecimal digits; no other spelling is read.
/// </summary>
public readonly struct Bytes32 : IEquatable<Bytes32>, IComparable<Bytes32>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    /// <summary>Length of the text form in characters.</summary>
    public const int TextSize = 66;

    private readonly ulong first, second, third, fourth;

    private Bytes32(ulong first, ulong second, ulong third, ulong fourth) =>
        (this.first, this.second, this.third, this.fourth) = (first, second, third, fourth);

    /// <summary>Reads exactly 32 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is not 32 bytes long.</exception>
    public static Bytes32 Read(ReadOnlySpan<byte> source)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, Size);
        return new Bytes32(
            BinaryPrimitives.ReadUInt64BigEndian(source),
            BinaryPrimitives.ReadUInt64BigEndian(source[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[24..]));
    }

    /// <summary>Reads the text form; false for any other spelling (upper case, missing <c>0x</c>, wrong length).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bool isRead = text.Length == TextSize && Hex.TryDecode(text, bytes);
        value = isRead ? Read(bytes) : default;
        return isRead;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out Bytes32)"/>
    public static bool TryParse([NotNullWhen(true)] string? text, out Bytes32 value)
    {
        value = default;
        if (text is not { Length: TextSize }) return false;
        Span<byte> ascii = stackalloc byte[TextSize];
        return System.Text.Ascii.FromUtf16(text, ascii, out int written) == System.Buffers.OperationStatus.Done
            && TryParse(ascii[..written], out value);
    }

    /// <summary>Reads the text form of something this program wrote.</summary>
    /// <exception cref="FormatException">The text is no 32-byte value.</exception>
    public static Bytes32 Parse(string text) =>
        TryParse(text, out Bytes32 value) ? value : throw new FormatException($"Not 32 bytes of hexadecimal: '{text}'.");

    /// <summary>Writes 32 bytes to the start of the target.</summary>
    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, first);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], second);
        BinaryPrimitives.WriteUInt64BigEndian(target[16..], third);
        BinaryPrimitives.WriteUInt64BigEndian(target[24..], fourth);
    }

    /// <summary>A new array of 32 bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>True for the value of 32 zero bytes.</summary>
    public bool IsZero => (first | second | third | fourth) == 0;

    /// <inheritdoc/>
    public bool Equals(Bytes32 other) =>
        first == other.first && second == other.second && third == other.third && fourth == other.fourth;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Bytes32 other && Equals(other);

    /// <summary>The low bits of a value that is itself a hash, or random; mixed for the rare values that are not.</summary>
    public override int GetHashCode() => HashCode.Combine(first, second, third, fourth);

    /// <inheritdoc/>
    public int CompareTo(Bytes32 other)
    {
        int order = first.CompareTo(other.first);
        if (order == 0) order = second.CompareTo(other.second);
        if (order == 0) order = third.CompareTo(other.third);
        return order == 0 ? fourth.CompareTo(other.fourth) : order;
    }

    /// <summary>The text form.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Hex.Encode(bytes);
    }

    public static bool operator ==(Bytes32 left, Bytes32 right) => left.Equals(right);

    public static bool operator !=(Bytes32 left, Bytes32 right) => !left.Equals(right);
}
