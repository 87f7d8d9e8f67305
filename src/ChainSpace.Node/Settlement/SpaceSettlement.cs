using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Deposits;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Sending;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using PayoutTree = ChainSpace.Protocol.Settlement.PayoutTree;
using ChainSpace.Rules;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// One space and its vault: final deposits become entries, the journal becomes anchors, anchors become roots to claim
/// against. Each step may be cut short anywhere and is taken again; nothing is credited, sent or reported twice, because
/// deposits are told by totals, transactions by keys, and anchors by sizes. One loop calls it.
/// </summary>
internal sealed class SpaceSettlement
{
    // A vault's anchor takes 30,000; what is not used is not paid.
    private static readonly Gas GasOfAnchor = new(80_000);

    private readonly SpaceHost space;
    private readonly NetworkHost network;
    private readonly VaultCalls calls;
    private readonly DepositWatcher deposits;
    private readonly Beacons beacons;
    private readonly RootCandidates candidates;
    private SettlementMemory memory;
    private PayoutTree? goodPayouts;

    public SpaceSettlement(SpaceHost space, NetworkHost network, Address address)
    {
        (this.space, this.network) = (space, network);
        (Vault, calls) = (address, new VaultCalls(address));
        beacons = new Beacons(space, network);
        deposits = new DepositWatcher(network.Pool, address, network.Finality);
        Protocol.Settlement.VaultTerms terms = Protocol.Settlement.VaultTerms.TryRead(space.Genesis.Vault.AsSpan())!;
        memory = SettlementMemory.Load(space.Folder);
        Payouts = new PayoutFiles(space.Folder);
        Protocol.AccountId[] witnesses = [.. WitnessFile.Read(space.Folder, terms)];
        if (witnesses.Length > 0)
        {
            VaultDomain domain = new(network.Setup.ChainId, address);
            Endorsements = new Endorsements(space.Folder, domain, [.. witnesses.Select(Address.Of)], terms.Threshold);
        }

        candidates = new RootCandidates(space.Id, network, address, terms, Payouts, Endorsements);
    }

    public Address Vault { get; }

    public PayoutFiles Payouts { get; }

    /// <summary>What witnesses have signed; null for a space without any.</summary>
    public Endorsements? Endorsements { get; }

    /// <summary>The anchor that waits for its witnesses; null where none does. One the vault did not take never will.</summary>
    public AnchorMemory? Awaiting
    {
        get
        {
            if (memory is not { Anchor: { } anchor } now || anchor.Size <= (long?)Good?.Size || Good is null) return null;
            return anchor.Height is not null || anchor.Size > now.Reported ? anchor : null;
        }
    }

    /// <summary>What may be claimed against, as last seen; null before the first look.</summary>
    public GoodRoot? Good { get; private set; }

    /// <summary>The anchor under way or last sent, and how far it is.</summary>
    public IReadOnlyList<AnchorView> Anchors => memory.Anchor is not { } anchor ? [] :
    [
        new AnchorView(
            anchor.Size.ToString(CultureInfo.InvariantCulture),
            StateOf(anchor),
            anchor.PayoutRoot,
            anchor.Transaction,
            anchor.Height?.ToString(CultureInfo.InvariantCulture)),
    ];

    private string StateOf(AnchorMemory anchor)
    {
        if ((long?)Good?.Size >= anchor.Size) return "good";
        if (candidates.Proposed == anchor.Size) return "proposed";
        return anchor.Height is null ? "sending" : "final";
    }

    /// <summary>The payout tree of the good root; null where there is none.</summary>
    public PayoutTree? GoodPayouts()
    {
        if (Good is not { Size: > 0 } good) return null;
        if (goodPayouts?.Root != good.PayoutRoot)
            goodPayouts = Payouts.Load((long)good.Size) ?? Payouts.Rebuild((long)good.Size, space.Journal);
        return goodPayouts?.Root == good.PayoutRoot ? goodPayouts : null;
    }

    /// <summary>What went wrong in the last step, for people; null where nothing did.</summary>
    public string? Complaint { get; private set; }

    public async Task StepAsync(CancellationToken cancellationToken)
    {
        Complaint = null;
        await CreditAsync(cancellationToken);
        await beacons.StepAsync(cancellationToken);
        await SendAnchorAsync(cancellationToken);
        await ReportAnchorAsync(cancellationToken);
        await FollowRootAsync(cancellationToken);
    }

    private async Task CreditAsync(CancellationToken cancellationToken)
    {
        BlockHash? last = memory.LastBlockHash is { } hash ? new BlockHash(Bytes32.Parse(hash)) : null;
        DepositCursor cursor = new(new BlockNumber(memory.NextBlock), last);
        while (true)
        {
            DepositNews news = await deposits.NextAsync(cursor, cancellationToken);
            if (news is not DepositNews.Read read)
            {
                Complaint = $"Deposits: {news}";
                return;
            }

            foreach (Deposit deposit in read.Deposits) await ReportAsync(deposit);
            cursor = read.Cursor;
            Remember(memory with { NextBlock = cursor.Next.Value, LastBlockHash = cursor.Last?.ToString() });
            if (read.IsCaughtUp) return;
        }
    }

    // The rules refuse a total they know, which is how a step taken twice does no harm.
    private Task<Verdict> ReportAsync(Deposit deposit) => space.Sequencer.ReportAsync(
        header => new ReportDeposit(header, deposit.Account, deposit.Total)
        {
            Height = deposit.Block.Value,
            Transaction = deposit.Transaction.Value,
        });

    private async Task SendAnchorAsync(CancellationToken cancellationToken)
    {
        if (memory.Anchor is { } sent && sent.Size > memory.Reported)
        {
            Submit(sent, Chains.Fees.Urgency.Normal);
            return;
        }

        if (Endorsements is not null && MustWaitForWitnesses) return;
        double pressure = network.Policy.Pressure(await DemandAsync());
        if (pressure < 1) return;
        PayoutHead? head = null;
        await space.Sequencer.RunAsync(engine => head = engine.CheckpointPayouts());
        cancellationToken.ThrowIfCancellationRequested();
        Payouts.Save(head!.Size, head.Payouts);
        string withdrawn = Total(head.Payouts).ToString(null, null);
        AnchorMemory next = new(head.Size, head.Root.ToString(), head.Payouts.Root.ToString(), withdrawn, network.Now);
        Remember(memory with { Anchor = next });
        Submit(next, AnchorPolicy.UrgencyOf(pressure));
    }

    // A vault takes signatures of its newest anchor only: the next one makes worthless what witnesses are about to say.
    private bool MustWaitForWitnesses => Good is null || (Awaiting is { Height: not null } anchor
        && network.Now - anchor.SentAt < network.Policy.WitnessPatience.TotalMilliseconds);

    private async Task<AnchorDemand> DemandAsync()
    {
        long size = 0;
        UInt128 withdrawn = 0;
        await space.Sequencer.RunAsync(engine =>
        {
            size = engine.State.Size;
            foreach (Rules.Accounts.Account account in engine.State.Accounts) withdrawn += account.Balance.Withdrawn.Units;
        });
        UInt128 before = memory.Anchor is { } last ? UInt128.Parse(last.Withdrawn, null) : 0;
        TimeSpan since = memory.Anchor is { } sent ? TimeSpan.FromMilliseconds(network.Now - sent.SentAt) : TimeSpan.MaxValue;

        // The report of an anchor is an entry too; alone it is nothing new.
        bool hasEntries = size > (memory.Anchor?.Size ?? 0) + 1;
        return new AnchorDemand(hasEntries, withdrawn - before, since < TimeSpan.FromDays(1) ? since : TimeSpan.FromDays(1));
    }

    private static UInt128 Total(PayoutTree payouts) =>
        payouts.Leaves.Aggregate(UInt128.Zero, static (sum, each) => sum + each.Leaf.Claimable.Units);

    // The same key changes nothing, so this may be said again after every start.
    private void Submit(AnchorMemory anchor, Chains.Fees.Urgency urgency) => network.Sender.Submit(new Intent(
        KeyOf(anchor),
        calls.Anchor((ulong)anchor.Size, Bytes32.Parse(anchor.Root), Bytes32.Parse(anchor.PayoutRoot)),
        GasOfAnchor,
        urgency));

    private string KeyOf(AnchorMemory anchor) => $"anchor:{space.Id}:{anchor.Size}";

    private async Task ReportAnchorAsync(CancellationToken cancellationToken)
    {
        if (memory.Anchor is not { } anchor || anchor.Size <= memory.Reported) return;
        IntentState? state = network.Sender.StateOf(KeyOf(anchor));
        if (state is { IsRefused: true })
        {
            // Another anchor of ours was quicker, or the vault has ended: the next demand makes a new one.
            Complaint = $"The anchor of size {anchor.Size} was not taken.";
            Remember(memory with { Reported = anchor.Size });
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
        Remember(memory with
        {
            Reported = anchor.Size,
            Anchor = anchor with { Height = final.Block.Value, Transaction = final.Transaction.ToString() },
        });
    }

    private async Task FollowRootAsync(CancellationToken cancellationToken)
    {
        Answer<GoodRoot> good = await network.Pool.AskSurelyAsync(new VaultViews(Vault).Good(), cancellationToken);
        if (!good.IsGood)
        {
            Complaint = $"The vault: {good.Fault}";
            return;
        }

        // The newest good root may be taken back; then the one before is claimed against again.
        if (Good is { } last && last.Size < good.Value.Size) Payouts.ForgetBefore((long)last.Size);
        Good = good.Value;
        await candidates.StepAsync(good.Value, memory.Anchor, Awaiting, cancellationToken);
        Complaint ??= candidates.Complaint;
    }

    private void Remember(SettlementMemory next)
    {
        memory = next;
        memory.Save(space.Folder);
    }
}
