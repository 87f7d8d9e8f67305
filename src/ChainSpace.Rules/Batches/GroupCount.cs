using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Payouts;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Rules.Batches;

/// <summary>What an item of a group came to.</summary>
/// <param name="Item">The poll, whose voting has ended.</param>
/// <param name="Count">Its votes, counted in the light of all votes of the group where its terms say so.</param>
/// <param name="Shares">What its votes earn, where the batch says how; null: as the poll says.</param>
internal readonly record struct CountedItem(Poll Item, Count Count, Shares? Shares);

/// <summary>Counts the items of a group together.</summary>
internal static class GroupCount
{
    /// <summary>In the order of the items.</summary>
    public static CountedItem[] Of(PostBatch terms, Poll[] items) =>
        [.. items.Select(static item => new CountedItem(item, Counting.Of(item.Terms, item.Ballots.Ballots), null))];
}
