using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Chains.Contracts;

/// <summary>The contract that keeps one slot for each operator: the head of a chain of super-roots.</summary>
public sealed record AnchorageContract(Address Address)
{
    private static readonly AbiSignature AnchorSignature = AbiSignature.Parse("anchor(bytes32)");
    private static readonly AbiSignature HeadSignature = AbiSignature.Parse("head(address)");
    private static readonly AbiSignature VerifySignature =
        AbiSignature.Parse($"verify(address,bytes32,bytes32,{AnchorageStructs.SuperLeafType},bytes32[])");

    private static readonly AbiSignature VerifyScoreSignature = AbiSignature.Parse(
        $"verifyScore(address,bytes32,bytes32,{AnchorageStructs.SuperLeafType},bytes32[],"
        + $"{AnchorageStructs.ScoreType},bytes32[])");

    private static readonly AbiEvent AnchoredEvent = AbiEvent.Parse("SuperAnchored(address indexed,bytes32)");
    private static readonly AbiTuple Slot = AbiTuple.Parse("(bytes32,bytes32)");

    /// <summary>First topic of the event that <see cref="ReadAnchored"/> reads.</summary>
    public static Bytes32 AnchoredTopic => AnchoredEvent.Topic;

    /// <summary>Creates the anchorage itself.</summary>
    public static ChainCall Deploy() => new(null, Wei.Zero, ContractCode.Anchorage);

    /// <summary>The slot after a super-root: keccak256(abi.encode(previous, superRoot)).</summary>
    public static Bytes32 HeadAfter(Bytes32 previous, Bytes32 superRoot) => Keccak256.Hash(Slot.Encode(previous, superRoot));

    /// <summary>Puts a super-root on the sender's chain of them.</summary>
    public ChainCall Anchor(Bytes32 superRoot) => new(Address, Wei.Zero, AnchorSignature.Encode(superRoot));

    /// <summary>An operator's slot; zero before its first super-root.</summary>
    public RpcCall<Bytes32> Head(Address operatorAddress, BlockTag? at = null) => View.Of(
        new ChainCall(Address, Wei.Zero, HeadSignature.Encode(operatorAddress)), "(bytes32)", values => values.Word(0), at);

    /// <summary>Whether a space's head is in the super-root that stands in the operator's slot.</summary>
    public RpcCall<bool> Verify(SuperHead head, SuperProof proof)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(proof);
        return Ask(VerifySignature.Encode(
            head.Operator, head.Previous, head.SuperRoot, proof.Leaf.ToAbi(), View.Words(proof.Path)));
    }

    /// <summary>Whether a score is in the reputation of such a space.</summary>
    public RpcCall<bool> VerifyScore(SuperHead head, SuperProof proof, ScoreLeaf score, IEnumerable<Bytes32> path)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(proof);
        return Ask(VerifyScoreSignature.Encode(
            head.Operator, head.Previous, head.SuperRoot, proof.Leaf.ToAbi(), View.Words(proof.Path),
            score.ToAbi(), View.Words(path)));
    }

    /// <summary>Operator and super-root of an anchoring; null for any other event.</summary>
    public (Address Operator, Bytes32 SuperRoot)? ReadAnchored(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Contract != Address) return null;
        if (!AnchoredEvent.TryDecode(entry.Topics, entry.Data, out AbiValue.Many? values)) return null;
        return (values.Address(0), values.Word(1));
    }

    private RpcCall<bool> Ask(byte[] data) =>
        View.Of(new ChainCall(Address, Wei.Zero, data), "(bool)", values => values.IsTrue(0));
}

/// <summary>What an operator's slot is the hash of: its newest super-root and the slot before.</summary>
public sealed record SuperHead(Address Operator, Bytes32 Previous, Bytes32 SuperRoot);
