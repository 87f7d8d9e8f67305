using System.Globalization;
using System.Runtime.InteropServices;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Node.Views.Reading;

// What is known of a category's voters, and of how often beliefs were right in it.
internal static class QuoteQueries
{
    // Voters looked at: a quote must not wait for a million accounts.
    public const int MostVoters = 2_000;

    public static QuoteView Quote(
        ViewDatabase database, (string Category, string? Requester) asked, QuoteTerms terms,
        (int Accounts, IReadOnlyList<int> Known)? pool)
    {
        Evidence[] voters = pool is { Known: var known }
            ? Voters(database, asked.Category, known)
            : Voters(database, asked.Category);
        Calibration shown = Shown(database, asked);
        Quote quote = Rules.Aggregation.Quote.Of(terms, voters, shown);
        double? each = MillisecondsPerVote(database, asked.Category);
        return new QuoteView
        {
            Votes = quote.Votes,
            Low = quote.Low,
            High = quote.High,
            Inconclusive = quote.Inconclusive,
            Voters = voters.Length,
            Accounts = pool?.Accounts ?? Others(database, asked.Requester),
            GoldItems = shown.Items,
            Milliseconds = each is { } pace ? ((long)(pace * quote.Votes)).ToString(CultureInfo.InvariantCulture) : null,
        };
    }

    // All accounts but the operator's, which does not vote, and the one that asks.
    private static int Others(ViewDatabase database, string? requester)
    {
        Bytes32 asking = Bytes32.TryParse(requester ?? "", out Bytes32 id) ? id : default;
        return (int)database.On("""
            SELECT accounts - 1 - (SELECT count(*) FROM account WHERE id = ?1 AND number > 0) FROM progress
            """).Bind(1, asking).ReadNumber()!.Value;
    }

    public static IReadOnlyList<ReliabilityView> Reliability(ViewDatabase database, string? category)
    {
        Statement rows = database.On("""
            SELECT category, account.id, items, reached, right FROM calibration JOIN account ON account.number = requester
            WHERE ?1 = '' OR category = ?1 ORDER BY category, requester LIMIT 200
            """).Bind(1, category ?? "");
        List<ReliabilityView> found = [];
        while (rows.Step())
        {
            Calibration shown = Read(rows, 2);
            found.Add(new ReliabilityView
            {
                Category = rows.Text(0),
                Requester = rows.Id(1).ToString(),
                GoldItems = shown.Items,
                Levels = [.. Enumerable.Range(0, Calibration.Levels.Length).Select(level => new ReliabilityLevel(
                    Calibration.Levels[level], shown.Reached[level], shown.Right[level],
                    shown.Confidence(Calibration.Levels[level])))],
            });
        }

        return found;
    }

    private static Evidence[] Voters(ViewDatabase database, string category)
    {
        Statement rows = database.On("SELECT pro, contra FROM reputation WHERE category = ?1 LIMIT ?2")
            .Bind(1, category).Bind(2, MostVoters);
        List<Evidence> found = [];
        while (rows.Step()) found.Add(new Evidence(rows.Real(0), rows.Real(1), default));
        return [.. found];
    }

    private static Evidence[] Voters(ViewDatabase database, string category, IReadOnlyList<int> accounts)
    {
        List<Evidence> found = new(accounts.Count);
        Statement row = database.On("SELECT pro, contra FROM reputation WHERE account = ?1 AND category = ?2");
        foreach (int account in accounts)
        {
            row.Bind(1, account).Bind(2, category);
            if (row.Step()) found.Add(new Evidence(row.Real(0), row.Real(1), default));
            row.Reset();
        }

        return [.. found];
    }

    // What gold of the poll's requester has shown of the belief it ended with; null where none came so far.
    public static ReliabilityLevel? Reliability(ViewDatabase database, PollView poll)
    {
        if (poll.Outcome is not { Belief: var belief }) return null;
        Calibration shown = Shown(database, (poll.Category, poll.Requester));
        int level = Calibration.Levels.Length - 1;
        while (level >= 0 && Calibration.Levels[level] > belief) level--;
        return level < 0 || shown.Reached[level] == 0
            ? null
            : new ReliabilityLevel(
                Calibration.Levels[level], shown.Reached[level], shown.Right[level], shown.Confidence(Calibration.Levels[level]));
    }

    private static Calibration Shown(ViewDatabase database, (string Category, string? Requester) asked)
    {
        if (!Bytes32.TryParse(asked.Requester ?? "", out Bytes32 requester)) return Calibration.None;
        Statement row = database.On("""
            SELECT items, reached, right FROM calibration
            WHERE category = ?1 AND requester = (SELECT number FROM account WHERE id = ?2)
            """).Bind(1, asked.Category).Bind(2, requester);
        Calibration shown = row.Step() ? Read(row, 0) : Calibration.None;
        row.Reset();
        return shown;
    }

    // By the fifty last polls of the category that ended with votes.
    private static double? MillisecondsPerVote(ViewDatabase database, string category)
    {
        Statement row = database.On("""
            SELECT sum(span), sum(votes) FROM (SELECT outcome.now - posted AS span, votes FROM poll
              JOIN outcome ON outcome.poll = poll.idx WHERE category = ?1 AND votes > 0 ORDER BY poll.idx DESC LIMIT 50)
            """).Bind(1, category);
        double? pace = row.Step() && !row.IsNull(1) ? (double)row.Number(0) / row.Number(1) : null;
        row.Reset();
        return pace;
    }

    private static Calibration Read(Statement row, int column) => Calibration.Of(
        (int)row.Number(column), [.. MemoryMarshal.Cast<byte, int>(row.Bytes(column + 1))],
        [.. MemoryMarshal.Cast<byte, int>(row.Bytes(column + 2))]);
}
