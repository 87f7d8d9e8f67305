using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Settlement;

/// <summary>The calls that an operator makes of a vault, and what it reads there (spec/settlement.md).</summary>
/// <param name="vault">Its address.</param>
/// <param name="pool">Asked for what the chain says.</param>
internal sealed class VaultContract(Address vault, RpcPool pool)
{
    private static readonly AbiSignature AnchorCall = AbiSignature.Parse("anchor(uint48,bytes32,bytes32)");
    private static readonly AbiSignature ProposeCall = AbiSignature.Parse("propose((bytes32,uint48,uint48,bytes32,bytes32))");
    private static readonly AbiSignature PromoteCall = AbiSignature.Parse("promote()");
    private static readonly AbiSignature HeadCall = AbiSignature.Parse("head()");
    private static readonly AbiSignature GoodCall = AbiSignature.Parse("good()");
    private static readonly AbiSignature ProposalCall = AbiSignature.Parse("proposal()");
    private static readonly AbiTuple HeadResult = AbiTuple.Parse("(bytes32,uint48)");
    private static readonly AbiTuple GoodResult = AbiTuple.Parse("(bytes32,uint48,uint48)");
    private static readonly AbiTuple ProposalResult = AbiTuple.Parse("(bytes32,uint48,uint48,address)");

    public Address Address => vault;

    public ChainCall Anchor(long size, Bytes32 root, Bytes32 payoutRoot) => Call(AnchorCall.Encode((ulong)size, root, payoutRoot));

    public ChainCall Propose(AnchorPreimage anchor) => Call(ProposeCall.Encode(AbiValue.Of(
        anchor.Previous, (ulong)anchor.Size, anchor.Time, anchor.Root, anchor.PayoutRoot)));

    public ChainCall Promote() => Call(PromoteCall.Encode());

    /// <summary>The head slot at a block, and the size it speaks of.</summary>
    public Task<Answer<VaultHead>> HeadAsync(BlockTag at, CancellationToken cancellationToken) =>
        ReadAsync(HeadCall, HeadResult, at, static values => new VaultHead(values.Word(0), (long)values.Integer(1)), cancellationToken);

    /// <summary>What may be claimed against.</summary>
    public Task<Answer<GoodRoot>> GoodAsync(CancellationToken cancellationToken) => ReadAsync(
        GoodCall, GoodResult, new BlockTag.Latest(),
        static values => new GoodRoot((long)values.Integer(1), values.Word(0)), cancellationToken);

    /// <summary>The last proposal, alive or dead.</summary>
    public Task<Answer<Proposal>> ProposalAsync(CancellationToken cancellationToken) => ReadAsync(
        ProposalCall, ProposalResult, new BlockTag.Latest(),
        static values => new Proposal((long)values.Integer(1), (ulong)values.Integer(2), values.Address(3) != Address.Zero),
        cancellationToken);

    private async Task<Answer<T>> ReadAsync<T>(
        AbiSignature call, AbiTuple result, BlockTag at, Func<AbiValue.Many, T> read, CancellationToken cancellationToken)
        where T : notnull
    {
        Answer<ReadOnlyMemory<byte>> answer =
            await pool.AskAsync(Chain.Run(Call(call.Encode()), at), cancellationToken);
        if (!answer.IsGood) return answer.Fault;
        return result.TryDecode(answer.Value, out AbiValue.Many? values)
            ? read(values)
            : new RpcFault.Malformed($"{call.Text} answered something else.");
    }

    private ChainCall Call(byte[] data) => new(vault, Wei.Zero, data);
}

/// <summary>What the head slot of a vault commits to.</summary>
internal sealed record AnchorPreimage(Bytes32 Previous, long Size, ulong Time, Bytes32 Root, Bytes32 PayoutRoot);

/// <summary>The head slot, and the size in it.</summary>
internal sealed record VaultHead(Bytes32 Slot, long Size);

/// <summary>The payout root that may be claimed against, and the size it is of; size 0 before the first.</summary>
public sealed record GoodRoot(long Size, Bytes32 PayoutRoot);

/// <summary>A proposal; its window is over at <paramref name="Until"/>, in seconds of Unix time.</summary>
internal sealed record Proposal(long Size, ulong Until, bool IsChallenged);
