using System.Collections.Immutable;
using System.Numerics;

namespace ChainSpace.Chains.Abi;

/// <summary>A value of some <see cref="AbiType"/>; the type says which of these fits and how large it may be.</summary>
public abstract record AbiValue
{
    private AbiValue()
    {
    }

    /// <summary>Of <c>address</c>.</summary>
    public sealed record Account(Address Address) : AbiValue;

    /// <summary>Of <c>bool</c>.</summary>
    public sealed record Truth(bool IsTrue) : AbiValue;

    /// <summary>Of <c>uintN</c> and <c>intN</c>.</summary>
    public sealed record Number(BigInteger Value) : AbiValue;

    /// <summary>Of <c>bytesN</c> and <c>bytes</c>.</summary>
    public sealed record Blob(ReadOnlyMemory<byte> Bytes) : AbiValue
    {
        public bool Equals(Blob? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

        public override int GetHashCode() => Bytes.Length;
    }

    /// <summary>Of <c>string</c>.</summary>
    public sealed record Sentence(string Text) : AbiValue;

    /// <summary>
    /// Of arrays, structs and arguments. The accessors are for what was decoded by a type that says what stands where, and
    /// throw <see cref="InvalidCastException"/> for anything else.
    /// </summary>
    public sealed record Many(ImmutableArray<AbiValue> Items) : AbiValue
    {
        public Address Address(int place) => ((Account)Items[place]).Address;

        public bool IsTrue(int place) => ((Truth)Items[place]).IsTrue;

        public BigInteger Integer(int place) => ((Number)Items[place]).Value;

        public ReadOnlyMemory<byte> Bytes(int place) => ((Blob)Items[place]).Bytes;

        /// <summary>Of <c>bytes32</c>.</summary>
        public Bytes32 Word(int place) => Bytes32.Read(Bytes(place).Span);

        public string Text(int place) => ((Sentence)Items[place]).Text;

        public Many Part(int place) => (Many)Items[place];

        public bool Equals(Many? other) => other is not null && Items.SequenceEqual(other.Items);

        public override int GetHashCode() => Items.Length;
    }

    public static implicit operator AbiValue(Address value) => new Account(value);

    public static implicit operator AbiValue(bool value) => new Truth(value);

    public static implicit operator AbiValue(BigInteger value) => new Number(value);

    public static implicit operator AbiValue(ulong value) => new Number(value);

    public static implicit operator AbiValue(UInt128 value) => new Number(value);

    public static implicit operator AbiValue(Bytes32 value) => new Blob(value.ToArray());

    public static implicit operator AbiValue(ReadOnlyMemory<byte> value) => new Blob(value);

    public static implicit operator AbiValue(byte[] value) => new Blob(value);

    public static implicit operator AbiValue(string value) => new Sentence(value);

    /// <summary>An array or a struct.</summary>
    public static AbiValue Of(params ImmutableArray<AbiValue> items) => new Many(items);
}
