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
    SpaceId space, NetworkHost network, Address vault, VaultTerms terms, PayoutFiles payouts, Endorsements? endorsements)
{
    private static readonly Gas GasOfProposal = new(250_000);

    private const int Tries = 8;

    // Its signature in the call's data, and recovering it.
    private const ulong GasOfWitness = 12_000;

    private readonly VaultCalls calls = new(vault);

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
        string key = $"endorse:{space}:{anchor.Size}";
        if (IsUnderWay(key) || await PreimageAsync(anchor, cancellationToken) is not { } preimage) return;
        Gas gas = new(GasOfProposal.Units + GasOfWitness * (ulong)endorsements.Witnesses.Length);
        Submit(key, calls.Endorse(preimage, endorsement), gas);
    }

    // One proposal at a time: the newest anchor, once the last one is through or dead.
    private async Task ProposeAsync(GoodRoot good, AnchorMemory? anchor, CancellationToken cancellationToken)
    {
        Answer<Proposal> proposal = await network.Pool.AskAsync(new VaultViews(vault).Proposal(), cancellationToken);
        if (!proposal.IsGood) return;
        long size = (long)proposal.Value.Size;
        bool isChallenged = proposal.Value.Challenger != Address.Zero;
        Proposed = isChallenged ? 0 : size;
        if (size > (long)good.Size && !isChallenged)
        {
            // Somebody with the operator's key may have proposed what this journal does not say.
            bool isOwn = payouts.Find(size) is not null;
            if (!isOwn) Complaint = $"The proposal of size {size} is not this node's: look at it, and challenge it.";
            if (isOwn && network.ChainSeconds >= proposal.Value.Until)
                Submit($"promote:{space}:{size}", calls.Promote(), GasOfProposal);
            return;
        }

        bool isNew = anchor is { Height: not null } final && final.Size > (long)good.Size && final.Size > size;
        if (!isNew || await PreimageAsync(anchor!, cancellationToken) is not { } preimage) return;
        Submit($"propose:{space}:{preimage.Size}", calls.Propose(preimage), GasOfProposal);
    }

    // What the vault refused was wanted too early, or made of a wrong answer: both can be otherwise the next time, for the
    // caller has looked again. What is under way stays as it is, and a lie that lasts costs so many fees and no more.
    private void Submit(string key, Chains.Transactions.ChainCall call, Gas gas)
    {
        for (int tries = 0; tries < Tries; tries++)
        {
            string name = tries == 0 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}:{tries}");
            IntentState? state = network.Sender.StateOf(name);
            if (state is null) network.Sender.Submit(new Intent(name, call, gas));
            if (state is not { IsRefused: true }) return;
        }

        Complaint = $"The vault has refused it {Tries} times: {key}.";
    }

    private bool IsUnderWay(string key) => network.Sender.StateOf(key) is { IsRefused: false };

    private Task<VaultAnchor?> PreimageAsync(AnchorMemory anchor, CancellationToken cancellationToken) =>
        AnchorPreimage.FindAsync(
            network.Pool, vault,
            ((ulong)anchor.Size, Bytes32.Parse(anchor.Root), Bytes32.Parse(anchor.PayoutRoot)),
            new BlockNumber(anchor.Height!.Value), cancellationToken);
}
