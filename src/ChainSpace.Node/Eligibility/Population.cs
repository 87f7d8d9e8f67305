using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Filters;

namespace ChainSpace.Node.Eligibility;

/// <summary>
/// All accounts of a space at one moment, by column, so that a filter is a few operations on bits. It answers exactly what
/// <see cref="FilterEvaluation"/> answers account by account. Immutable; any number of threads.
/// </summary>
public sealed class Population
{
    private readonly Dictionary<string, StatedColumn> attributes;
    private readonly Dictionary<string, NumberColumn> reputation, receipts;
    private readonly Lazy<Dictionary<AccountId, int>> places;

    private Population(Builder from)
    {
        Accounts = [.. from.Accounts];
        attributes = from.Attributes.ToDictionary(static each => each.Key, each => each.Value.Build(Accounts.Count));
        reputation = from.Reputation.ToDictionary(static each => each.Key, static each => each.Value.Build());
        receipts = from.Receipts.ToDictionary(static each => each.Key, static each => each.Value.Build());
        places = new(() => Accounts.Select(static (account, row) => (account, row)).ToDictionary());
    }

    /// <summary>Accounts by row.</summary>
    public IReadOnlyList<AccountId> Accounts { get; }

    /// <summary>How many accounts meet the filter.</summary>
    public int Count(Filter filter, FilterScene scene, Func<TaskId, IEnumerable<AccountId>> participants)
    {
        using RowSet rows = Select(filter, scene, participants);
        return rows.Count;
    }

    /// <summary>The accounts that meet the filter, in order of their rows, as they are asked for.</summary>
    public IEnumerable<AccountId> Find(
        Filter filter, FilterScene scene, Func<TaskId, IEnumerable<AccountId>> participants)
    {
        using RowSet rows = Select(filter, scene, participants);
        foreach (int row in rows.Rows()) yield return Accounts[row];
    }

    /// <summary>The rows of accounts with a reputation in a category.</summary>
    internal RowSet Known(string category) => reputation.TryGetValue(category, out NumberColumn? column)
        ? column.Stated(Accounts.Count)
        : RowSet.None(Accounts.Count);

    internal RowSet Select(Filter filter, FilterScene scene, Func<TaskId, IEnumerable<AccountId>> participants)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new Query(this, scene, participants).Select(filter);
    }

    private sealed class Query(Population all, FilterScene scene, Func<TaskId, IEnumerable<AccountId>> participants)
    {
        private int Rows => all.Accounts.Count;

        public RowSet Select(Filter filter) => filter switch
        {
            Filter.All each => Join(each.Parts, static (one, other) => one.Intersect(other)),
            Filter.Any each => Join(each.Parts, static (one, other) => one.Union(other)),
            Filter.Not not => Inverse(Select(not.Part)),
            Filter.Attribute wanted => OfAttribute(wanted.Name, stated =>
                (wanted.Issuer is null || stated.Issuer == wanted.Issuer)
                && FilterEvaluation.Holds(wanted.Comparison, stated.Value)),
            Filter.Age age => OfAttribute(AttributeNames.DateOfBirth, stated => Holds(age, stated)),
            Filter.Personhood wanted => Personhood(wanted),
            Filter.Reputation wanted => OfNumber(all.reputation, wanted.Category, wanted.Bound, FilterEvaluation.NewcomerBound),
            Filter.Receipts wanted => OfNumber(all.receipts, wanted.Category, wanted.Bound, 0),
            Filter.TookPart part => Participants(part.Task),
        };

        private RowSet Join(IReadOnlyList<Filter> parts, Action<RowSet, RowSet> join)
        {
            RowSet found = Select(parts[0]);
            for (int i = 1; i < parts.Count; i++)
            {
                using RowSet other = Select(parts[i]);
                join(found, other);
            }

            return found;
        }

        private static RowSet Inverse(RowSet rows)
        {
            rows.Invert();
            return rows;
        }

        private RowSet OfAttribute(string name, Func<Stated, bool> holds)
        {
            RowSet found = RowSet.None(Rows);
            if (all.attributes.TryGetValue(name, out StatedColumn? column)) column.Select(found, holds);
            return found;
        }

        private bool Holds(Filter.Age age, Stated stated) => stated.Value is AttributeValue.Text text
            && AttributeCredential.ReadDay(text.Value) is { } birth
            && age.Bound.Holds(FilterEvaluation.YearsBetween(birth, scene.Posted));

        // Who has no such level has level 0: where that is in, those are taken out whose level is not.
        private RowSet Personhood(Filter.Personhood wanted)
        {
            AccountId issuer = wanted.Issuer ?? scene.Operator;
            bool isZeroIn = wanted.Bound.Holds(0);
            RowSet found = OfAttribute(AttributeNames.Personhood, stated => isZeroIn
                != wanted.Bound.Holds(stated.Issuer == issuer && stated.Value is AttributeValue.Number level ? level.Value : 0));
            return isZeroIn ? Inverse(found) : found;
        }

        private RowSet OfNumber(Dictionary<string, NumberColumn> columns, string category, Bound bound, double otherwise)
        {
            if (columns.TryGetValue(category, out NumberColumn? column)) return column.Select(bound, Rows);
            RowSet nobody = RowSet.None(Rows);
            return bound.Holds(otherwise) ? Inverse(nobody) : nobody;
        }

        private RowSet Participants(TaskId task)
        {
            RowSet found = RowSet.None(Rows);
            foreach (AccountId account in participants(task))
            {
                if (all.places.Value.TryGetValue(account, out int row)) found.Add([row]);
            }

            return found;
        }
    }

    /// <summary>Collects accounts one after another.</summary>
    public sealed class Builder
    {
        internal List<AccountId> Accounts { get; } = [];

        internal Dictionary<string, StatedColumn.Builder> Attributes { get; } = new(StringComparer.Ordinal);

        internal Dictionary<string, NumberColumn.Builder> Reputation { get; } = new(StringComparer.Ordinal);

        internal Dictionary<string, NumberColumn.Builder> Receipts { get; } = new(StringComparer.Ordinal);

        /// <summary>The next row.</summary>
        public void Add(AccountId account, Applicant applicant)
        {
            ArgumentNullException.ThrowIfNull(applicant);
            int row = Accounts.Count;
            Accounts.Add(account);
            foreach ((string name, Stated stated) in applicant.Attributes)
            {
                if (!Attributes.TryGetValue(name, out StatedColumn.Builder? column)) Attributes.Add(name, column = new());
                column.Add(row, stated);
            }

            foreach ((string category, double bound) in applicant.Reputation)
                ColumnOf(Reputation, category, FilterEvaluation.NewcomerBound).Add(row, bound);
            foreach ((string category, int count) in applicant.Receipts) ColumnOf(Receipts, category, 0).Add(row, count);
        }

        public Population Build() => new(this);

        private static NumberColumn.Builder ColumnOf(
            Dictionary<string, NumberColumn.Builder> columns, string category, double otherwise)
        {
            if (!columns.TryGetValue(category, out NumberColumn.Builder? column))
                columns.Add(category, column = new NumberColumn.Builder(otherwise));
            return column;
        }
    }
}
