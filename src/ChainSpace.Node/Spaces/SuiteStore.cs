using System.Text.Json;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Eligibility;
using ChainSpace.Node.Sandbox.Suites;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Spaces;

/// <summary>
/// Hidden tests of jobs by their hash, and what they said of the newest work of each worker. Apart from the other contents,
/// which anybody reads by their hash. What is lost here the requester can hand in again. Thread-safe.
/// </summary>
internal sealed class SuiteStore(string directory)
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS suite(hash BLOB PRIMARY KEY, json BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS checked(job BLOB NOT NULL, worker BLOB NOT NULL, work BLOB NOT NULL,
          passed INTEGER NOT NULL, failed INTEGER NOT NULL, fault TEXT NOT NULL, verdict TEXT NOT NULL,
          PRIMARY KEY (job, worker)) STRICT, WITHOUT ROWID;
        """;

    private readonly SideDatabase database = new(Path.Combine(directory, "tests.db"), Tables);

    /// <summary>Keeps a suite, spelled our way: other spellings have the same hash.</summary>
    public void Put(TestSuite suite) => database.Write(
        "INSERT OR IGNORE INTO suite VALUES ($0, $1)",
        suite.Hash.ToArray(), JsonSerializer.SerializeToUtf8Bytes(suite, SuiteJson.Default.TestSuite));

    /// <summary>A suite's JSON; null where it was not handed in.</summary>
    public byte[]? Find(Bytes32 hash) => database.Read(
        "SELECT json FROM suite WHERE hash = $0", static row => (byte[])row[0], hash.ToArray()).SingleOrDefault();

    /// <summary>Keeps what came of a check, in place of what the worker's earlier work came to.</summary>
    public void Put(TaskId job, AccountId worker, KeptCheck check) => database.Write(
        "INSERT OR REPLACE INTO checked VALUES ($0, $1, $2, $3, $4, $5, $6)",
        job.Value.ToArray(), worker.Value.ToArray(), check.Work.ToArray(),
        check.Passed, check.Failed, check.Fault, check.Verdict);

    /// <summary>The job with what its tests said of each submission that is in hand.</summary>
    public JobView Show(JobView job)
    {
        if (job.Content?.Tests is null) return job;
        IReadOnlyDictionary<string, KeptCheck> checks = Of(new TaskId(Bytes32.Parse(job.Id)));
        return job with { Assignments = [.. job.Assignments.Select(each => each with { Check = CheckOf(job, each, checks) })] };
    }

    // Names of tests are hidden as well, and a verdict's hash could be tried out for a few of them.
    private static CheckView? CheckOf(JobView job, AssignmentView part, IReadOnlyDictionary<string, KeptCheck> checks)
    {
        if (checks.GetValueOrDefault(part.Worker) is not { } check || check.Work.ToString() != part.Work) return null;
        return new CheckView(check.Passed, check.Failed)
        {
            Fault = check.Fault.Length == 0 ? null : check.Fault,
            Verdict = job.State == "ended" && check.Verdict.Length > 0 ? check.Verdict : null,
        };
    }

    private Dictionary<string, KeptCheck> Of(TaskId job) => database.Read(
        "SELECT worker, work, passed, failed, fault, verdict FROM checked WHERE job = $0",
        static row => (
            Worker: Bytes32.Read((byte[])row[0]).ToString(),
            Check: new KeptCheck(Bytes32.Read((byte[])row[1]), row.GetInt32(2), row.GetInt32(3))
            {
                Fault = row.GetString(4),
                Verdict = row.GetString(5),
            }),
        job.Value.ToArray()).ToDictionary(static each => each.Worker, static each => each.Check);
}

/// <summary>What came of checking one submission.</summary>
/// <param name="Work">Its salted hash.</param>
/// <param name="Passed">Tests that went well.</param>
/// <param name="Failed">All others.</param>
internal sealed record KeptCheck(Bytes32 Work, int Passed, int Failed)
{
    /// <summary>Why it could not be run; empty where it was.</summary>
    public string Fault { get; init; } = "";

    /// <summary>Hash of the verdict; empty where it could not be run.</summary>
    public string Verdict { get; init; } = "";
}
