using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ChainSpace.Chains.Rlp;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Chains.Transactions;

/// <summary>A transaction as it goes to the network; whoever holds it can send it, again and again, to the same effect.</summary>
public sealed record SignedTransaction
{
    private const int RecoveryBase = 27;

    internal SignedTransaction(Transaction transaction, ReadOnlySpan<byte> signature)
    {
        Transaction = transaction;
        if (!Secp256k1.TryRecover(signature, transaction.SigningHash, out AccountId sender))
            throw new ArgumentException("Not a signature.", nameof(signature));
        Sender = Address.Of(sender);
        Raw = Transaction.Prefixed([.. transaction.Fields(), .. SignatureFields(signature)]);
        Hash = new TransactionHash(Keccak256.Hash(Raw.Span));
    }

    /// <summary>What was signed.</summary>
    public Transaction Transaction { get; }

    /// <summary>Who signed, recovered from the signature.</summary>
    public Address Sender { get; }

    /// <summary>The bytes of <c>eth_sendRawTransaction</c>.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>What the network knows it by.</summary>
    public TransactionHash Hash { get; }

    /// <summary>Reads a stranger's bytes; false for anything but a well-formed, validly signed type 2 transaction.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> raw, [NotNullWhen(true)] out SignedTransaction? signed)
    {
        signed = null;
        if (raw.IsEmpty || raw.Span[0] != Transaction.Type) return false;
        if (!RlpReader.TryRead(raw[1..], out RlpItem? item)) return false;
        if (item is not RlpItem.Many { Items: { Length: 12 } fields }) return false;
        if (!TryReadTransaction(fields, out Transaction? transaction)) return false;
        byte[] signature = new byte[Secp256k1.SignatureSize];
        if (!TryReadSignature(fields, signature)) return false;
        if (!Secp256k1.TryRecover(signature, transaction.SigningHash, out _)) return false;
        signed = new SignedTransaction(transaction, signature);
        return true;
    }

    public bool Equals(SignedTransaction? other) => other is not null && Hash == other.Hash;

    public override int GetHashCode() => Hash.GetHashCode();

    private static ImmutableArray<RlpItem> SignatureFields(ReadOnlySpan<byte> signature) =>
    [
        RlpItem.Of((UInt128)(signature[64] - RecoveryBase)), Scalar(signature[..32]), Scalar(signature[32..64]),
    ];

    private static RlpItem Scalar(ReadOnlySpan<byte> bytes) => RlpItem.Of(bytes.TrimStart((byte)0).ToArray());

    private static bool TryReadTransaction(
        ImmutableArray<RlpItem> fields, [NotNullWhen(true)] out Transaction? transaction)
    {
        transaction = null;
        if (!RlpReader.TryReadNumber(fields[0], out ulong chain)) return false;
        if (!RlpReader.TryReadNumber(fields[1], out ulong nonce)) return false;
        if (!RlpReader.TryReadNumber(fields[2], out UInt128 priority)) return false;
        if (!RlpReader.TryReadNumber(fields[3], out UInt128 maxFee)) return false;
        if (!RlpReader.TryReadNumber(fields[4], out ulong gas)) return false;
        if (!RlpReader.TryReadNumber(fields[6], out UInt128 value)) return false;
        if (fields[5] is not RlpItem.Text { Bytes: { Length: 0 or Address.Size } to }) return false;
        if (fields[7] is not RlpItem.Text { Bytes: var data }) return false;
        if (!TryReadAccessList(fields[8], out ImmutableArray<AccessEntry> accessList)) return false;
        transaction = new Transaction(
            new ChainId(chain),
            new Nonce(nonce),
            new GasPrice(new Wei(maxFee), new Wei(priority)),
            new Gas(gas),
            new ChainCall(to.IsEmpty ? null : Address.Read(to.Span), new Wei(value), data))
        {
            AccessList = accessList,
        };
        return true;
    }

    private static bool TryReadAccessList(RlpItem item, out ImmutableArray<AccessEntry> list)
    {
        list = [];
        if (item is not RlpItem.Many { Items: var items }) return false;
        ImmutableArray<AccessEntry>.Builder entries = ImmutableArray.CreateBuilder<AccessEntry>(items.Length);
        foreach (RlpItem each in items)
        {
            if (each is not RlpItem.Many { Items: [RlpItem.Text { Bytes.Length: Address.Size } address, RlpItem.Many slots] })
                return false;
            if (slots.Items.Any(slot => slot is not RlpItem.Text { Bytes.Length: Bytes32.Size })) return false;
            entries.Add(new AccessEntry(
                Address.Read(address.Bytes.Span),
                [.. slots.Items.Select(slot => Bytes32.Read(((RlpItem.Text)slot).Bytes.Span))]));
        }

        list = entries.ToImmutable();
        return true;
    }

    private static bool TryReadSignature(ImmutableArray<RlpItem> fields, Span<byte> signature)
    {
        if (!RlpReader.TryReadNumber(fields[9], out ulong parity) || parity > 1) return false;
        signature[64] = (byte)(RecoveryBase + (int)parity);
        return TryReadScalar(fields[10], signature[..32]) && TryReadScalar(fields[11], signature[32..64]);
    }

    private static bool TryReadScalar(RlpItem item, Span<byte> target)
    {
        if (item is not RlpItem.Text { Bytes: { Length: > 0 and <= Bytes32.Size } bytes } || bytes.Span[0] == 0) return false;
        bytes.Span.CopyTo(target[(target.Length - bytes.Length)..]);
        return true;
    }
}
