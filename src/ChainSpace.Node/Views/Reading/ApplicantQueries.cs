using System.Collections.Immutable;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Filters;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Node.Views.Reading;

// What the journal tells of accounts, as filters ask for it. Reputation as it stands at the last entry.
internal static class ApplicantQueries
{
    public static Applicant? Find(ViewDatabase database, AccountId account)
    {
        if (AccountQueries.Number(database, account) is not { } number) return null;
        Moment now = NowOf(database);
        Statement row = database.On("SELECT attributes FROM account WHERE number = ?1").Bind(1, number);
        row.Step();
        string attributes = row.Text(0);
        row.Reset();
        Dictionary<string, double> reputation = [];
        Statement scores = database.On("SELECT category, pro, contra, at FROM reputation WHERE account = ?1").Bind(1, number);
        while (scores.Step()) reputation[scores.Text(0)] = BoundOf(scores, 1, now);
        Dictionary<string, int> receipts = [];
        Statement counts = database.On("SELECT category, count FROM receipt WHERE account = ?1").Bind(1, number);
        while (counts.Step()) receipts[counts.Text(0)] = (int)counts.Number(1);
        return new Applicant { Attributes = Published(attributes), Reputation = reputation, Receipts = receipts };
    }

    // In order of registration.
    public static IReadOnlyList<(AccountId Account, Applicant Applicant)> All(ViewDatabase database)
    {
        Moment now = NowOf(database);
        List<(AccountId Account, Applicant Applicant)> found = [];
        Statement rows = database.On("SELECT id, attributes FROM account ORDER BY number");
        // Of a million accounts most say what others say, too, and have earned nothing.
        Dictionary<string, Applicant> alike = [];
        while (rows.Step())
        {
            string attributes = rows.Text(1);
            if (!alike.TryGetValue(attributes, out Applicant? applicant))
                alike.Add(attributes, applicant = new Applicant { Attributes = Published(attributes) });
            found.Add((new AccountId(rows.Id(0)), applicant));
        }

        Statement scores = database.On("SELECT account, category, pro, contra, at FROM reputation");
        while (scores.Step())
        {
            (AccountId account, Applicant applicant) = found[(int)scores.Number(0)];
            if (applicant.Reputation is not Dictionary<string, double> own)
                found[(int)scores.Number(0)] = (account, applicant with { Reputation = own = [] });
            own[scores.Text(1)] = BoundOf(scores, 2, now);
        }

        Statement counts = database.On("SELECT account, category, count FROM receipt");
        while (counts.Step())
        {
            (AccountId account, Applicant applicant) = found[(int)counts.Number(0)];
            if (applicant.Receipts is not Dictionary<string, int> own)
                found[(int)counts.Number(0)] = (account, applicant with { Receipts = own = [] });
            own[counts.Text(1)] = (int)counts.Number(2);
        }

        return found;
    }

    public static IReadOnlyDictionary<AccountId, int> PersonLevels(ViewDatabase database)
    {
        Dictionary<AccountId, int> found = [];
        Statement rows = database.On("SELECT account, level FROM person WHERE level > 0");
        while (rows.Step()) found.Add(new AccountId(rows.Id(0)), (int)rows.Number(1));
        return found;
    }

    // Text of a registration, which the rules have checked.
    private static ImmutableSortedDictionary<string, Stated> Published(string attributes)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, Stated>(StringComparer.Ordinal);
        foreach (string attribute in attributes.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            int at = attribute.IndexOf('=', StringComparison.Ordinal);
            string[] texts = attribute[(at + 1)..].Split('|');
            AttributeValue value = texts is [string one] ? new AttributeValue.Text(one) : new AttributeValue.Many([.. texts]);
            found[attribute[..at]] = new Stated(value, null);
        }

        return found.ToImmutable();
    }

    private static double BoundOf(Statement row, int column, Moment now) =>
        new Evidence(row.Real(column), row.Real(column + 1), new Moment(row.Number(column + 2))).DecayedTo(now).LowerBound;

    private static Moment NowOf(ViewDatabase database) => new(database.On("SELECT now FROM progress").ReadNumber()!.Value);
}
