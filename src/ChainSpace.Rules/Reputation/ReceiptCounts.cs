using System.Collections.Immutable;
using ChainSpace.Rules.Accounts;

namespace ChainSpace.Rules.Reputation;

/// <summary>
/// How many tasks of each category paid an account: what its accepted receipts prove, counted. A count says that somebody
/// paid, not how well the work was done, and one person can pay himself; filters ask for the reputation beside it.
/// </summary>
public static class ReceiptCounts
{
    internal static readonly ImmutableSortedDictionary<string, int> None =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>
    /// Counts one paid task. Its evidence has been written before or follows in the same entry, so whoever hashes the
    /// account hashes this too.
    /// </summary>
    internal static Fact.ReceiptCounted Count(Account account, string category)
    {
        int count = account.ReceiptsIn(category) + 1;
        account.Receipts = account.Receipts.SetItem(category, count);
        return new Fact.ReceiptCounted(account.Id, category, count);
    }
}
