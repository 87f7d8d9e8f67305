using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Fees;
using ChainSpace.Chains.Sending;
using ChainSpace.Chains.Transactions;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// The anchors of one space in its vault, one at a time: made, vouched for by the space's witnesses where it has any,
/// sent, and reported to the journal once they are final. Each step may be cut short anywhere and is taken again.
/// </summary>
internal sealed class VaultAnchors(
    SpaceHost space, NetworkHost network, VaultCalls calls, SettlementFile file, PayoutFiles payouts, Endorsements? endorsements)
{
    // An anchor takes 30,000, one that becomes good at once 60,000 more; what is not used is not paid.
    private static readonly Gas GasOfAnchor = new(80_000), GasOfEndorsement = new(160_000);

    // Its signature in the call's data, and recovering it.
    private const ulong GasOfWitness = 12_000;

    /// <summary>What went wrong in the last step, for people; null where nothing did.</summary>
    public string? Complaint { get; private set; }

    /// <summary>The anchor under way, or the last one that is final.</summary>
    public AnchorMemory? Newest => file.Now.Anchor;

    /// <summary>Makes the next anchor, of everything that is durable. Its payouts are on the disk before it is.</summary>
    public async Task MakeAsync(Urgency urgency)
    {
        AnchorHead? head = null;
        await space.Sequencer.RunAsync(engine => head = engine.CheckpointAnchor());
        payouts.Save(head!.Size, head.Payouts);
        AnchorMemory next = new(head.Size, head.Root.ToString(), head.Payouts.Root.ToString(), network.Now)
        {
            Form = endorsements is null ? AnchorForm.Plain : null,
            Withdrawn = head.Withdrawn.ToString(),
            Moved = head.Moved.ToString(),
        };
        next = Fresh(next);
        file.Remember(file.Now with { Anchor = next, AnchoredAt = network.Now });
        Send(next, urgency);
    }

    /// <summary>Takes the anchor under way further.</summary>
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        Complaint = null;
        if (file.Now.Anchor is not { IsUnderWay: true } anchor) return;
        Choose(anchor);
        Send(file.Now.Anchor, Urgency.Normal);
        await ReportAsync(file.Now.Anchor, cancellationToken);
    }

    /// <summary>The state of the anchor's transaction; null while there is none.</summary>
    public IntentState? StateOf(AnchorMemory anchor) => network.Sender.StateOf(KeyOf(anchor));

    // With enough signatures it is good at once. If they do not come, it goes without them: what it proves is then proved,
    // and signatures may still come while it is the vault's newest.
    private void Choose(AnchorMemory anchor)
    {
        if (anchor.Form is not null) return;
        bool isComplete = endorsements!.Complete(anchor) is not null;
        bool isLate = network.Now - anchor.MadeAt > network.Policy.WitnessPatience.TotalMilliseconds;
        if (!isComplete && !isLate) return;
        AnchorForm form = isComplete ? AnchorForm.Endorsed : AnchorForm.Plain;
        file.Remember(file.Now with { Anchor = anchor with { Form = form } });
    }

    // Under one key there is one call for ever; more signatures may have come since, so what is known is left alone.
    private void Send(AnchorMemory anchor, Urgency urgency)
    {
        if (anchor.Form is null || StateOf(anchor) is not null) return;
        (ulong size, Bytes32 root, Bytes32 payoutRoot) =
            ((ulong)anchor.Size, Bytes32.Parse(anchor.Root), Bytes32.Parse(anchor.PayoutRoot));
        Endorsement? endorsement = anchor.Form == AnchorForm.Endorsed ? endorsements?.Complete(anchor) : null;
        if (anchor.Form == AnchorForm.Endorsed && endorsement is null)
        {
            // The file of signatures is lost: they are asked for again.
            file.Remember(file.Now with { Anchor = anchor with { Form = null } });
            return;
        }

        (ChainCall call, Gas gas) = endorsement is null
            ? (calls.Anchor(size, root, payoutRoot), GasOfAnchor)
            : (calls.AnchorEndorsed(size, root, payoutRoot, endorsement),
                new Gas(GasOfEndorsement.Units + GasOfWitness * (ulong)endorsement.Witnesses.Length));
        network.Sender.Submit(new Intent(KeyOf(anchor), call, gas, urgency));
    }

    private string KeyOf(AnchorMemory anchor)
    {
        string kind = anchor.Form == AnchorForm.Endorsed ? "endorsed" : "anchor";
        string again = anchor.Attempt == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{anchor.Attempt}");
        return string.Create(CultureInfo.InvariantCulture, $"{kind}:{space.Id}:{anchor.Size}{again}");
    }

    // A key stands for one transaction for ever. What was refused under it may be taken another time, as where somebody
    // else's transaction had its nonce.
    private AnchorMemory Fresh(AnchorMemory anchor)
    {
        AnchorMemory fresh = anchor;
        while (AreRefused(fresh)) fresh = fresh with { Attempt = fresh.Attempt + 1 };
        return fresh;
    }

    private bool AreRefused(AnchorMemory anchor) => StateOf(anchor with { Form = AnchorForm.Plain }) is { IsRefused: true }
        || StateOf(anchor with { Form = AnchorForm.Endorsed }) is { IsRefused: true };

    private async Task ReportAsync(AnchorMemory anchor, CancellationToken cancellationToken)
    {
        IntentState? state = StateOf(anchor);
        if (state is { IsRefused: true })
        {
            // Another anchor was quicker, or the vault has ended. Nothing is covered by this one: the queue asks anew.
            Complaint = $"The anchor of size {anchor.Size} was not taken.";
            file.Remember(file.Now with { Anchor = null });
            return;
        }

        if (state is not IntentState.Final final) return;
        Verdict verdict = await space.Sequencer.ReportAsync(
            header => new ReportAnchor(header, (ulong)anchor.Size, Bytes32.Parse(anchor.Root), Bytes32.Parse(anchor.PayoutRoot))
            {
                Height = final.Block.Value,
                Transaction = final.Transaction.Value,
            });
        cancellationToken.ThrowIfCancellationRequested();
        if (verdict is Verdict.Refused { Refusal: not Refusal.WrongAnchor } no)
            throw new InvalidOperationException($"The rules refuse an anchor's report: {no.Refusal}.");
        AnchorMemory done = anchor with { Height = final.Block.Value, Transaction = final.Transaction.ToString() };
        file.Remember(file.Now with { Anchor = done });
    }
}
