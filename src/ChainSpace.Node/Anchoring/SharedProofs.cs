using System.Collections.Immutable;
using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;

namespace ChainSpace.Node.Anchoring;

/// <summary>Reads what a node shows of a super-root into what an anchorage wants to see.</summary>
internal static class SharedProofs
{
    /// <exception cref="FormatException">The node writes something else.</exception>
    public static (AnchorageContract Anchorage, SuperHead Head, SuperProof Proof) Read(SharedAnchorView view, SpaceId space)
    {
        SuperLeaf leaf = new(
            space, Number(view.Size), Bytes32.Parse(view.Root),
            Bytes32.Parse(view.PayoutRoot), Bytes32.Parse(view.ReputationRoot));
        SuperHead head = new(Address.Parse(view.Operator), Bytes32.Parse(view.PreviousHead), Bytes32.Parse(view.SuperRoot));
        return (new AnchorageContract(Address.Parse(view.Anchorage)), head, new SuperProof(leaf, Path(view.Proof)));
    }

    /// <inheritdoc cref="Read(SharedAnchorView, SpaceId)"/>
    public static (ScoreLeaf Leaf, IReadOnlyList<Bytes32> Path) Read(ScoreView view, AccountId account) => (
        new ScoreLeaf(account, view.Category, (uint)Number(view.Score), (uint)Number(view.Bound), Number(view.Count)),
        Path(view.Proof));

    private static ImmutableArray<Bytes32> Path(IReadOnlyList<string> hashes) =>
        [.. hashes.Select(static hash => Bytes32.Parse(hash))];

    private static ulong Number(string text) => ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
