using ChainSpace.Protocol;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Selection;
using ChainSpace.Rules.State;

namespace ChainSpace.Rules.Polls;

/// <summary>Who stands in the draw of a poll. Whoever wants to repeat a draw asks here for the eligible set.</summary>
public static class Electorate
{
    /// <summary>Accounts that have to be looked at, in the order they registered.</summary>
    public static IReadOnlyCollection<Account> AccountsOf(SpaceState state, PollTerms terms)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(terms);
        return terms.Message.Voters == "named"
            ? [.. terms.Message.Named.Select(state.FindAccount).OfType<Account>().OrderBy(static one => one.Number)]
            : state.Accounts;
    }

    /// <summary>
    /// Those of them that meet the poll's condition and stood so before it was posted, of each person the account that
    /// registered first.
    /// </summary>
    /// <param name="accounts">In the order they registered.</param>
    /// <param name="terms">The poll's.</param>
    /// <param name="now">Moment of the block, to which reputation has faded.</param>
    public static IEnumerable<Candidate> Of(IEnumerable<Account> accounts, PollTerms terms, Moment now)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        HashSet<Person> persons = [];
        foreach (Account account in accounts)
        {
            if (account.Registered.CompareTo(terms.Posted) >= 0 || PollRules.WhyNot(terms, account, now) is not null) continue;
            if (terms.Quotas.GroupOf(account) is not { } group) continue;
            if (account.Person is { } person && !persons.Add(person)) continue;
            yield return new Candidate(account.Id, SeatWeight.Alike, group);
        }
    }
}
