using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Node.Watching;

/// <summary>What a vault says at one moment to somebody who may have to object.</summary>
/// <param name="Price">The bond of a challenge, in wei.</param>
/// <param name="Bonds">Those of the one who asks.</param>
internal sealed record VaultLook(
    GoodRoot Good, Proposal Proposal, BigInteger Price, BondBalance Bonds, bool IsEnded, BlockHeader Newest)
{
    public static RpcCall<VaultLook> Of(Address vault, Address challenger)
    {
        VaultViews views = new(vault);
        var money = views.ChallengePrice().With(views.BondOf(challenger));
        var roots = views.Good().With(views.Proposal());
        var moment = views.IsEnded().With(Chain.Block(new BlockTag.Latest()));
        return roots.With(money).With(moment).Then<VaultLook>(static all =>
        {
            ((GoodRoot good, Proposal proposal), (BigInteger price, BondBalance bonds)) = all.First;
            return new VaultLook(good, proposal, price, bonds, all.Second.First, all.Second.Second);
        });
    }

    /// <summary>Whether the newest proposal is still one, challenged or not.</summary>
    public bool HasProposal => Proposal.Size > Good.Size;

    public bool IsChallenged => Proposal.Challenger != Address.Zero;

    /// <summary>Of the proposal's window, by the chain's clock.</summary>
    public TimeSpan TimeLeft =>
        TimeSpan.FromSeconds(Proposal.Until > Newest.Seconds ? Proposal.Until - Newest.Seconds : 0);
}
