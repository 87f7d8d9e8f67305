namespace ChainSpace.Protocol;

/// <summary>
/// A person, app or agent with a key. First byte 0: a wallet, its address left-padded to 32 bytes. First byte 1: a P-256
/// key, then the last 31 bytes of keccak256(x ‖ y). The two kinds can never be equal.
/// </summary>
public readonly record struct AccountId(Bytes32 Value) : IComparable<AccountId>
{
    public int CompareTo(AccountId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();
}

/// <summary>A community or market with its own rules, journal and currency; salt of the EIP-712 domain.</summary>
public readonly record struct SpaceId(Bytes32 Value) : IComparable<SpaceId>
{
    public int CompareTo(SpaceId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();
}

/// <summary>Anything posted for a reward; equal to the <see cref="MessageId"/> of the message that posted it.</summary>
public readonly record struct TaskId(Bytes32 Value) : IComparable<TaskId>
{
    public int CompareTo(TaskId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();
}

/// <summary>The EIP-712 digest of a message; does not depend on its signature.</summary>
public readonly record struct MessageId(Bytes32 Value) : IComparable<MessageId>
{
    public int CompareTo(MessageId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();
}

/// <summary>Place of an entry in the journal, counted from zero.</summary>
public readonly record struct EntryIndex(long Value) : IComparable<EntryIndex>
{
    public int CompareTo(EntryIndex other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A point in time stamped by the node: milliseconds since 1970-01-01T00:00:00Z, never negative.</summary>
public readonly record struct Moment(long Milliseconds) : IComparable<Moment>
{
    public int CompareTo(Moment other) => Milliseconds.CompareTo(other.Milliseconds);

    public static bool operator <(Moment left, Moment right) => left.Milliseconds < right.Milliseconds;

    public static bool operator >(Moment left, Moment right) => left.Milliseconds > right.Milliseconds;

    public static bool operator <=(Moment left, Moment right) => left.Milliseconds <= right.Milliseconds;

    public static bool operator >=(Moment left, Moment right) => left.Milliseconds >= right.Milliseconds;

    public override string ToString() => Milliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Money in integer minor units of the space's currency, 0 to 2¹²⁸ − 1; arithmetic is checked, never wraps.</summary>
public readonly record struct Amount(UInt128 Units) : IComparable<Amount>
{
    public static readonly Amount Zero;

    public int CompareTo(Amount other) => Units.CompareTo(other.Units);

    public static Amount operator +(Amount left, Amount right) => new(checked(left.Units + right.Units));

    public static Amount operator -(Amount left, Amount right) => new(checked(left.Units - right.Units));

    public static bool operator <(Amount left, Amount right) => left.Units < right.Units;

    public static bool operator >(Amount left, Amount right) => left.Units > right.Units;

    public static bool operator <=(Amount left, Amount right) => left.Units <= right.Units;

    public static bool operator >=(Amount left, Amount right) => left.Units >= right.Units;

    public override string ToString() => Units.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
