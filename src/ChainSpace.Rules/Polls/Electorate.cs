using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Selection;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Polls;

/// <summary>Who stands in the draw of a poll. Whoever wants to repeat a draw asks here for the eligible set.</summary>
public static class Electorate
{
    /// <summary>Accounts that have to be looked at, in the order they registered.</summary>
    public static IReadOnlyCollection<Account> AccountsOf(SpaceState state, Poll poll)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(poll);
        IEnumerable<AccountId>? listed = poll.Terms.IsByAdmission ? state.Admissions.VotersOf(poll.Terms.Id)
            : poll.Terms.Message.Voters == "named" ? poll.Terms.Message.Named
            : null;
        return listed is null
            ? state.Accounts
            : [.. listed.Select(state.FindAccount).OfType<Account>().OrderBy(static one => one.Number)];
    }

    /// <summary>
    /// Those of them that meet the poll's condition and stood so before the entry that settled who is eligible, of each person
    /// the account that registered first.
    /// </summary>
    /// <param name="accounts">In the order they registered.</param>
    /// <param name="poll">It waits for its draw.</param>
    /// <param name="now">Moment of the block, to which reputation has faded.</param>
    public static IEnumerable<Candidate> Of(IEnumerable<Account> accounts, Poll poll, Moment now)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(poll);
        return Of(accounts, (poll.Awaits, poll.Terms.Quotas), one => PollRules.WhyNot(poll.Terms, one, now) is null);
    }

    /// <summary>The same for whatever draws seats: who stood so before an entry, fits a quota and is let in.</summary>
    internal static IEnumerable<Candidate> Of(
        IEnumerable<Account> accounts, (EntryIndex Before, Quotas Quotas) draw, Func<Account, bool> isLetIn)
    {
        HashSet<Person> persons = [];
        foreach (Account account in accounts)
        {
            if (account.Registered.CompareTo(draw.Before) >= 0 || !isLetIn(account)) continue;
            if (draw.Quotas.GroupOf(account) is not { } group) continue;
            if (account.Person is { } person && !persons.Add(person)) continue;
            yield return new Candidate(account.Id, SeatWeight.Alike, group);
        }
    }
}
