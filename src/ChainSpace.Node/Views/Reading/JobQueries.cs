using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Rules;

namespace ChainSpace.Node.Views.Reading;

/// <summary>Jobs and what is known of their parties, from the views.</summary>
/// <param name="content">Finds content by its salted hash; null where it is unknown or erased.</param>
public sealed class JobQueries(ViewStore views, Func<Bytes32, PollContent?> content)
{
    /// <summary>Adds what the views do not know: how work did in hidden tests. Default nothing.</summary>
    public Func<JobView, JobView> Complete { get; init; } = static job => job;

    /// <summary>Jobs, newest first.</summary>
    public Ruling<Page<JobView>, QueryRefusal> List(JobQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        long before = long.MaxValue;
        if (Cursor.TryRead(query, Cursor.Jobs, ref before) is { } refusal) return refusal;
        if (query.Account is { } account && !Bytes32.TryParse(account, out _)) return new QueryRefusal.BadFilter("account");
        return views.Readers.Read(database => List(database, query, before));
    }

    /// <summary>One job with its decisions and all that was handed in; null where there is none of this id.</summary>
    public JobView? Find(TaskId job) => views.Readers.Read(database =>
    {
        Statement row = database.On("SELECT view, content FROM job WHERE id = ?1").Bind(1, job.Value);
        JobView? found = row.Step() ? Read(row) : null;
        row.Reset();
        return found is null ? null : SubmissionQueries.With(database, found with { Decisions = Decisions(database, job) });
    });

    /// <summary>Null for an account that has not been a party to jobs.</summary>
    public PartyView? Party(AccountId account) => views.Readers.Read(database =>
    {
        Statement row = database.On("SELECT view FROM party WHERE account = ?1").Bind(1, account.Value);
        PartyView? found = row.Step() ? JsonSerializer.Deserialize(row.Text(0), ClientJson.Default.PartyView) : null;
        row.Reset();
        return found;
    });

    // Those posted before an entry. Few accounts are in many jobs, so theirs are looked up first.
    private Page<JobView> List(ViewDatabase database, JobQuery query, long before)
    {
        string filter = (query.State is null ? "" : " AND state = ?3")
            + (query.Account is null
                ? ""
                : " AND id IN (SELECT job FROM part WHERE worker = ?4 UNION SELECT id FROM job WHERE requester = ?4)");
        Statement rows = database
            .On($"SELECT view, content, idx FROM job WHERE idx < ?1{filter} ORDER BY idx DESC LIMIT ?2")
            .Bind(1, before).Bind(2, query.Limit + 1);
        if (query.State is { } state) rows.Bind(3, state);
        if (query.Account is { } account) rows.Bind(4, Bytes32.Parse(account));
        List<JobView> found = [];
        List<long> places = [];
        while (rows.Step())
        {
            found.Add(Read(rows));
            places.Add(rows.Number(2));
        }

        return Pages.Cut(found, query.Limit, () => new Cursor(Cursor.Jobs, places[query.Limit - 1]));
    }

    private JobView Read(Statement row) =>
        Complete(JsonSerializer.Deserialize(row.Text(0), ClientJson.Default.JobView)! with { Content = content(row.Id(1)) });

    private static List<DecisionView> Decisions(ViewDatabase database, TaskId job)
    {
        List<DecisionView> found = [];
        Statement rows = database.On("SELECT view FROM decision WHERE job = ?1 ORDER BY rowid").Bind(1, job.Value);
        while (rows.Step()) found.Add(JsonSerializer.Deserialize(rows.Text(0), ClientJson.Default.DecisionView)!);
        rows.Reset();
        return found;
    }
}
