using System.Collections.Immutable;
using ChainSpace.Node.Views.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Filters;
using ChainSpace.Rules.Eligibility;

namespace ChainSpace.Node.Eligibility;

/// <summary>
/// Whom the condition of a poll lets in, by what the journal knows of accounts: the same that the rules go by, but of a moment
/// some seconds ago and for all accounts at once; of up to some minutes ago where there are so many that looking takes seconds.
/// Thread-safe.
/// </summary>
public sealed class PublicPool(SpaceReader reader, AccountId operatorId, TimeProvider time)
{
    // All accounts are looked at again after this, or after so many times as long as that took.
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);
    private const int Rest = 20;

    private readonly Lock gate = new(); // Of whoever looks.
    private volatile Snapshot? last;

    /// <summary>How many accounts a condition lets in, and those of them that have a record in the category.</summary>
    /// <param name="condition">What is asked of voters.</param>
    /// <param name="category">The poll's.</param>
    /// <param name="limit">Most of those with a record.</param>
    /// <param name="requester">Who asks and so does not vote; none where it is no account.</param>
    internal (int Accounts, IReadOnlyList<int> Known) Of(
        VoterFilter condition, string category, int limit, AccountId requester = default)
    {
        Population all = People();
        FilterScene scene = new(new Moment(time.GetUtcNow().ToUnixTimeMilliseconds()), operatorId);
        using RowSet rows = all.Select(FilterOf(condition, category), scene, static _ => []), known = all.Known(category);
        known.Intersect(rows);
        // The operator, who does not vote either, is the first of all.
        int[] barred = requester == default ? [0] : [0, RowOf(all, requester)];
        int voters = rows.Count - barred.Distinct().Count(row => row >= 0 && rows.Has(row));
        return (voters, [.. known.Rows().Except(barred).Take(limit)]);
    }

    private static int RowOf(Population all, AccountId account)
    {
        for (int row = 0; row < all.Accounts.Count; row++)
        {
            if (all.Accounts[row] == account) return row;
        }

        return -1;
    }

    /// <summary>The condition in the language of filters.</summary>
    internal static Filter FilterOf(VoterFilter condition, string category) =>
        new Filter.All([.. condition.Clauses.Select(clause => FilterOf(clause, category))]);

    private static Filter FilterOf(VoterFilter.Clause clause, string category) => clause switch
    {
        VoterFilter.Clause.Attribute one => new Filter.Any(
            [.. one.Wanted.Split('|').Select(value => new Filter.Attribute(one.Name, new Comparison.Has(value), null))]),
        VoterFilter.Clause.Person one => new Filter.Personhood(new Bound(Relation.AtLeast, one.Level), null),
        VoterFilter.Clause.Reputation one =>
            new Filter.Reputation(one.Category ?? category, new Bound(Relation.AtLeast, one.LowerBound)),
        VoterFilter.Clause.Receipts one =>
            new Filter.Receipts(one.Category ?? category, new Bound(Relation.AtLeast, one.Count)),
    };

    // While one looks, others go by what was seen last.
    private Population People()
    {
        if (last is { } recent && IsFresh(recent)) return recent.People;
        bool isMine = gate.TryEnter();
        if (!isMine && last is { } old) return old.People;
        if (!isMine) gate.Enter();
        try
        {
            if (last is { } made && IsFresh(made)) return made.People;
            long begin = time.GetTimestamp();
            Population people = Look();
            TimeSpan rest = Rest * time.GetElapsedTime(begin);
            last = new Snapshot(people, time.GetTimestamp(), rest > Life ? rest : Life);
            return people;
        }
        finally
        {
            gate.Exit();
        }
    }

    private bool IsFresh(Snapshot snapshot) => time.GetElapsedTime(snapshot.Made) < snapshot.Life;

    private Population Look()
    {
        IReadOnlyDictionary<AccountId, int> levels = reader.PersonLevels();
        Population.Builder builder = new();
        foreach ((AccountId account, Applicant applicant) in reader.Applicants())
        {
            int level = levels.GetValueOrDefault(account);
            builder.Add(account, level == 0 ? applicant : applicant with { Attributes = With(applicant, level) });
        }

        return builder.Build();
    }

    // The operator's word, as if it were a credential of its own.
    private ImmutableSortedDictionary<string, Stated> With(Applicant applicant, int level) =>
        applicant.Attributes.SetItem(AttributeNames.Personhood, new Stated(new AttributeValue.Number(level), operatorId));

    private sealed record Snapshot(Population People, long Made, TimeSpan Life);
}
