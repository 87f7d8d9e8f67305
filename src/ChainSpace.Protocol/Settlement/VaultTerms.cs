using System.Buffers.Binary;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Protocol.Settlement;

/// <summary>
/// What a vault is made with and can never change; part of the first message of its space, so that whoever knows the
/// space's id knows them. See spec/settlement.md.
/// </summary>
public sealed record VaultTerms
{
    /// <summary>Length of the encoded form in bytes.</summary>
    public const int Size = 8 * Bytes32.Size;

    /// <summary>The ERC-20 the space's money is, as a wallet account; zero: the chain's native coin.</summary>
    public AccountId Asset { get; init; }

    /// <summary>The wallet that sends anchors.</summary>
    public required AccountId Operator { get; init; }

    /// <summary>Whose super-roots the vault may adopt; zero: none.</summary>
    public AccountId Anchorage { get; init; }

    /// <summary>Hash of the witnesses' sorted wallets, see <see cref="HashOf"/>; zero: none.</summary>
    public Bytes32 Witnesses { get; init; }

    /// <summary>Signatures that make a root good at once; 0: none can.</summary>
    public byte Threshold { get; init; }

    /// <summary>Seconds a proposed root waits for a challenge; 0: none can be proposed.</summary>
    public uint Window { get; init; }

    /// <summary>Seconds without a good root after which anybody may end the space.</summary>
    public required uint ExitAfter { get; init; }

    /// <summary>Bond of the first challenge, in the chain's smallest unit.</summary>
    public Amount Bond { get; init; }

    /// <summary>keccak256 of the wallets, sorted, each as 32 bytes; zero for none.</summary>
    public static Bytes32 HashOf(IEnumerable<AccountId> witnesses)
    {
        byte[] bytes = [.. witnesses.Order().SelectMany(static each => each.Value.ToArray())];
        return bytes.Length == 0 ? default : Keccak256.Hash(bytes);
    }

    /// <summary>The terms as Solidity's <c>abi.encode</c> writes them.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Size];
        Asset.Value.CopyTo(bytes);
        Operator.Value.CopyTo(bytes.AsSpan(32));
        Anchorage.Value.CopyTo(bytes.AsSpan(64));
        Witnesses.CopyTo(bytes.AsSpan(96));
        bytes[159] = Threshold;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(188), Window);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(220), ExitAfter);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(240), Bond.Units);
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> writes; null for anything else.</summary>
    public static VaultTerms? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) return null;
        VaultTerms terms = new()
        {
            Asset = new AccountId(Bytes32.Read(bytes[..32])),
            Operator = new AccountId(Bytes32.Read(bytes[32..64])),
            Anchorage = new AccountId(Bytes32.Read(bytes[64..96])),
            Witnesses = Bytes32.Read(bytes[96..128]),
            Threshold = bytes[159],
            Window = BinaryPrimitives.ReadUInt32BigEndian(bytes[188..]),
            ExitAfter = BinaryPrimitives.ReadUInt32BigEndian(bytes[220..]),
            Bond = new Amount(BinaryPrimitives.ReadUInt128BigEndian(bytes[240..])),
        };
        bool areWallets = IsWallet(terms.Asset) && IsWallet(terms.Operator) && IsWallet(terms.Anchorage);
        return areWallets && bytes.SequenceEqual(terms.ToBytes()) ? terms : null;
    }

    private static bool IsWallet(AccountId account)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        account.Value.CopyTo(bytes);
        return !bytes[..12].ContainsAnyExcept((byte)0);
    }
}
