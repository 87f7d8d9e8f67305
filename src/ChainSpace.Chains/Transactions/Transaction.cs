using System.Collections.Immutable;
using ChainSpace.Chains.Rlp;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Chains.Transactions;

/// <summary>Storage that a transaction announces to touch (EIP-2930).</summary>
public sealed record AccessEntry(Address Address, ImmutableArray<Bytes32> Slots)
{
    public bool Equals(AccessEntry? other) =>
        other is not null && Address == other.Address && Slots.SequenceEqual(other.Slots);

    public override int GetHashCode() => HashCode.Combine(Address, Slots.Length);
}

/// <summary>What is asked of a network: whom to call, with what, and how much coin goes along.</summary>
/// <param name="To">The contract or wallet; null to create a contract, whose init code the data is.</param>
/// <param name="Value">Coin that is sent along, in wei.</param>
/// <param name="Data">Selector and arguments.</param>
public sealed record ChainCall(Address? To, Wei Value, ReadOnlyMemory<byte> Data)
{
    public bool Equals(ChainCall? other) =>
        other is not null && To == other.To && Value == other.Value && Data.Span.SequenceEqual(other.Data.Span);

    public override int GetHashCode() => HashCode.Combine(To, Value, Data.Length);
}

/// <summary>What a transaction offers for each unit of gas, in wei.</summary>
/// <param name="MaxFee">The most it pays, base fee included.</param>
/// <param name="Priority">The part of it that goes to the block's maker.</param>
public readonly record struct GasPrice(Wei MaxFee, Wei Priority);

/// <summary>An EIP-1559 transaction (type 2), not yet signed.</summary>
public sealed record Transaction(ChainId Chain, Nonce Nonce, GasPrice Price, Gas GasLimit, ChainCall Call)
{
    internal const byte Type = 0x02;

    /// <summary>Announced storage; empty in all we make.</summary>
    public ImmutableArray<AccessEntry> AccessList { get; init; } = [];

    /// <summary>What the sender signs: keccak256(0x02 ‖ rlp of the nine fields).</summary>
    public Bytes32 SigningHash => Keccak256.Hash(Prefixed(Fields()));

    /// <summary>Signs it with a wallet's key.</summary>
    public SignedTransaction Sign(WalletSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        return new SignedTransaction(this, signer.Sign(SigningHash));
    }

    public bool Equals(Transaction? other) => other is not null && SigningHash == other.SigningHash;

    public override int GetHashCode() => SigningHash.GetHashCode();

    internal ImmutableArray<RlpItem> Fields() =>
    [
        RlpItem.Of(Chain.Value), RlpItem.Of(Nonce.Value), RlpItem.Of(Price.Priority.Units), RlpItem.Of(Price.MaxFee.Units),
        RlpItem.Of(GasLimit.Units), RlpItem.Of(Call.To?.ToArray() ?? []), RlpItem.Of(Call.Value.Units), RlpItem.Of(Call.Data),
        RlpItem.Of([.. AccessList.Select(Write)]),
    ];

    internal static byte[] Prefixed(ImmutableArray<RlpItem> fields) => [Type, .. RlpWriter.Write(RlpItem.Of(fields))];

    private static RlpItem Write(AccessEntry entry) => RlpItem.Of(
        RlpItem.Of(entry.Address.ToArray()), RlpItem.Of([.. entry.Slots.Select(slot => RlpItem.Of(slot.ToArray()))]));
}
