using System.Globalization;
using ChainSpace.Chains;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Rpc;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Audit;
using ChainSpace.Node.Settlement;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Witnessing;

/// <summary>
/// Somebody other than the operator, who recomputes a space's journal from its entries and vouches with a wallet for the
/// payout roots that follow from it, and for no others.
/// </summary>
/// <param name="client">Speaks to the space's node, which is not trusted.</param>
/// <param name="space">The space's id, which is.</param>
/// <param name="wallet">One of the space's witnesses.</param>
/// <param name="memory">Of this wallet and space.</param>
/// <param name="chain">Where deposits are looked up.</param>
public sealed class Witness(
    ChainSpaceClient client, SpaceId space, WalletSigner wallet, WitnessMemory memory, RpcPool chain)
{
    private readonly Address own = Address.Of(wallet.Account);
    private readonly AnchorAudit audit = new(client, space, chain);

    /// <summary>Looks once for an anchor that waits, and signs it where it is right.</summary>
    /// <exception cref="HttpRequestException">The node does not answer.</exception>
    /// <exception cref="UnreadableJournalException">The node shows no journal.</exception>
    public async Task<WitnessOutcome> LookAsync(CancellationToken cancellationToken)
    {
        VaultView? vault = await client.VaultAsync(space.ToString(), cancellationToken);
        if (vault is null) return new WitnessOutcome.Idle("The space has no vault (yet).");
        AnchorView? waiting = vault.Anchors.FirstOrDefault(static each => each.State != "good");
        if (!long.TryParse(waiting?.Size, NumberStyles.None, CultureInfo.InvariantCulture, out long size))
            return new WitnessOutcome.Idle("No anchor waits for its witnesses.");
        EndorsementView? asked = await client.EndorsementAsync(space.ToString(), size, cancellationToken);
        if (asked is null) return new WitnessOutcome.Idle("No anchor waits for its witnesses.");
        return asked.Signatures.Any(each => each.Witness == own.ToString())
            ? new WitnessOutcome.Idle($"The anchor of size {size} is signed already; it waits for others.")
            : await CheckAsync(size, asked, cancellationToken);
    }

    private async Task<WitnessOutcome> CheckAsync(long size, EndorsementView asked, CancellationToken cancellationToken)
    {
        (long Size, Bytes32 Root)? kept = memory.Load() is { } last ? (last.Size, last.Root) : null;
        AuditReport report = await audit.RunAsync(size, kept, cancellationToken);
        Finding finding = await audit.CompareAsync(report, EndorsementCheck.AnchorOf(size, asked), cancellationToken);
        return finding switch
        {
            Finding.Right right => await SignAsync(asked, right.Mark, report, cancellationToken),
            Finding.Wrong wrong => new WitnessOutcome.Refused(asked.Size, wrong.Sentence),
            Finding.Unknown unknown => new WitnessOutcome.Refused(asked.Size, unknown.Sentence),
        };
    }

    private async Task<WitnessOutcome> SignAsync(
        EndorsementView asked, AuditMark mark, AuditReport report, CancellationToken cancellationToken)
    {
        FoundedVault vault = FoundedVault.Of(report.Genesis)!;
        if (new EndorsementCheck(vault, asked).Find(own) is { } wrong) return new WitnessOutcome.Refused(asked.Size, wrong);
        Vow vow = new(mark.Size, mark.Root, mark.Payouts.Root);
        if (!memory.TryVow(vow)) return new WitnessOutcome.Refused(asked.Size, Contradiction(vow, memory.Load()!));
        VaultDomain domain = new(vault.Chain, vault.Address);
        Bytes32 digest = domain.Anchor((ulong)vow.Size, vow.Root, vow.PayoutRoot);
        WitnessSignature signature = new(own.ToString(), "0x" + Convert.ToHexStringLower(wallet.Sign(digest)));
        Sent.Refused? no = await client.EndorseAsync(space.ToString(), mark.Size, signature, cancellationToken);
        return no is null
            ? new WitnessOutcome.Signed(vow, report.Entries)
            : new WitnessOutcome.Refused(asked.Size, $"The node does not take the signature ({no.Code}): {no.Detail}");
    }

    private static string Contradiction(Vow vow, Vow last) =>
        $"This witness has signed size {last.Size} with payouts {last.PayoutRoot}, so it cannot sign size {vow.Size} now.";
}
