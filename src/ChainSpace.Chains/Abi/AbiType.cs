using System.Collections.Immutable;
using System.Globalization;

namespace ChainSpace.Chains.Abi;

/// <summary>A type of the contract ABI (Solidity's specification, "Contract ABI Specification").</summary>
public abstract record AbiType
{
    /// <summary>Length of a word in bytes.</summary>
    internal const int WordSize = 32;

    private AbiType()
    {
    }

    /// <summary>Twenty bytes.</summary>
    public sealed record Address : AbiType;

    /// <summary>0 or 1.</summary>
    public sealed record Bool : AbiType;

    /// <summary><c>uintN</c> or <c>intN</c>.</summary>
    public sealed record Number(int Bits, bool IsSigned) : AbiType;

    /// <summary><c>bytesN</c>, 1 to 32.</summary>
    public sealed record Fixed(int Length) : AbiType;

    /// <summary>Bytes of any length.</summary>
    public sealed record Bytes : AbiType;

    /// <summary>UTF-8 of any length.</summary>
    public sealed record Text : AbiType;

    /// <summary>Elements of one type; without a length, any number of them.</summary>
    public sealed record Array(AbiType Element, int? Length) : AbiType;

    /// <summary>A struct, or the arguments of a call.</summary>
    public sealed record Tuple(ImmutableArray<AbiType> Parts) : AbiType
    {
        public bool Equals(Tuple? other) => other is not null && Parts.SequenceEqual(other.Parts);

        public override int GetHashCode() => Parts.Length;

        public override string ToString() => Name;
    }

    /// <summary>True where the size depends on the value.</summary>
    public bool IsDynamic => this switch
    {
        Address or Bool or Number or Fixed => false,
        Bytes or Text => true,
        Array array => array.Length is null || array.Element.IsDynamic,
        Tuple tuple => tuple.Parts.Any(part => part.IsDynamic),
    };

    /// <summary>The canonical spelling, of which selectors are made.</summary>
    public string Name => this switch
    {
        Address => "address",
        Bool => "bool",
        Number number => string.Create(CultureInfo.InvariantCulture, $"{(number.IsSigned ? "int" : "uint")}{number.Bits}"),
        Fixed bytes => string.Create(CultureInfo.InvariantCulture, $"bytes{bytes.Length}"),
        Bytes => "bytes",
        Text => "string",
        Array array => string.Create(CultureInfo.InvariantCulture, $"{array.Element.Name}[{array.Length}]"),
        Tuple tuple => $"({string.Join(',', tuple.Parts.Select(part => part.Name))})",
    };

    /// <summary>Bytes in the head of the tuple or array it is a part of: one word where it is dynamic.</summary>
    internal int HeadSize => IsDynamic ? WordSize : this switch
    {
        Address or Bool or Number or Fixed or Bytes or Text => WordSize,
        Array array => checked(array.Length.GetValueOrDefault() * array.Element.HeadSize),
        Tuple tuple => tuple.Parts.Sum(part => part.HeadSize),
    };
}
