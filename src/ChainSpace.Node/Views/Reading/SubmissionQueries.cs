using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Views.Reading;

// What was handed in for a job, part by part, in its order.
internal static class SubmissionQueries
{
    // The last submission of a part that is over without a word on it: others were chosen.
    private const string PassedOver = "passed-over";

    public static JobView With(ViewDatabase database, JobView job)
    {
        ILookup<string, (SubmissionView View, int Submitted)> found = Read(database, Bytes32.Parse(job.Id))
            .ToLookup(static each => each.Worker, static each => (each.View, each.Submitted));
        return job with { Assignments = [.. job.Assignments.Select(part => With(part, [.. found[part.Worker]]))] };
    }

    private static AssignmentView With(AssignmentView part, (SubmissionView View, int Submitted)[] found)
    {
        if (found.Length == 0) return part;
        SubmissionView[] views = [.. found.Select(static each => each.View)];
        if (views[^1].State.Length == 0) views[^1] = views[^1] with { State = StateOf(part) };
        return part with { Submissions = views, Submitted = found[0].Submitted };
    }

    private static string StateOf(AssignmentView part) => part.Phase == "done" ? PassedOver : part.Phase;

    private static List<(string Worker, SubmissionView View, int Submitted)> Read(ViewDatabase database, Bytes32 job)
    {
        Statement rows = database.On("""
                SELECT worker, idx, now, milestone, work, passed, reason, hearing, state, percent, total FROM (
                  SELECT *, count(*) OVER part AS total, row_number() OVER (part ORDER BY idx DESC) AS place
                  FROM submission WHERE job = ?1 WINDOW part AS (PARTITION BY worker))
                WHERE place <= ?2 ORDER BY worker, idx
                """)
            .Bind(1, job).Bind(2, AssignmentView.MostSubmissions);
        List<(string, SubmissionView, int)> found = [];
        while (rows.Step()) found.Add((rows.Id(0).ToString(), View(rows), (int)rows.Number(10)));
        return found;
    }

    private static SubmissionView View(Statement row) => new()
    {
        Index = Text(row, 1),
        Moment = Text(row, 2),
        Milestone = (int)row.Number(3),
        Work = row.Id(4).ToString(),
        IsPassed = row.IsNull(5) ? null : row.Number(5) == 1,
        Reason = row.IsNull(6) ? null : row.Text(6),
        Case = row.IsNull(7) ? null : row.Id(7).ToString(),
        State = row.IsNull(8) ? "" : row.Text(8),
        Percent = row.SmallNumber(9),
    };

    private static string Text(Statement row, int column) => row.Number(column).ToString(CultureInfo.InvariantCulture);
}
