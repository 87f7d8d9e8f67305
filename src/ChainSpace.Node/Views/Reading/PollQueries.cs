using System.Globalization;
using System.Runtime.InteropServices;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Formats;

namespace ChainSpace.Node.Views.Reading;

// Polls by id, and newest first.
internal sealed class PollQueries(Func<Bytes32, PollContent?> content, AnswerQueries answers)
{
    private const string Columns = """
        SELECT poll.idx, poll.id, votes, poll.state, account.id, poll.category, poll.content, poll.options, reward, poll.payout,
          aggregation, voting, voters, sample, minimum, maximum, poll.confidence, poll.posted, poll.deadline, outcome.at,
          outcome.now, reason, answer, outcome.confidence, plurality, counts, paid, refunded, poll.format, batch.id, poll.number,
          deposit, pricing, gold, quotas, lease, truth, belief, gold_items, inconclusive, gather,
          panel_sample, poll.job
        FROM poll JOIN account ON account.number = poll.requester LEFT JOIN outcome ON outcome.poll = poll.idx
          LEFT JOIN batch ON batch.idx = poll.batch
        """;

    // Column of the first of the outcome's.
    private const int OutcomeAt = 19;

    public PollView? Find(ViewDatabase database, TaskId id)
    {
        Statement row = database.On(Columns + " WHERE poll.id = ?1").Bind(1, id.Value);
        (long Index, PollView View)? found = row.Step() ? (row.Number(0), Read(row)) : null;
        row.Reset();
        return found is { } poll ? Worded(database, poll.Index, poll.View) : null;
    }

    private PollView Worded(ViewDatabase database, long index, PollView view)
    {
        // Beliefs of other formats, and of groups counted together, are of another kind than those that gold items show.
        if (view is { Outcome: not null, Aggregation: not "batch" }
            && ResponseFormat.TryRead(view.Format, (uint)view.Options) is { IsByOption: true })
            return view with { Reliability = QuoteQueries.Reliability(database, view) };
        return view.Outcome is { Answer: { } answer } outcome && AnswerQueries.IsOpen(view.Format, view.Options)
            ? view with { Outcome = outcome with { Words = answers.OfConsensus(database, index, answer) } }
            : view;
    }

    // Those posted before an entry, or after it where the oldest come first.
    public Page<PollView> List(ViewDatabase database, PollQuery query, long beyond)
    {
        (string side, string order) = query.IsOldestFirst ? (">", "ASC") : ("<", "DESC");
        string filter = (query.State is null ? "" : " AND poll.state = ?3")
            + (query.Category is null ? "" : " AND poll.category = ?4")
            + (query.Requester is null ? "" : " AND poll.requester = (SELECT number FROM account WHERE id = ?5)")
            + query.Batch switch
            {
                null => "",
                PollQuery.NoBatch => " AND poll.batch IS NULL",
                _ => " AND poll.batch = (SELECT idx FROM batch WHERE id = ?6)",
            };
        Statement rows = database.On($"{Columns} WHERE poll.idx {side} ?1{filter} ORDER BY poll.idx {order} LIMIT ?2")
            .Bind(1, beyond).Bind(2, query.Limit + 1);
        if (query.State is { } state) rows.Bind(3, state);
        if (query.Category is { } category) rows.Bind(4, category);
        if (query.Requester is { } requester) rows.Bind(5, Bytes32.Parse(requester));
        if (query.Batch is { } batch and not PollQuery.NoBatch) rows.Bind(6, Bytes32.Parse(batch));

        List<PollView> found = [];
        List<long> places = [];
        while (rows.Step())
        {
            places.Add(rows.Number(0));
            found.Add(Read(rows));
        }

        for (int i = 0; i < found.Count; i++) found[i] = Worded(database, places[i], found[i]);
        return Pages.Cut(found, query.Limit, () => new Cursor(Cursor.Polls, places[query.Limit - 1]));
    }

    private PollView Read(Statement row) => new()
    {
        Id = row.Id(1).ToString(),
        Index = Text(row, 0),
        Requester = row.Id(4).ToString(),
        Category = row.Text(5),
        Content = content(row.Id(6)),
        ContentHash = row.Id(6).ToString(),
        Options = (int)row.Number(7),
        Reward = row.Amount(8).ToString(),
        Payout = row.Text(9),
        Aggregation = row.Text(10),
        Voting = row.Text(11),
        Voters = row.Text(12),
        Sample = (int)row.Number(13),
        Minimum = (int)row.Number(14),
        Maximum = (int)row.Number(15),
        Confidence = (int)row.Number(16),
        Posted = Text(row, 17),
        Deadline = Text(row, 18),
        Format = row.Text(OutcomeAt + 9),
        Batch = row.IsNull(OutcomeAt + 10) ? null : row.Id(OutcomeAt + 10).ToString(),
        Number = row.SmallNumber(OutcomeAt + 11),
        Panel = row.SmallNumber(OutcomeAt + 22) is > 0 and var panel ? panel : null,
        Job = row.IsNull(OutcomeAt + 23) ? null : row.Id(OutcomeAt + 23).ToString(),
        Deposit = row.Amount(OutcomeAt + 12).ToString(),
        Pricing = row.Text(OutcomeAt + 13),
        Gold = row.Id(OutcomeAt + 14) is { IsZero: false } gold ? gold.ToString() : null,
        Quotas = row.Text(OutcomeAt + 15),
        Lease = Text(row, OutcomeAt + 16),
        Gather = row.Number(OutcomeAt + 21) > 0 ? Text(row, OutcomeAt + 21) : null,
        GoldAnswer = row.SmallNumber(OutcomeAt + 17),
        Inconclusive = row.Text(OutcomeAt + 20),
        State = row.Text(3),
        Votes = (int)row.Number(2),
        Outcome = row.IsNull(OutcomeAt) ? null : ReadOutcome(row),
    };

    private static PollOutcome ReadOutcome(Statement row) => new()
    {
        Index = Text(row, OutcomeAt),
        Moment = Text(row, OutcomeAt + 1),
        Reason = row.Text(OutcomeAt + 2),
        Answer = row.SmallNumber(OutcomeAt + 3),
        Confidence = row.Real(OutcomeAt + 4),
        Belief = row.Real(OutcomeAt + 18),
        GoldItems = (int)row.Number(OutcomeAt + 19),
        Plurality = row.SmallNumber(OutcomeAt + 5),
        Counts = MemoryMarshal.Cast<byte, int>(row.Bytes(OutcomeAt + 6)).ToArray(),
        Paid = row.Amount(OutcomeAt + 7).ToString(),
        Refunded = row.Amount(OutcomeAt + 8).ToString(),
    };

    private static string Text(Statement row, int column) => row.Number(column).ToString(CultureInfo.InvariantCulture);
}
