using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Rules.Payouts;

namespace ChainSpace.Node.Views.Reading;

// Batches by id, and newest first, each with how far its items are.
internal sealed class BatchQueries(Func<Bytes32, PollContent?> content)
{
    private const string Columns = """
        SELECT batch.idx, batch.id, account.id, category, content, format, options, payout, size, training, posted, deadline,
          state, panel_sample, panel_voters, panel_quotas, drawn, items, votes_cast, gold_shown, settled
        FROM batch JOIN account ON account.number = requester
        """;

    public BatchView? Find(ViewDatabase database, TaskId id)
    {
        Statement row = database.On(Columns + " WHERE batch.id = ?1").Bind(1, id.Value);
        (long Place, BatchView View)? found = row.Step() ? (row.Number(0), Read(row)) : null;
        row.Reset();
        return found is { } batch ? Complete(database, batch.Place, batch.View) : null;
    }

    // Those posted before an entry.
    public Page<BatchView> List(ViewDatabase database, PageQuery query, long before)
    {
        Statement rows = database.On($"{Columns} WHERE batch.idx < ?1 ORDER BY batch.idx DESC LIMIT ?2")
            .Bind(1, before).Bind(2, query.Limit + 1);
        List<(long Place, BatchView View)> found = [];
        while (rows.Step()) found.Add((rows.Number(0), Read(rows)));
        List<BatchView> views = [.. found.Select(each => Complete(database, each.Place, each.View))];
        return Pages.Cut(views, query.Limit, () => new Cursor(Cursor.Batches, found[query.Limit - 1].Place));
    }

    // The panel of a batch, by account.
    public static Page<SeatView> SeatsOf(ViewDatabase database, TaskId batch, (long From, int Limit) wanted)
    {
        Statement rows = database.On("""
                SELECT account FROM panel WHERE batch = (SELECT idx FROM batch WHERE id = ?1) ORDER BY account LIMIT ?2 OFFSET ?3
                """).Bind(1, batch.Value).Bind(2, wanted.Limit + 1).Bind(3, wanted.From);
        List<SeatView> found = [];
        while (rows.Step()) found.Add(new SeatView(rows.Id(0).ToString(), "seated", null));
        return Pages.Cut(found, wanted.Limit, () => new Cursor(Cursor.Seats, wanted.From + wanted.Limit));
    }

    private static BatchView Complete(ViewDatabase database, long place, BatchView view)
    {
        Statement rows = database.On("SELECT state, items FROM batch_state WHERE batch = ?1 AND items > 0").Bind(1, place);
        SortedDictionary<string, int> states = new(StringComparer.Ordinal);
        while (rows.Step()) states[rows.Text(0)] = (int)rows.Number(1);
        int? median = MedianSeconds(database, place);
        return view with
        {
            Groups = (view.Items + view.Group - 1) / view.Group,
            SettledGroups = view.SettledGroups + (IsRestSettled(database, place, view) ? 1 : 0),
            MedianSeconds = median,
            Hourly = median is { } seconds ? Hourly(database, place, Math.Max(1, seconds)) : null,
            States = states,
        };
    }

    // The last group may be smaller than the others, once no more items join.
    private static bool IsRestSettled(ViewDatabase database, long place, BatchView view)
    {
        int rest = view.Items % view.Group;
        return view.State == "closed" && rest > 0 && database
            .On("SELECT ended FROM batch_group WHERE batch = ?1 AND number = ?2")
            .Bind(1, place).Bind(2, view.Items / view.Group).ReadNumber() == rest;
    }

    // The second below which half of the gaps lie.
    private static int? MedianSeconds(ViewDatabase database, long place)
    {
        Statement rows = database.On("SELECT seconds, count FROM pace WHERE batch = ?1 ORDER BY seconds").Bind(1, place);
        List<(int Seconds, long Count)> gaps = [];
        while (rows.Step()) gaps.Add(((int)rows.Number(0), rows.Number(1)));
        long half = (gaps.Sum(static gap => gap.Count) + 1) / 2, sum = 0;
        foreach ((int seconds, long count) in gaps)
        {
            sum += count;
            if (sum >= half) return seconds;
        }

        return null;
    }

    private static string? Hourly(ViewDatabase database, long place, int seconds)
    {
        Statement row = database
            .On("SELECT reward, maximum FROM poll WHERE batch = ?1 ORDER BY idx DESC LIMIT 1").Bind(1, place);
        string? hourly = row.Step() ? Hourly(row, seconds) : null;
        row.Reset();
        return hourly;
    }

    private static string Hourly(Statement row, int seconds)
    {
        Amount pay = HourlyPay.OfVote(row.Amount(0), (uint)row.Number(1));
        return HourlyPay.Of(pay, seconds).Units.ToString(CultureInfo.InvariantCulture);
    }

    private BatchView Read(Statement row) => new()
    {
        Id = row.Id(1).ToString(),
        Index = Text(row, 0),
        Requester = row.Id(2).ToString(),
        Category = row.Text(3),
        Content = content(row.Id(4)),
        ContentHash = row.Id(4).ToString(),
        Format = row.Text(5),
        Options = (int)row.Number(6),
        Payout = row.Text(7),
        Group = (int)row.Number(8),
        Training = (int)row.Number(9),
        Posted = Text(row, 10),
        Deadline = Text(row, 11),
        State = row.Text(12),
        Sample = (int)row.Number(13),
        Voters = row.Text(14),
        Quotas = row.Text(15),
        Drawn = row.SmallNumber(16),
        Items = (int)row.Number(17),
        Votes = Text(row, 18),
        GoldShown = (int)row.Number(19),
        SettledGroups = (int)row.Number(20),
    };

    private static string Text(Statement row, int column) => row.Number(column).ToString(CultureInfo.InvariantCulture);
}
