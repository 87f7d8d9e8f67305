using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Chains.Contracts;

/// <summary>The contract that keeps one slot for each operator: the head of a chain of super-roots.</summary>
public sealed record AnchorageContract(Address Address)
{
    private static readonly AbiSignature AnchorSignature = AbiSignature.Parse("anchor(bytes32)");
    private static readonly AbiSignature HeadSignature = AbiSignature.Parse("head(address)");
    private static readonly AbiSignature VerifySignature =
        AbiSignature.Parse($"verify(address,bytes32,bytes32,{SuperLeaf.Type},bytes32[])");

    private static readonly AbiEvent AnchoredEvent = AbiEvent.Parse("SuperAnchored(address indexed,bytes32)");
    private static readonly AbiTuple Slot = AbiTuple.Parse("(bytes32,bytes32)");

    /// <summary>Creates the anchorage itself.</summary>
    public static ChainCall Deploy() => new(null, Wei.Zero, ContractCode.Anchorage);

    /// <summary>The slot after a super-root: keccak256(abi.encode(previous, superRoot)).</summary>
    public static Bytes32 HeadAfter(Bytes32 previous, Bytes32 superRoot) => Keccak256.Hash(Slot.Encode(previous, superRoot));

    /// <summary>Puts a super-root on the sender's chain of them.</summary>
    public ChainCall Anchor(Bytes32 superRoot) => new(Address, Wei.Zero, AnchorSignature.Encode(superRoot));

    /// <summary>An operator's slot; zero before its first super-root.</summary>
    public RpcCall<Bytes32> Head(Address operatorAddress, BlockTag? at = null) => View.Of(
        new ChainCall(Address, Wei.Zero, HeadSignature.Encode(operatorAddress)), "(bytes32)", values => values.Word(0), at);

    /// <summary>Whether a leaf is in the super-root that stands in the operator's slot.</summary>
    public RpcCall<bool> Verify(
        Address operatorAddress, Bytes32 previousHead, Bytes32 superRoot, SuperLeaf leaf, IEnumerable<Bytes32> proof)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        byte[] data = VerifySignature.Encode(operatorAddress, previousHead, superRoot, leaf.ToAbi(), View.Words(proof));
        return View.Of(new ChainCall(Address, Wei.Zero, data), "(bool)", values => values.IsTrue(0));
    }

    /// <summary>Operator and super-root of an anchoring; null for any other event.</summary>
    public (Address Operator, Bytes32 SuperRoot)? ReadAnchored(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Contract != Address) return null;
        if (!AnchoredEvent.TryDecode(entry.Topics, entry.Data, out AbiValue.Many? values)) return null;
        return (values.Address(0), values.Word(1));
    }
}
