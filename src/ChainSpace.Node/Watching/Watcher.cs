using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Node.Audit;
using ChainSpace.Node.Settlement;
using ChainSpace.Node.Witnessing;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Watching;

/// <summary>When a watcher objects, and with how much.</summary>
/// <param name="Most">The largest bond it locks.</param>
/// <param name="ChallengesSilence">Whether a proposal that could not be judged is challenged before it is too late.</param>
internal sealed record WatchPolicy(Wei Most, bool ChallengesSilence);

/// <summary>
/// Somebody other than the operator, who asks the vault which root waits, recomputes from the node's journal what it should
/// be, and kills it with a bond where it is anything else. One caller at a time.
/// </summary>
internal sealed class Watcher(AnchorAudit audit, FoundedVault vault, RpcPool chain, BondPurse purse, WatchPolicy policy)
{
    private static readonly TimeSpan LongestAudit = TimeSpan.FromDays(1);

    // An audit is worth its time once for each proposal; what nobody could tell is asked again.
    private (Bytes32 Anchor, Finding Finding)? judged;

    // A journal that was right once must still begin so.
    private (long Size, Bytes32 Root)? kept;

    // Where bonds cannot be had, a proposal is more urgent than asking for them again.
    private ulong? takenAt;

    /// <summary>Looks once, and does what is to be done.</summary>
    /// <exception cref="ChainException">The chain does not take what it was sent.</exception>
    /// <exception cref="IOException">Another process of this wallet is doing the same.</exception>
    public async Task<WatchOutcome> LookAsync(CancellationToken cancellationToken)
    {
        Answer<VaultLook> answer = await chain.AskAsync(VaultLook.Of(vault.Address, purse.Owner), cancellationToken);
        if (!answer.IsGood) return new WatchOutcome.Blind($"The vault does not answer: {answer.Fault}.");
        VaultLook look = answer.Value;
        bool isFree = look.Bonds.Free > 0 && (takenAt != look.Good.Size || look.IsEnded);
        if (isFree && !(IsOpen(look) && IsLate(look))) return await TakeBondsAsync(look, cancellationToken);
        if (look.IsEnded) return new WatchOutcome.Idle("The space has ended: no root becomes good any more.");
        if (!look.HasProposal) return new WatchOutcome.Idle("No proposal waits.");
        if (look.IsChallenged)
        {
            string by = look.Proposal.Challenger == purse.Owner ? "this wallet" : $"{look.Proposal.Challenger}";
            return new WatchOutcome.Idle($"The proposal of size {look.Proposal.Size} is dead: {by} has challenged it.");
        }

        return IsOpen(look)
            ? await JudgeAsync(look, cancellationToken)
            : new WatchOutcome.Idle($"The window of the proposal of size {look.Proposal.Size} is over.");
    }

    private async Task<WatchOutcome> JudgeAsync(VaultLook look, CancellationToken cancellationToken)
    {
        Finding finding = judged is { } known && known.Anchor == look.Proposal.AnchorHash
            ? known.Finding
            : await FindAsync(look, cancellationToken);
        if (finding is not Finding.Unknown) judged = (look.Proposal.AnchorHash, finding);
        if (finding is Finding.Right { Mark: var mark }) kept = (mark.Size, mark.Root);
        return finding switch
        {
            Finding.Right right => new WatchOutcome.Right(look.Proposal.Size, right.Mark.Payouts.Root),
            Finding.Wrong wrong => await ChallengeAsync(look, wrong.Sentence, cancellationToken),
            Finding.Unknown unknown when !policy.ChallengesSilence =>
                new WatchOutcome.Refused(look.Proposal.Size, unknown.Sentence),
            Finding.Unknown unknown when !IsLate(look) => new WatchOutcome.Waiting(look.Proposal.Size, unknown.Sentence),
            Finding.Unknown unknown => await ChallengeAsync(look, $"{unknown.Sentence} The window is ending.", cancellationToken),
        };
    }

    // A node that shows its journal slowly enough would otherwise be audited until the window is over. Nobody waits longer
    // than a day for one audit, since it is begun again.
    private async Task<Finding> FindAsync(VaultLook look, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan limit = IsLate(look) ? look.TimeLeft / 2 : look.TimeLeft - LastThird;
        ending.CancelAfter(limit < LongestAudit ? limit : LongestAudit);
        try
        {
            ulong size = look.Proposal.Size;
            AnchorSearch search = new(chain, vault.Address);
            (VaultEvent.Anchored? anchor, string sentence) = await search.FindAsync(size, look.Newest.Number, ending.Token);
            if (anchor is null) return new Finding.Unknown(sentence);
            AuditReport report = await audit.RunAsync((long)size, kept, ending.Token);
            return await audit.CompareAsync(report, anchor, ending.Token);
        }
        catch (Exception exception) when (exception is UnreadableJournalException or HttpRequestException)
        {
            return new Finding.Unknown(exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Finding.Unknown("The node does not show its journal in time.");
        }
    }

    private async Task<WatchOutcome> ChallengeAsync(VaultLook look, string because, CancellationToken cancellationToken)
    {
        if (look.Price > policy.Most.Units)
        {
            string above = $"The bond of {new Coins(look.Price)} is above --most {new Coins(policy.Most.Units)}.";
            return new WatchOutcome.Refused(look.Proposal.Size, $"{because} {above}");
        }

        TransactionHash transaction = await purse.ChallengeAsync(look.Proposal, look.Price, cancellationToken);
        return new WatchOutcome.Challenged(look.Proposal.Size, because, look.Price, transaction);
    }

    private async Task<WatchOutcome> TakeBondsAsync(VaultLook look, CancellationToken cancellationToken)
    {
        takenAt = look.Good.Size;
        await purse.TakeAsync(look.Good, cancellationToken);
        return new WatchOutcome.BondsBack(look.Bonds.Free);
    }

    private static bool IsOpen(VaultLook look) => look is { IsEnded: false, HasProposal: true, IsChallenged: false }
        && look.TimeLeft > TimeSpan.Zero;

    private TimeSpan LastThird => TimeSpan.FromSeconds(vault.Terms.Window) / 3;

    private bool IsLate(VaultLook look) => look.TimeLeft <= LastThird;
}
