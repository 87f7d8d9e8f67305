using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Sending;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using VaultTerms = ChainSpace.Protocol.Settlement.VaultTerms;

namespace ChainSpace.Node.Settlement;

/// <summary>How the anchors of a space become roots to claim against: by a proposal and its window, or by witnesses.</summary>
internal sealed class RootCandidates(
    SpaceHost space, NetworkHost network, Address vault, VaultTerms terms, PayoutFiles payouts, Endorsements? endorsements)
{
    private static readonly Gas GasOfProposal = new(250_000);

    // In an hour; the first one has a name of its own.
    private const int Tries = 8;
    private const long Hour = 60 * 60 * 1000;

    // Its signature in the call's data, and recovering it.
    private const ulong GasOfWitness = 12_000;

    private readonly VaultCalls calls = new(vault);

    // What was found of the proposal that waits; it is looked up once.
    private (Bytes32 Anchor, bool IsOwn)? judged;

    /// <summary>Size of the proposal that waits for the end of its window; 0 where none does.</summary>
    public long Proposed { get; private set; }

    /// <summary>What went wrong in the last step, for people; null where nothing did.</summary>
    public string? Complaint { get; private set; }

    /// <param name="anchor">The last one sent.</param>
    /// <param name="awaiting">The one that waits for its witnesses.</param>
    public async Task StepAsync(
        GoodRoot good, AnchorMemory? anchor, AnchorMemory? awaiting, CancellationToken cancellationToken)
    {
        Complaint = null;
        if (terms.Window > 0) await ProposeAsync(good, anchor, cancellationToken);
        if (terms.Threshold > 0) await EndorseAsync(awaiting, cancellationToken);
    }

    // The same key changes nothing, so this is said at every step until the root is good.
    private async Task EndorseAsync(AnchorMemory? awaiting, CancellationToken cancellationToken)
    {
        if (endorsements is null)
        {
            Complaint = $"{WitnessFile.Name} does not hold the witnesses of the vault's terms, so no root can become good.";
            return;
        }

        if (awaiting is not { Height: not null } anchor || endorsements.Complete(anchor) is not { } endorsement) return;
        string key = $"endorse:{space.Id}:{anchor.Size}";
        if (IsUnderWay(key) || await PreimageAsync(anchor, cancellationToken) is not { } preimage) return;
        Gas gas = new(GasOfProposal.Units + GasOfWitness * (ulong)endorsements.Witnesses.Length);
        Submit(key, calls.Endorse(preimage, endorsement), gas);
    }

    // One proposal at a time: the newest anchor, once the last one is through or dead.
    private async Task ProposeAsync(GoodRoot good, AnchorMemory? anchor, CancellationToken cancellationToken)
    {
        Answer<Proposal> proposal = await network.Pool.AskSurelyAsync(new VaultViews(vault).Proposal(), cancellationToken);
        if (!proposal.IsGood) return;
        long size = (long)proposal.Value.Size;
        bool isChallenged = proposal.Value.Challenger != Address.Zero;
        Proposed = isChallenged ? 0 : size;
        if (size > (long)good.Size && !isChallenged)
        {
            bool? isOwn = await IsOwnAsync(proposal.Value, cancellationToken);
            if (isOwn == false) Complaint = $"The proposal of size {size} is not what this journal says: challenge it.";
            if (isOwn == true && network.ChainSeconds >= proposal.Value.Until)
                Submit($"promote:{space.Id}:{size}", calls.Promote(), GasOfProposal);
            return;
        }

        bool isNew = anchor is { Height: not null } final && final.Size > (long)good.Size && final.Size > size;
        if (!isNew || await PreimageAsync(anchor!, cancellationToken) is not { } preimage) return;
        Submit($"propose:{space.Id}:{preimage.Size}", calls.Propose(preimage), GasOfProposal);
    }

    // Somebody with the operator's key may have proposed what this journal does not say, at a size that it knows. Null while
    // the chain does not tell.
    private async Task<bool?> IsOwnAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        if (judged is { } known && known.Anchor == proposal.AnchorHash) return known.IsOwn;
        Answer<BlockNumber> newest = await network.Pool.AskAsync(Chain.Head, cancellationToken);
        if (!newest.IsGood) return null;
        AnchorSearch search = new(network.Pool, vault);
        (VaultEvent.Anchored? anchor, string sentence) =
            await search.FindAsync(proposal.Size, newest.Value, cancellationToken);
        if (anchor is null)
        {
            Complaint = sentence;
            return null;
        }

        long size = (long)proposal.Size;
        Bytes32? own = (payouts.Load(size) ?? payouts.Rebuild(size, space.Journal))?.Root;
        bool isOwn = own == anchor.PayoutRoot && space.Journal.RootAt(size) == anchor.Root;
        judged = (proposal.AnchorHash, isOwn);
        return isOwn;
    }

    // What the vault refused was wanted too early, or made of a wrong answer: both can be otherwise the next time, for the
    // caller has looked again. What is under way stays as it is, and a lie that lasts costs so many fees an hour.
    private void Submit(string key, Chains.Transactions.ChainCall call, Gas gas)
    {
        long hour = network.Now / Hour;
        for (int tries = 0; tries < Tries; tries++)
        {
            string name = tries == 0 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}:{hour}:{tries}");
            IntentState? state = network.Sender.StateOf(name);
            if (state is null) network.Sender.Submit(new Intent(name, call, gas));
            if (state is not { IsRefused: true }) return;
        }

        Complaint = $"The vault has refused it {Tries} times within an hour: {key}.";
    }

    private bool IsUnderWay(string key) => network.Sender.StateOf(key) is { IsRefused: false };

    private Task<VaultAnchor?> PreimageAsync(AnchorMemory anchor, CancellationToken cancellationToken) =>
        AnchorPreimage.FindAsync(
            network.Pool, vault,
            ((ulong)anchor.Size, Bytes32.Parse(anchor.Root), Bytes32.Parse(anchor.PayoutRoot)),
            new BlockNumber(anchor.Height!.Value), cancellationToken);
}
