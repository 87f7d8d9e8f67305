using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Audit;

/// <summary>A journal at one size, recomputed from its entries.</summary>
/// <param name="Size">Entries.</param>
/// <param name="Root">The tree's root over them.</param>
/// <param name="Payouts">What everybody may take out then.</param>
/// <param name="Deposits">What the operator has reported as paid in, for each account that has money of it.</param>
public sealed record AuditMark(long Size, Bytes32 Root, PayoutTree Payouts, IReadOnlyList<ReportedDeposit> Deposits);

/// <summary>What the vault has received for an account altogether, as the operator says.</summary>
public readonly record struct ReportedDeposit(AccountId Account, Amount Total);

/// <summary>Waits for one size, and takes down what there is then.</summary>
internal sealed class AuditMarker(long? size)
{
    private readonly MerkleFrontier tree = new();

    /// <summary>Null until the size is reached.</summary>
    public AuditMark? Mark { get; private set; }

    /// <summary>To be called after each entry that the fold has taken.</summary>
    public void Follow(Bytes32 leaf, EntryFold fold)
    {
        if (fold.Size > size || size is null) return;
        tree.Append(leaf);
        if (fold.Size < size) return;
        Mark = new AuditMark(fold.Size, tree.Root(), fold.Payouts(), [.. DepositsOf(fold.State)]);
    }

    /// <summary>What the operator has reported so far, in the order the accounts came.</summary>
    public static IEnumerable<ReportedDeposit> DepositsOf(SpaceState state) =>
        from account in state.Accounts
        where account.Balance.Received > Amount.Zero
        select new ReportedDeposit(account.Id, account.Balance.Received);
}
