using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Anchoring;
using ChainSpace.Node.Spaces;
using ChainSpace.Node.Views.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Node.Settlement;

/// <summary>What witnesses and chains say of a space's checkpoints, for its receipts. Any number of threads.</summary>
public sealed class ReceiptDesk(SettlementService service)
{
    /// <summary>The receipt of an entry, with the best proof there is now.</summary>
    public ReceiptDocument? ReceiptOf(SpaceHost space, EntryIndex index)
    {
        ArgumentNullException.ThrowIfNull(space);
        return space.Receipts.Make(index, Of(space.Id));
    }

    private IEnumerable<CheckpointProof> Of(SpaceId space)
    {
        if (service.Find(space) is { } settlement)
            foreach (CheckpointProof each in OfVault(settlement)) yield return each;
        foreach ((NetworkHost network, SuperAnchors supers) in service.Anchorings)
            foreach (SharedHead head in supers.HeadsOf(space)) yield return OfShared(network, head, head.Tree.Find(space)!);
    }

    private static IEnumerable<CheckpointProof> OfVault(SpaceSettlement settlement)
    {
        if (settlement.Newest is not { } anchor) yield break;
        if (settlement.Endorsements is { } endorsements && endorsements.Complete(anchor) is not null)
            yield return new CheckpointProof(anchor.Size, ProofState.Witnessed)
            {
                Witnesses = new VouchProof(
                    [.. endorsements.Witnesses.Select(static each => each.ToString())], endorsements.Signatures(anchor)),
            };
        if (settlement.MinedAt(anchor) is { } mined)
            yield return new CheckpointProof(anchor.Size, ProofState.Anchored) { Anchor = mined };
    }

    private static CheckpointProof OfShared(NetworkHost network, SharedHead head, SuperProof proof) =>
        new((long)proof.Leaf.Size, head.IsFinal ? ProofState.Final : ProofState.Anchored)
        {
            Anchor = new AnchorProof(head.Height.ToString(CultureInfo.InvariantCulture), head.Transaction)
            {
                Shared = new SharedProof(
                    network.Setup.ChainId.ToString(), network.Anchorage.Address.ToString(), head.Tree.Root.ToString(),
                    proof.Leaf.PayoutRoot.ToString(), proof.Leaf.ReputationRoot.ToString(),
                    [.. proof.Path.Select(static hash => hash.ToString())]),
            },
        };
}
