using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Deposits;
using ChainSpace.Chains.Fees;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Sending;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Anchoring;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.State;
using PayoutTree = ChainSpace.Protocol.Settlement.PayoutTree;
using VaultTerms = ChainSpace.Protocol.Settlement.VaultTerms;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// One space and its vault: final deposits become entries, the journal becomes anchors, anchors become roots to claim
/// against. Each step may be cut short anywhere and is taken again; nothing is credited, sent or reported twice, because
/// deposits are told by totals, transactions by keys, and anchors by sizes. One loop calls it.
/// </summary>
internal sealed class SpaceSettlement
{
    private readonly NetworkHost network;
    private readonly VaultTerms terms;
    private readonly SettlementFile file;
    private readonly DepositWatcher deposits;
    private readonly Beacons beacons;
    private readonly VaultAnchors anchors;
    private readonly RootCandidates candidates;
    private PayoutTree? goodPayouts;
    private bool hasEnded;

    public SpaceSettlement(SpaceHost space, NetworkHost network, Address address)
    {
        (Space, this.network, Vault) = (space, network, address);
        beacons = new Beacons(space, network);
        deposits = new DepositWatcher(network.Pool, address, network.Finality);
        terms = VaultTerms.TryRead(space.Genesis.Vault.AsSpan())!;
        file = new SettlementFile(space.Folder);
        Payouts = new PayoutFiles(space.Folder);
        Protocol.AccountId[] witnesses = [.. WitnessFile.Read(space.Folder, terms)];
        if (witnesses.Length > 0)
        {
            VaultDomain domain = new(network.Setup.ChainId, address);
            Endorsements = new Endorsements(space.Folder, domain, [.. witnesses.Select(Address.Of)], terms.Threshold);
        }

        anchors = new VaultAnchors(space, network, new VaultCalls(address), file, Payouts, Endorsements);
        candidates = new RootCandidates(space, network, address, terms, Payouts, Endorsements);
    }

    public SpaceHost Space { get; }

    public Address Vault { get; }

    public PayoutFiles Payouts { get; }

    /// <summary>What witnesses have signed; null for a space without any.</summary>
    public Endorsements? Endorsements { get; }

    /// <summary>Gas of an anchor here until its root is good, as the contracts' tests measure it (contracts/snapshots).</summary>
    public ulong GasOfAnchor => terms.Threshold > 0 ? 70_000 + 12_000UL * terms.Threshold : 130_000;

    /// <summary>The anchor that waits for its witnesses; null where none does.</summary>
    public AnchorMemory? Awaiting =>
        Good is { } good && anchors.Newest is { } newest && newest.Size > (long)good.Size ? newest : null;

    /// <summary>What may be claimed against, as last seen; null before the first look.</summary>
    public GoodRoot? Good { get; private set; }

    /// <summary>The anchor under way or last sent, and how far it is.</summary>
    public IReadOnlyList<AnchorView> Anchors => anchors.Newest is not { } anchor ? [] :
    [
        new AnchorView(
            anchor.Size.ToString(CultureInfo.InvariantCulture),
            StateOf(anchor),
            anchor.PayoutRoot,
            anchor.Transaction,
            anchor.Height?.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>The anchor of the vault under way, or the last one that is final.</summary>
    public AnchorMemory? Newest => anchors.Newest;

    /// <summary>The block of an anchor that is not final yet; null while there is none.</summary>
    public AnchorProof? MinedAt(AnchorMemory anchor) => anchors.StateOf(anchor) is IntentState.Mined mined
        ? new AnchorProof(mined.Block.Value.ToString(CultureInfo.InvariantCulture), mined.Transaction.ToString())
        : null;

    /// <summary>How far an anchor is, in the words of <see cref="AnchorView.State"/>.</summary>
    public string StateOf(AnchorMemory anchor)
    {
        if ((long?)Good?.Size >= anchor.Size) return "good";
        if (candidates.Proposed == anchor.Size) return "proposed";
        if (!anchor.IsUnderWay) return "final";
        if (anchor.Form is null) return "signing";
        return anchors.StateOf(anchor) is IntentState.Mined ? "anchored" : "sending";
    }

    /// <summary>The payout tree of the good root; null where there is none.</summary>
    public PayoutTree? GoodPayouts()
    {
        if (Good is not { Size: > 0 } good) return null;
        if (goodPayouts?.Root != good.PayoutRoot)
            goodPayouts = Payouts.Load((long)good.Size) ?? Payouts.Rebuild((long)good.Size, Space.Journal);
        return goodPayouts?.Root == good.PayoutRoot ? goodPayouts : null;
    }

    /// <summary>Deposits that are not final yet, as one endpoint tells them.</summary>
    public Task<Answer<ImmutableArray<Deposit>>> PendingAsync(CancellationToken cancellationToken) =>
        deposits.PendingAsync(new DepositCursor(new BlockNumber(file.Now.NextBlock), null), cancellationToken);

    /// <summary>All that the vault has paid out to the account, by the newest block.</summary>
    public Task<Answer<BigInteger>> ClaimedAsync(Protocol.AccountId account, CancellationToken cancellationToken) =>
        network.Pool.AskAsync(new VaultViews(Vault).Claimed(account), cancellationToken);

    /// <summary>What went wrong in the last step, for people; null where nothing did.</summary>
    public string? Complaint { get; private set; }

    public async Task StepAsync(CancellationToken cancellationToken)
    {
        Complaint = null;
        await CreditAsync(cancellationToken);
        await beacons.StepAsync(cancellationToken);
        await anchors.StepAsync(cancellationToken);
        await FollowRootAsync(cancellationToken);
        Complaint ??= anchors.Complaint ?? candidates.Complaint ?? file.Now.Broken;
        if (anchors.Complaint is not null) await AskForEndAsync(cancellationToken);
    }

    /// <summary>Drops the payout tree of a super-root that another has replaced, unless the vault is about to need it.</summary>
    public void ForgetShared(long size)
    {
        bool isNeeded = size == (long?)Good?.Size || size == Newest?.Size || size == candidates.Proposed;
        if (!isNeeded) Payouts.Forget(size);
    }

    /// <summary>Makes the next anchor of the vault.</summary>
    public Task AnchorAsync(Urgency urgency) => anchors.MakeAsync(urgency);

    /// <summary>What waits for that, as far as the vault knows.</summary>
    public AnchorDemand DemandOf(SpaceState state)
    {
        AnchorMemory? last = anchors.Newest;
        double unit = Math.Pow(10, Space.Genesis.Decimals);
        double Since(Amount now, string? before) =>
            (double)(now.Units - UInt128.Parse(before ?? "0", CultureInfo.InvariantCulture)) / unit;
        bool hasNews = state.Size > Covered + 1;
        bool isAdoptable = terms.Anchorage == network.Anchorage.Address.Account;
        return new AnchorDemand
        {
            HasNews = hasNews,
            NeedsVault = hasNews && (Covered == 0 || !isAdoptable),
            MayAnchorVault = Good is not null && !hasEnded && !IsBusy && state.Size > Covered,
            Withdrawn = Since(state.Withdrawn, last?.Withdrawn),
            Moved = Since(state.Supply + state.Earned, last?.Moved),
            Paid = (double)state.ExpeditedAmount.Units / unit,
            SinceVault = network.SinceMilliseconds(file.Now.AnchoredAt),
            SinceProof = network.SinceMilliseconds(file.Now.AnchoredAt),
            ExitShare = ExitShare,
        };
    }

    // Entries that the vault's newest anchor covers, or will; somebody else may have had it adopt one.
    private long Covered =>
        Math.Max(anchors.Newest?.Size ?? 0, Math.Max((long)(Good?.Size ?? 0), candidates.Proposed));

    // A vault takes signatures of its newest anchor only: the next one makes worthless what witnesses are about to say.
    private bool IsBusy => anchors.Newest is { } newest && (newest.IsUnderWay || (Endorsements is not null && Awaiting is not null
        && network.Now - newest.MadeAt < 2 * network.Policy.WitnessPatience.TotalMilliseconds));

    // Once an anchor is on its way to become good, another would not make it so any sooner.
    private double ExitShare => Good is { } good && network.ChainSeconds > good.At && Covered <= (long)good.Size
        ? Math.Min(1, (network.ChainSeconds - good.At) / (double)terms.ExitAfter)
        : 0;

    private async Task CreditAsync(CancellationToken cancellationToken)
    {
        BlockHash? last = file.Now.LastBlockHash is { } hash ? new BlockHash(Bytes32.Parse(hash)) : null;
        DepositCursor cursor = new(new BlockNumber(file.Now.NextBlock), last);
        while (true)
        {
            DepositNews news = await deposits.NextAsync(cursor, cancellationToken);
            if (news is DepositNews.FinalityBroken broken)
            {
                StartOver(broken);
                return;
            }

            if (news is not DepositNews.Read read)
            {
                Complaint = $"Deposits: {news}";
                return;
            }

            foreach (Deposit deposit in read.Deposits) await ReportAsync(deposit);
            cursor = read.Cursor;
            file.Remember(file.Now with { NextBlock = cursor.Next.Value, LastBlockHash = cursor.Last?.ToString() });
            if (read.IsCaughtUp) return;
        }
    }

    // Deposits between a made-up block and the chain's end have not been read. Reading all again credits nothing twice.
    private void StartOver(DepositNews.FinalityBroken broken)
    {
        string what = $"Block {broken.Block} was told as final and is not on the chain (it was {broken.Before}, seen now: "
            + $"{broken.Now}). All deposits are read again; compare the vault with the journal by 'chainspace audit --rpc'.";
        file.Remember(file.Now with { NextBlock = 0, LastBlockHash = null, Broken = what });
        Complaint = what;
    }

    // The rules refuse a total they know, which is how a step taken twice does no harm.
    private Task<Verdict> ReportAsync(Deposit deposit) => Space.Sequencer.ReportAsync(
        header => new ReportDeposit(header, deposit.Account, deposit.Total)
        {
            Height = deposit.Block.Value,
            Transaction = deposit.Transaction.Value,
        });

    private async Task FollowRootAsync(CancellationToken cancellationToken)
    {
        Answer<GoodRoot> good = await network.Pool.AskSurelyAsync(new VaultViews(Vault).Good(), cancellationToken);
        if (!good.IsGood)
        {
            Complaint = $"The vault: {good.Fault}";
            return;
        }

        // The newest good root may be taken back; then the one before is claimed against again.
        // A good root that an endpoint has made up makes nobody forget: its payouts are not in these files.
        bool isNewer = Good is { } last && last.Size < good.Value.Size;
        if (isNewer && Payouts.Load((long)Good!.Size)?.Root == Good.PayoutRoot) Payouts.ForgetBefore((long)Good.Size);
        Good = good.Value;
        await candidates.StepAsync(good.Value, anchors.Newest, Awaiting, cancellationToken);
    }

    // An ended vault takes no anchor, and each try would cost a fee.
    private async Task AskForEndAsync(CancellationToken cancellationToken)
    {
        Answer<bool> ended = await network.Pool.AskAsync(new VaultViews(Vault).IsEnded(), cancellationToken);
        hasEnded = ended is { IsGood: true, Value: true };
        if (hasEnded) Complaint = "The space has ended: its vault takes no anchors any more, and everybody may leave.";
    }
}
