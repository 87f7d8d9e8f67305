using System.Collections.Immutable;
using System.Numerics;

namespace ChainSpace.Chains.Rlp;

/// <summary>Recursive length prefix, the form of transactions: a string of bytes, or a list of items.</summary>
public abstract record RlpItem
{
    private RlpItem()
    {
    }

    /// <summary>A string of bytes; a number is one, big-endian without leading zeros.</summary>
    public sealed record Text(ReadOnlyMemory<byte> Bytes) : RlpItem
    {
        public bool Equals(Text? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

        public override int GetHashCode() => Bytes.Length;
    }

    /// <summary>A list of items.</summary>
    public sealed record Many(ImmutableArray<RlpItem> Items) : RlpItem
    {
        public bool Equals(Many? other) => other is not null && Items.SequenceEqual(other.Items);

        public override int GetHashCode() => Items.Length;
    }

    /// <summary>The item of a string of bytes.</summary>
    public static RlpItem Of(ReadOnlyMemory<byte> bytes) => new Text(bytes);

    /// <summary>The item of a number: no byte for zero.</summary>
    public static RlpItem Of(UInt128 number) =>
        new Text(number == 0 ? [] : ((BigInteger)number).ToByteArray(isUnsigned: true, isBigEndian: true));

    /// <summary>The item of a list.</summary>
    public static RlpItem Of(params ImmutableArray<RlpItem> items) => new Many(items);
}
