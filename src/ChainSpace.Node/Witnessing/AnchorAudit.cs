using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Client;
using ChainSpace.Node.Audit;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Witnessing;

/// <summary>
/// Whether an anchor is what a space's journal says: everything is recomputed from the entries that the node shows, and
/// what the operator reports of the chain is looked up there. Whoever vouches for payout roots or objects to them does it
/// by this. One caller at a time.
/// </summary>
/// <param name="client">Speaks to the space's node, which is not trusted.</param>
/// <param name="space">The space's id, which is.</param>
/// <param name="chain">Where that is looked up.</param>
internal sealed class AnchorAudit(ChainSpaceClient client, SpaceId space, RpcPool chain)
{
    // What the chain has confirmed it is not asked again; entries before this one.
    private long confirmed;

    /// <summary>Audits all that the node shows, and takes root and payouts down at this size.</summary>
    /// <param name="kept">What the journal was before; one that is another now is at fault.</param>
    /// <exception cref="UnreadableJournalException">The node shows no journal.</exception>
    public async Task<AuditReport> RunAsync(long size, (long Size, Bytes32 Root)? kept, CancellationToken cancellationToken)
    {
        using NodeSource source = new(client, space.ToString());
        AuditOptions options = new() { Space = space, MarkAt = size, Kept = kept };
        return await Auditor.RunAsync(source, options, progress: null, cancellationToken);
    }

    /// <summary>Compares an anchor with an audit that has a mark at its size.</summary>
    public async Task<Finding> CompareAsync(
        AuditReport report, VaultEvent.Anchored anchor, CancellationToken cancellationToken)
    {
        if (report.Fault is { } fault) return new Finding.Wrong(AuditWords.Sentence(fault));
        if (FoundedVault.Of(report.Genesis) is not { } vault)
            return new Finding.Wrong("The space has no vault by its first entry.");
        ulong size = anchor.Size;
        if (report.Mark is not { } mark || (ulong)mark.Size != size)
            return new Finding.Wrong($"The node shows {report.Entries} entries, so none knows the journal's root at {size}.");
        if (mark.Root != anchor.Root)
            return new Finding.Wrong($"At size {size} the journal has root {mark.Root}, but the anchor says {anchor.Root}.");
        Bytes32 payouts = mark.Payouts.Root;
        if (payouts != anchor.PayoutRoot)
        {
            return new Finding.Wrong(
                $"At size {size} the entries give payouts {payouts}, but the anchor says {anchor.PayoutRoot}.");
        }

        DepositCheck deposits = new(chain);
        if (await deposits.FindAsync(vault.Address, mark.Deposits, cancellationToken) is { } missing) return missing;
        ChainReports news = report.Reports.From(new EntryIndex(confirmed));
        AuditFault? untrue = await new ChainComparison(chain).FindAsync(vault.Address, news, cancellationToken);
        if (untrue is null) confirmed = mark.Size;
        return untrue switch
        {
            null => new Finding.Right(mark),
            AuditFault.ChainSilent silent => new Finding.Unknown(silent.Because),
            _ => new Finding.Wrong(AuditWords.Sentence(untrue)),
        };
    }
}
