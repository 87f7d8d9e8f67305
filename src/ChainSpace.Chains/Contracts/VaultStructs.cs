using System.Numerics;
using ChainSpace.Chains.Abi;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Chains.Contracts;

/// <summary>What a vault is created with, for ever (spec/settlement.md, "Contracts").</summary>
/// <param name="Asset">The token it holds; zero: the network's coin.</param>
/// <param name="Operator">Who may send anchors.</param>
/// <param name="Anchorage">Whose super-roots it may adopt; zero: none.</param>
/// <param name="Witnesses">See <see cref="WitnessSet"/>; zero: none.</param>
/// <param name="Threshold">Signatures that make a root good at once; zero: none can.</param>
/// <param name="Window">Seconds a proposal waits; zero: no proposals.</param>
/// <param name="ExitAfter">Seconds without a good root after which anybody may end the space.</param>
/// <param name="Bond">What the first challenge costs.</param>
public sealed record VaultTerms(
    Address Asset, Address Operator, Address Anchorage, Bytes32 Witnesses,
    byte Threshold, uint Window, uint ExitAfter, Wei Bond)
{
    internal const string Type = "(address,address,address,bytes32,uint8,uint32,uint32,uint128)";

    /// <summary>The hash by which a vault knows its witnesses: their addresses ascending, each padded to 32 bytes.</summary>
    public static Bytes32 WitnessSet(IEnumerable<Address> witnesses) =>
        Keccak256.Hash([.. witnesses.Order().SelectMany(each => each.Word.ToArray())]);

    internal AbiValue ToAbi() => AbiValue.Of(
        Asset, Operator, Anchorage, Witnesses, (ulong)Threshold, (ulong)Window, (ulong)ExitAfter, Bond.Units);

    internal static VaultTerms Read(AbiValue.Many values) => new(
        values.Address(0), values.Address(1), values.Address(2), values.Word(3),
        (byte)values.Integer(4), (uint)values.Integer(5), (uint)values.Integer(6), new Wei((UInt128)values.Integer(7)));
}

/// <summary>A journal's head as a vault keeps it: the slot is the hash of all five.</summary>
/// <param name="Previous">The slot before.</param>
/// <param name="Size">Entries in the journal, below 2⁴⁸.</param>
/// <param name="At">The block's time, in seconds since 1970.</param>
/// <param name="Root">Root of the journal at that size.</param>
/// <param name="PayoutRoot">Root of the payout tree.</param>
public sealed record VaultAnchor(Bytes32 Previous, ulong Size, ulong At, Bytes32 Root, Bytes32 PayoutRoot)
{
    internal const string Type = "(bytes32,uint48,uint48,bytes32,bytes32)";

    private static readonly AbiTuple Members = AbiTuple.Parse("(bytes32,uint48,uint48,bytes32,bytes32)");

    /// <summary>The slot after this anchor: 26 bytes of its hash, then the size.</summary>
    public Bytes32 Commitment
    {
        get
        {
            byte[] slot = Keccak256.Hash(Members.Encode(Previous, Size, At, Root, PayoutRoot)).ToArray();
            for (int place = 0; place < 6; place++) slot[^(place + 1)] = (byte)(Size >> (8 * place));
            return Bytes32.Read(slot);
        }
    }

    internal AbiValue ToAbi() => AbiValue.Of(Previous, Size, At, Root, PayoutRoot);
}

/// <summary>A leaf of the payout tree (spec/settlement.md, "The payout tree").</summary>
/// <param name="Account">Whose.</param>
/// <param name="Claimable">All it may take out, ever.</param>
/// <param name="Net">What the space moved to it, less all it paid in; may be negative.</param>
public sealed record PayoutLeaf(AccountId Account, BigInteger Claimable, BigInteger Net)
{
    internal const string Type = "(bytes32,uint256,int256)";

    private static readonly AbiTuple Members = AbiTuple.Parse("(bytes32,uint256,int256)");

    /// <summary>Its hash in the tree: hashed twice, so that no node of the tree can pass for a leaf.</summary>
    public Bytes32 Hash => Keccak256.Hash(Keccak256.Hash(Members.Encode(Account.Value, Claimable, Net)).ToArray());

    internal AbiValue ToAbi() => AbiValue.Of(Account.Value, Claimable, Net);
}
