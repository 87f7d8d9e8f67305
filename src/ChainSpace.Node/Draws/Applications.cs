using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Accounts;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Selection;

namespace ChainSpace.Node.Draws;

/// <summary>
/// Who was admitted to a draw, read from the messages themselves and by no rule: an account is in if the operator entered it
/// before the first entry at or after the end of the time to apply.
/// </summary>
internal sealed class Applications(TaskId poll, Moment gather)
{
    private readonly List<AccountId> admitted = [];

    /// <summary>The entry that ended the time to apply; null before it.</summary>
    public EntryIndex? End { get; private set; }

    public int Count => admitted.Count;

    /// <summary>An entry behind the poll that the rules accepted; in words what is wrong with it, or null.</summary>
    public string? See(Entry entry, EntryIndex index)
    {
        if (End is null && entry.Moment >= gather) End = index;
        if (entry.Message is not Admit admit || admit.Poll != poll) return null;
        if (End is { } end) return $"{admit.Voter} was admitted by entry {index}, and the time to apply ended with entry {end}.";
        admitted.Add(admit.Voter);
        return null;
    }

    /// <summary>What is wrong with the accounts that stood in the draw, in words, each account once.</summary>
    /// <param name="drawn">The poll before its draw, and how much of the journal its beacon covers.</param>
    /// <param name="eligible">Those the rules let stand in it.</param>
    /// <param name="find">Accounts as they stood at the draw.</param>
    public IEnumerable<string> Faults(
        (PollTerms Terms, ulong Covered) drawn, IReadOnlyList<Candidate> eligible, Func<AccountId, Account?> find)
    {
        if (End is not { } end || drawn.Covered <= (ulong)end.Value)
        {
            yield return $"The beacon covers {drawn.Covered} entries, and so was known while accounts could still apply.";
            yield break;
        }

        SortedSet<AccountId> stood = [.. eligible.Select(static one => one.Account)];
        SortedSet<AccountId> expected = [.. Expected(drawn.Terms, end, find)];
        foreach (AccountId one in stood.Except(expected)) yield return $"{one} stood in the draw, but was not admitted to it.";
        foreach (AccountId one in expected.Except(stood)) yield return $"{one} was admitted, but did not stand in the draw.";
    }

    private IEnumerable<AccountId> Expected(PollTerms terms, EntryIndex end, Func<AccountId, Account?> find)
    {
        Account[] known = [.. admitted.Select(find).OfType<Account>()
            .Where(one => one.Registered.CompareTo(end) < 0 && one != terms.Requester)
            // Who fits none of the quotas stands in no group's draw.
            .Where(one => terms.Quotas.GroupOf(one) is not null)];
        IEnumerable<Account> alone = known.Where(static one => one.Person is null);
        IEnumerable<Account> persons = known.Where(static one => one.Person is not null).GroupBy(static one => one.Person!)
            .Where(group => group.Key != terms.Requester.Person)
            .Select(static group => group.MinBy(static one => one.Number)!);
        return alone.Concat(persons).Select(static one => one.Id);
    }
}
