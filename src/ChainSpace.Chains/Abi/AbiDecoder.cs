using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text;
using System.Text.Unicode;

namespace ChainSpace.Chains.Abi;

/// <summary>
/// Reads strangers' bytes: never throws, and takes only the form <see cref="AbiEncoder"/> writes. So each byte is read
/// once, whatever the offsets say, and no short answer can unfold into a long one.
/// </summary>
internal static class AbiDecoder
{
    public static bool TryDecode(AbiType type, ReadOnlyMemory<byte> source, [NotNullWhen(true)] out AbiValue? value) =>
        TryRead(type, source, out value, out int length) && length == source.Length;

    public static bool Fits(AbiType.Number type, BigInteger value)
    {
        if (!type.IsSigned) return value.Sign >= 0 && value < BigInteger.One << type.Bits;
        BigInteger half = BigInteger.One << (type.Bits - 1);
        return value >= -half && value < half;
    }

    // The source begins where the value does and may go on behind it; length says how far the value goes.
    private static bool TryRead(
        AbiType type, ReadOnlyMemory<byte> source, [NotNullWhen(true)] out AbiValue? value, out int length)
    {
        length = AbiType.WordSize;
        value = null;
        switch (type)
        {
            case AbiType.Address or AbiType.Bool or AbiType.Number or AbiType.Fixed:
                value = source.Length < AbiType.WordSize ? null : ReadWord(type, source[..AbiType.WordSize]);
                return value is not null;
            case AbiType.Bytes or AbiType.Text:
                if (!TryReadBytes(source, out ReadOnlyMemory<byte> bytes, out length)) return false;
                if (type is AbiType.Bytes) value = new AbiValue.Blob(bytes);
                else if (Utf8.IsValid(bytes.Span)) value = new AbiValue.Sentence(Encoding.UTF8.GetString(bytes.Span));
                return value is not null;
            case AbiType.Array(var element, null):
                if (!TryReadCount(source, element.HeadSize, out int count)) return false;
                bool isRead = TryReadFrame(_ => element, count, source[AbiType.WordSize..], out value, out length);
                length += AbiType.WordSize;
                return isRead;
            case AbiType.Array(var element, var fixedCount):
                return TryReadFrame(_ => element, fixedCount.GetValueOrDefault(), source, out value, out length);
            case AbiType.Tuple(var parts):
                return TryReadFrame(place => parts[place], parts.Length, source, out value, out length);
        }

        return false;
    }

    private static bool TryReadFrame(
        Func<int, AbiType> typeOf,
        int count,
        ReadOnlyMemory<byte> source,
        [NotNullWhen(true)] out AbiValue? value,
        out int length)
    {
        value = null;
        length = 0;
        for (int place = 0; place < count; place++) length += typeOf(place).HeadSize;
        if (source.Length < length) return false;

        ImmutableArray<AbiValue>.Builder items = ImmutableArray.CreateBuilder<AbiValue>(count);
        int head = 0;
        for (int place = 0; place < count; place++)
        {
            AbiType type = typeOf(place);
            int start = type.IsDynamic ? length : head;
            if (type.IsDynamic && !IsWord(source.Span.Slice(head, AbiType.WordSize), length)) return false;
            if (!TryRead(type, source[start..], out AbiValue? item, out int itemLength)) return false;
            if (type.IsDynamic) length += itemLength;
            head += type.HeadSize;
            items.Add(item);
        }

        value = new AbiValue.Many(items.MoveToImmutable());
        return true;
    }

    private static bool TryReadCount(ReadOnlyMemory<byte> source, int elementSize, out int count)
    {
        count = 0;
        if (source.Length < AbiType.WordSize) return false;
        BigInteger number = new(source.Span[..AbiType.WordSize], isUnsigned: true, isBigEndian: true);
        if (number * elementSize > source.Length - AbiType.WordSize) return false;
        count = (int)number;
        return true;
    }

    private static bool TryReadBytes(ReadOnlyMemory<byte> source, out ReadOnlyMemory<byte> bytes, out int length)
    {
        bytes = default;
        length = 0;
        if (!TryReadCount(source, 1, out int count)) return false;
        int padded = (count + AbiType.WordSize - 1) / AbiType.WordSize * AbiType.WordSize;
        length = AbiType.WordSize + padded;
        if (source.Length < length) return false;
        bytes = source.Slice(AbiType.WordSize, count);
        return source.Span[(AbiType.WordSize + count)..length].IndexOfAnyExcept((byte)0) < 0;
    }

    private static AbiValue? ReadWord(AbiType type, ReadOnlyMemory<byte> word)
    {
        switch (type)
        {
            case AbiType.Address:
                return Address.TryFrom(Bytes32.Read(word.Span), out Address address) ? address : null;
            case AbiType.Fixed(var length):
                return word.Span[length..].IndexOfAnyExcept((byte)0) < 0 ? new AbiValue.Blob(word[..length]) : null;
            case AbiType.Number number:
                BigInteger value = new(word.Span, isUnsigned: !number.IsSigned, isBigEndian: true);
                return Fits(number, value) ? value : null;
            default:
                bool isTrue = IsWord(word.Span, 1);
                return isTrue || IsWord(word.Span, 0) ? isTrue : null;
        }
    }

    private static bool IsWord(ReadOnlySpan<byte> word, int value) =>
        new BigInteger(word, isUnsigned: true, isBigEndian: true) == value;
}
