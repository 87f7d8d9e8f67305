using System.Collections.Immutable;
using System.Numerics;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Chains.Contracts;

/// <summary>What a vault says on the chain. Amounts are in the asset's smallest unit, times in seconds since 1970.</summary>
public abstract record VaultEvent
{
    private VaultEvent()
    {
    }

    public sealed record Deposited(AccountId Account, BigInteger Amount, BigInteger Total) : VaultEvent;

    public sealed record Anchored(ulong Size, Bytes32 Root, Bytes32 PayoutRoot) : VaultEvent;

    public sealed record Proposed(ulong Size, Bytes32 PayoutRoot, ulong Until) : VaultEvent;

    public sealed record Challenged(ulong Size, Address Challenger, BigInteger Bond) : VaultEvent;

    public sealed record BondLost(Address Challenger, BigInteger Bond) : VaultEvent;

    public sealed record BondTaken(Address Challenger, BigInteger Amount) : VaultEvent;

    public sealed record Good(ulong Size, Bytes32 PayoutRoot) : VaultEvent;

    public sealed record Claimed(AccountId Account, Address Payee, BigInteger Amount, BigInteger Total) : VaultEvent;

    /// <summary>A claim among many whose receiver failed.</summary>
    public sealed record Unpaid(AccountId Account, BigInteger Amount) : VaultEvent;

    public sealed record Ended(ulong Size, Bytes32 PayoutRoot) : VaultEvent;

    public sealed record Settled(AccountId Account, BigInteger Due) : VaultEvent;

    public sealed record Left(AccountId Account, Address Payee, BigInteger Amount) : VaultEvent;

    private static readonly AbiEvent AnchoredEvent = AbiEvent.Parse("Anchored(uint256 indexed,bytes32,bytes32)");

    private static readonly ImmutableArray<(AbiEvent Event, Func<AbiValue.Many, VaultEvent> Read)> Known =
    [
        (AbiEvent.Parse("Deposited(bytes32 indexed,uint256,uint256)"),
            values => new Deposited(AccountOf(values), values.Integer(1), values.Integer(2))),
        (AnchoredEvent,
            values => new Anchored(Number(values, 0), values.Word(1), values.Word(2))),
        (AbiEvent.Parse("Proposed(uint256 indexed,bytes32,uint256)"),
            values => new Proposed(Number(values, 0), values.Word(1), Number(values, 2))),
        (AbiEvent.Parse("Challenged(uint256 indexed,address indexed,uint256)"),
            values => new Challenged(Number(values, 0), values.Address(1), values.Integer(2))),
        (AbiEvent.Parse("BondLost(address indexed,uint256)"), values => new BondLost(values.Address(0), values.Integer(1))),
        (AbiEvent.Parse("BondTaken(address indexed,uint256)"), values => new BondTaken(values.Address(0), values.Integer(1))),
        (AbiEvent.Parse("Good(uint256 indexed,bytes32)"), values => new Good(Number(values, 0), values.Word(1))),
        (AbiEvent.Parse("Claimed(bytes32 indexed,address indexed,uint256,uint256)"),
            values => new Claimed(AccountOf(values), values.Address(1), values.Integer(2), values.Integer(3))),
        (AbiEvent.Parse("Unpaid(bytes32 indexed,uint256)"), values => new Unpaid(AccountOf(values), values.Integer(1))),
        (AbiEvent.Parse("Ended(uint256,bytes32)"), values => new Ended(Number(values, 0), values.Word(1))),
        (AbiEvent.Parse("Settled(bytes32 indexed,uint256)"), values => new Settled(AccountOf(values), values.Integer(1))),
        (AbiEvent.Parse("Left(bytes32 indexed,address indexed,uint256)"),
            values => new Left(AccountOf(values), values.Address(1), values.Integer(2))),
    ];

    /// <summary>First topic of <see cref="Anchored"/>, to ask a chain for these alone.</summary>
    public static Bytes32 AnchoredTopic => AnchoredEvent.Topic;

    /// <summary>The event of a vault, or null where it is none we know.</summary>
    public static VaultEvent? TryRead(Address vault, LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Contract != vault) return null;
        foreach ((AbiEvent each, Func<AbiValue.Many, VaultEvent> read) in Known)
        {
            if (!each.TryDecode(entry.Topics, entry.Data, out AbiValue.Many? values)) continue;
            return values.Items.OfType<AbiValue.Number>().Any(number => number.Value.Sign < 0) ? null : read(values);
        }

        return null;
    }

    private static AccountId AccountOf(AbiValue.Many values) => new(values.Word(0));

    // Sizes and times are uint48 in the vault; a stranger's number above that is cut to what it could be at most.
    private static ulong Number(AbiValue.Many values, int place) => (ulong)BigInteger.Min(values.Integer(place), ulong.MaxValue);
}
