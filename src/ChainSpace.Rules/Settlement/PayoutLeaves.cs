using ChainSpace.Protocol;
using ChainSpace.Protocol.Settlement;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Settlement;

/// <summary>What the accounts of a space may take out of its vault, as the leaves of its payout tree.</summary>
public static class PayoutLeaves
{
    /// <summary>A leaf for every account that ever held money, in the order they came.</summary>
    public static IEnumerable<PayoutLeaf> Of(SpaceState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (Account account in state.Accounts)
        {
            Balance balance = account.Balance;
            bool hasHeld = balance.Received != Amount.Zero || balance.Earned != Amount.Zero;
            if (hasHeld) yield return new PayoutLeaf(account.Id, balance.Withdrawn, balance.Net);
        }
    }
}
