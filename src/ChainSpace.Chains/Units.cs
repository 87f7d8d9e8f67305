using System.Globalization;

namespace ChainSpace.Chains;

/// <summary>Which network a signature is good for (EIP-155).</summary>
public readonly record struct ChainId(ulong Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Height of a block above the network's first one.</summary>
public readonly record struct BlockNumber(ulong Value) : IComparable<BlockNumber>
{
    /// <summary>This many blocks later.</summary>
    public BlockNumber Plus(ulong blocks) => new(checked(Value + blocks));

    /// <summary>This many blocks earlier, the first block at the earliest.</summary>
    public BlockNumber Minus(ulong blocks) => new(blocks > Value ? 0 : Value - blocks);

    public int CompareTo(BlockNumber other) => Value.CompareTo(other.Value);

    public static bool operator <(BlockNumber left, BlockNumber right) => left.Value < right.Value;

    public static bool operator >(BlockNumber left, BlockNumber right) => left.Value > right.Value;

    public static bool operator <=(BlockNumber left, BlockNumber right) => left.Value <= right.Value;

    public static bool operator >=(BlockNumber left, BlockNumber right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Hash of a block's header.</summary>
public readonly record struct BlockHash(Bytes32 Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>Hash of a signed transaction.</summary>
public readonly record struct TransactionHash(Bytes32 Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>How many transactions an account has sent before this one.</summary>
public readonly record struct Nonce(ulong Value) : IComparable<Nonce>
{
    /// <summary>The one after it.</summary>
    public Nonce Next => new(checked(Value + 1));

    public int CompareTo(Nonce other) => Value.CompareTo(other.Value);

    public static bool operator <(Nonce left, Nonce right) => left.Value < right.Value;

    public static bool operator >(Nonce left, Nonce right) => left.Value > right.Value;

    public static bool operator <=(Nonce left, Nonce right) => left.Value <= right.Value;

    public static bool operator >=(Nonce left, Nonce right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Work of a transaction, as the network counts it.</summary>
public readonly record struct Gas(ulong Units) : IComparable<Gas>
{
    /// <summary>What this much work costs.</summary>
    public static Wei operator *(Gas gas, Wei price) => new(checked(gas.Units * price.Units));

    public int CompareTo(Gas other) => Units.CompareTo(other.Units);

    public static bool operator <(Gas left, Gas right) => left.Units < right.Units;

    public static bool operator >(Gas left, Gas right) => left.Units > right.Units;

    public static bool operator <=(Gas left, Gas right) => left.Units <= right.Units;

    public static bool operator >=(Gas left, Gas right) => left.Units >= right.Units;

    public override string ToString() => Units.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The network's coin in its smallest unit, 0 to 2¹²⁸ − 1; also the price of one unit of gas.</summary>
public readonly record struct Wei(UInt128 Units) : IComparable<Wei>
{
    /// <summary>Nothing.</summary>
    public static Wei Zero { get; }

    /// <summary>A price in billionths of the coin.</summary>
    public static Wei FromGwei(ulong gwei) => new((UInt128)gwei * 1_000_000_000);

    /// <summary>The smaller of the two.</summary>
    public static Wei Min(Wei left, Wei right) => left < right ? left : right;

    /// <summary>The larger of the two.</summary>
    public static Wei Max(Wei left, Wei right) => left > right ? left : right;

    public int CompareTo(Wei other) => Units.CompareTo(other.Units);

    public static Wei operator +(Wei left, Wei right) => new(checked(left.Units + right.Units));

    public static Wei operator -(Wei left, Wei right) => new(checked(left.Units - right.Units));

    public static bool operator <(Wei left, Wei right) => left.Units < right.Units;

    public static bool operator >(Wei left, Wei right) => left.Units > right.Units;

    public static bool operator <=(Wei left, Wei right) => left.Units <= right.Units;

    public static bool operator >=(Wei left, Wei right) => left.Units >= right.Units;

    public override string ToString() => Units.ToString(CultureInfo.InvariantCulture);
}
