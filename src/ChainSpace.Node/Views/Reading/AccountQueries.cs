using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Node.Views.Reading;

// Accounts and which entries are theirs.
internal static class AccountQueries
{
    public static int? Number(ViewDatabase database, AccountId account) =>
        (int?)database.On("SELECT number FROM account WHERE id = ?1").Bind(1, account.Value).ReadNumber();

    public static AccountView? Find(ViewDatabase database, AccountId account)
    {
        if (Number(database, account) is not { } number) return null;
        IReadOnlyList<ReputationView> reputation = Reputation(database, number);
        string entries = CountEntries(database, number).ToString(CultureInfo.InvariantCulture);
        Statement row = database.On("""
            SELECT attributes, available, escrowed, withdrawn, earned, received FROM account WHERE number = ?1
            """).Bind(1, number);
        row.Step();
        AccountView view = new()
        {
            Id = account.ToString(),
            Attributes = row.Text(0),
            Available = row.Amount(1).ToString(),
            Escrowed = row.Amount(2).ToString(),
            Withdrawn = row.Amount(3).ToString(),
            Earned = row.Amount(4).ToString(),
            Received = row.Amount(5).ToString(),
            Entries = entries,
            Reputation = reputation,
        };
        row.Reset();
        return view;
    }

    // Newest first, one more than asked for. Whatever is recent is newer than the rest.
    public static List<EntryIndex> Entries(ViewDatabase database, int account, (long Before, int Limit) wanted)
    {
        Statement rows = Between(database, account, wanted.Before, """
            SELECT key FROM recent WHERE key >= ?1 AND key < ?2 UNION ALL
            SELECT key FROM history WHERE key >= ?1 AND key < ?2 ORDER BY key DESC LIMIT ?3
            """).Bind(3, wanted.Limit + 1);
        List<EntryIndex> found = [];
        while (rows.Step()) found.Add(HistoryKey.Read(rows.Number(0)).Index);
        return found;
    }

    private static long CountEntries(ViewDatabase database, int account) => Between(database, account, HistoryKey.Beyond, """
        SELECT (SELECT count(*) FROM recent WHERE key >= ?1 AND key < ?2)
          + (SELECT count(*) FROM history WHERE key >= ?1 AND key < ?2)
        """).ReadNumber()!.Value;

    private static Statement Between(ViewDatabase database, int account, long before, string sql) =>
        database.On(sql).Bind(1, HistoryKey.First(account)).Bind(2, HistoryKey.First(account) + before);

    // As it stands at the last entry: evidence fades while nothing happens.
    private static List<ReputationView> Reputation(ViewDatabase database, int account)
    {
        Moment now = new(database.On("SELECT now FROM progress").ReadNumber()!.Value);
        Statement rows = database.On("SELECT category, pro, contra, at FROM reputation WHERE account = ?1 ORDER BY category")
            .Bind(1, account);
        List<ReputationView> found = [];
        while (rows.Step())
        {
            Evidence evidence = new Evidence(rows.Real(1), rows.Real(2), new Moment(rows.Number(3))).DecayedTo(now);
            found.Add(new ReputationView(
                rows.Text(0), evidence.For, evidence.Against, evidence.Mean, evidence.LowerBound));
        }

        return found;
    }
}
