using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Node.Audit;
using ChainSpace.Node.Settlement;
using static ChainSpace.Node.Audit.AuditFault;

namespace ChainSpace.Node.Witnessing;

/// <summary>
/// Whether the chain says what the operator has reported of it: deposits, anchors, and blocks by which something is drawn.
/// The journal cannot tell, for it would be right by every rule without them.
/// </summary>
internal sealed class ChainComparison(RpcPool pool)
{
    /// <summary>The first thing that is not so; null where all is.</summary>
    /// <param name="report">Of an audit without a fault.</param>
    public async Task<AuditFault?> FindAsync(AuditReport report, CancellationToken cancellationToken)
    {
        if (FoundedVault.Of(report.Genesis) is not { Address: var vault }) return null;
        Finding? deposits = await new DepositCheck(pool).FindAsync(vault, report.Deposits, cancellationToken);
        if (deposits is Finding.Wrong wrong) return new DepositNotOnChain(wrong.Sentence);
        if (deposits is Finding.Unknown unknown) return new ChainSilent(unknown.Sentence);
        return await FindAsync(vault, report.Reports, cancellationToken);
    }

    /// <summary>The same for anchors and blocks alone.</summary>
    public async Task<AuditFault?> FindAsync(Address vault, ChainReports reports, CancellationToken cancellationToken)
    {
        foreach (ReportedAnchor anchor in reports.Anchors)
            if (await FindAsync(vault, anchor, cancellationToken) is { } fault) return fault;
        foreach (ReportedBlock block in reports.Blocks)
            if (await FindAsync(block, cancellationToken) is { } fault) return fault;
        return null;
    }

    private async Task<AuditFault?> FindAsync(Address vault, ReportedAnchor reported, CancellationToken cancellationToken)
    {
        BlockNumber block = new(reported.Message.Height);
        Answer<LogList> logs =
            await pool.AskAsync(Chain.Logs(new LogFilter(vault, VaultEvent.AnchoredTopic, block, block)), cancellationToken);
        if (!logs.IsGood) return new ChainSilent($"The chain does not answer: {logs.Fault}.");
        bool isThere = logs.Value.Entries.Any(entry =>
            entry.Transaction.Value == reported.Message.Transaction
            && VaultEvent.TryRead(vault, entry) is VaultEvent.Anchored anchored
            && (anchored.Size, anchored.Root, anchored.PayoutRoot)
                == (reported.Message.Size, reported.Message.Root, reported.Message.PayoutRoot));
        return isThere ? null : new AnchorNotOnChain(reported.Entry, reported.Message.Height);
    }

    private async Task<AuditFault?> FindAsync(ReportedBlock reported, CancellationToken cancellationToken)
    {
        ulong height = reported.Message.Height;
        Answer<BlockHeader> block = await AskAsync(height, cancellationToken);
        if (!block.IsGood) return new ChainSilent($"The chain does not answer: {block.Fault}.");
        if (Beacons.RootOf(block.Value) != reported.Message.Root) return new BlockNotOnChain(reported.Entry, height);
        if (reported.FirstAfter is not { } moment) return null;
        if (!Beacons.IsAfter(block.Value, moment)) return new BlockChosen(reported.Entry, height);
        if (height == 0) return null;
        Answer<BlockHeader> before = await AskAsync(height - 1, cancellationToken);
        if (!before.IsGood) return new ChainSilent($"The chain does not answer: {before.Fault}.");
        return Beacons.IsAfter(before.Value, moment) ? new BlockChosen(reported.Entry, height) : null;
    }

    private Task<Answer<BlockHeader>> AskAsync(ulong height, CancellationToken cancellationToken) =>
        pool.AskAsync(Chain.Block(new BlockTag.At(new BlockNumber(height))), cancellationToken);
}
