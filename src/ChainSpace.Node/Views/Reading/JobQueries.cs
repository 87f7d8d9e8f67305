using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Views.Reading;

/// <summary>Jobs and what is known of their parties, from the views.</summary>
/// <param name="content">Finds content by its salted hash; null where it is unknown or erased.</param>
public sealed class JobQueries(ViewStore views, Func<Bytes32, PollContent?> content)
{
    /// <summary>Most jobs of a list.</summary>
    public const int Limit = 200;

    /// <summary>Adds what the views do not know: how work did in hidden tests. Default nothing.</summary>
    public Func<JobView, JobView> Complete { get; init; } = static job => job;

    /// <summary>The newest jobs, at most 200: all, those of a state, or those an account posted or has a part in.</summary>
    public IReadOnlyList<JobView> List(string? state, AccountId? account, int limit = Limit) => views.Readers.Read(database =>
    {
        List<JobView> found = [];
        Statement rows = account is { } party
            ? database.On("""
                SELECT view, content, id FROM job WHERE (requester = ?1 OR id IN (SELECT job FROM part WHERE worker = ?1))
                AND state LIKE ?2 ORDER BY idx DESC LIMIT ?3
                """).Bind(1, party.Value)
            : database.On("SELECT view, content, id FROM job WHERE state LIKE ?2 ORDER BY idx DESC LIMIT ?3");
        rows.Bind(2, state ?? "%").Bind(3, Math.Clamp(limit, 1, Limit));
        while (rows.Step()) found.Add(Read(rows));
        rows.Reset();
        return found;
    });

    /// <summary>One job with its decisions; null where there is none of this id.</summary>
    public JobView? Find(TaskId job) => views.Readers.Read(database =>
    {
        Statement row = database.On("SELECT view, content, id FROM job WHERE id = ?1").Bind(1, job.Value);
        JobView? found = row.Step() ? Read(row) : null;
        row.Reset();
        return found is null ? null : found with { Decisions = Decisions(database, job) };
    });

    /// <summary>Null for an account that has not been a party to jobs.</summary>
    public PartyView? Party(AccountId account) => views.Readers.Read(database =>
    {
        Statement row = database.On("SELECT view FROM party WHERE account = ?1").Bind(1, account.Value);
        PartyView? found = row.Step() ? JsonSerializer.Deserialize(row.Text(0), ClientJson.Default.PartyView) : null;
        row.Reset();
        return found;
    });

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
