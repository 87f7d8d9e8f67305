using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Text;

namespace ChainSpace.Chains.Abi;

/// <summary>
/// Writes values in the one form compilers write: tails in the order of their heads, without gaps. A value that does not
/// fit its type is a bug of the caller and throws.
/// </summary>
internal static class AbiEncoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] Encode(AbiType type, AbiValue value) => (type, value) switch
    {
        (AbiType.Address, AbiValue.Account account) => account.Address.Word.ToArray(),
        (AbiType.Bool, AbiValue.Truth truth) => Word(truth.IsTrue ? 1 : 0),
        (AbiType.Number number, AbiValue.Number given) => Number(number, given.Value),
        (AbiType.Fixed(var length), AbiValue.Blob blob) when blob.Bytes.Length == length => Padded(blob.Bytes.Span),
        (AbiType.Bytes, AbiValue.Blob blob) => [.. Word(blob.Bytes.Length), .. Padded(blob.Bytes.Span)],
        (AbiType.Text, AbiValue.Sentence text) => Encode(new AbiType.Bytes(), StrictUtf8.GetBytes(text.Text)),
        (AbiType.Array(var element, null), AbiValue.Many many) =>
            [.. Word(many.Items.Length), .. Frame(_ => element, many.Items)],
        (AbiType.Array(var element, var length), AbiValue.Many many) when many.Items.Length == length =>
            Frame(_ => element, many.Items),
        (AbiType.Tuple(var parts), AbiValue.Many many) when many.Items.Length == parts.Length =>
            Frame(place => parts[place], many.Items),
        _ => throw new ArgumentException($"{value} is no {type.Name}.", nameof(value)),
    };

    private static byte[] Frame(Func<int, AbiType> typeOf, ImmutableArray<AbiValue> items)
    {
        int next = Enumerable.Range(0, items.Length).Sum(place => typeOf(place).HeadSize);
        List<byte> head = [], tail = [];
        for (int place = 0; place < items.Length; place++)
        {
            AbiType type = typeOf(place);
            byte[] bytes = Encode(type, items[place]);
            head.AddRange(type.IsDynamic ? Word(next) : bytes);
            if (!type.IsDynamic) continue;
            tail.AddRange(bytes);
            next += bytes.Length;
        }

        return [.. head, .. tail];
    }

    private static byte[] Word(int value)
    {
        byte[] word = new byte[AbiType.WordSize];
        BinaryPrimitives.WriteInt32BigEndian(word.AsSpan(AbiType.WordSize - sizeof(int)), value);
        return word;
    }

    private static byte[] Number(AbiType.Number type, BigInteger value)
    {
        if (!AbiDecoder.Fits(type, value)) throw new ArgumentOutOfRangeException(nameof(value), $"{value} is no {type.Name}.");
        byte[] word = new byte[AbiType.WordSize];
        if (value.Sign < 0) word.AsSpan().Fill(0xFF);
        byte[] digits = value.ToByteArray(isUnsigned: !type.IsSigned, isBigEndian: true);
        digits.CopyTo(word.AsSpan(AbiType.WordSize - digits.Length));
        return word;
    }

    private static byte[] Padded(ReadOnlySpan<byte> bytes)
    {
        int words = (bytes.Length + AbiType.WordSize - 1) / AbiType.WordSize;
        byte[] padded = new byte[words * AbiType.WordSize];
        bytes.CopyTo(padded);
        return padded;
    }
}
