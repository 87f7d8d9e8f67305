using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;

namespace ChainSpace.Rules.Settlement;

/// <summary>Money that waits in escrow for an anchor of everything up to its entry.</summary>
/// <param name="Index">The entry that asked for it, which the anchor must cover.</param>
/// <param name="Payer">Who has locked the amount, and gets it back if the moment passes.</param>
/// <param name="Amount">What the wallet that sends anchors earns by one in time.</param>
/// <param name="Before">The last moment at which the anchor's report is in time.</param>
public sealed record PriorityRequest(EntryIndex Index, Account Payer, Amount Amount, Moment Before)
{
    /// <summary>The first moment that is too late.</summary>
    public Moment Due => new(Before.Milliseconds + 1);
}
