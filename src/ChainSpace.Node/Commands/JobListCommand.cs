using System.CommandLine;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary><c>chainspace job list</c>: jobs, newest first, a page at a time.</summary>
internal static class JobListCommand
{
    private const uint Shown = 50;

    public static Command Create()
    {
        Option<string?> state = new("--state") { Description = "Only open or only ended ones." };
        Option<string?> account = new("--account")
        {
            Description = "Only those this account posted or has a part in: an id, or one of your keys.",
        };
        PageOptions pages = new(Shown);
        Command command = new("list", "List jobs, newest first. Example: chainspace job list --state open")
        {
            state, account,
        };
        foreach (Option option in pages.All) command.Options.Add(option);
        command.AddReading();
        command.Does(async (parsed, cancellationToken) =>
        {
            string? who = parsed.GetValue(account) is { } named ? RevokeCommand.AccountOf(named).ToString() : null;
            PageQuery page = pages.Read(parsed);
            JobQuery query = new(parsed.GetValue(state), who) { Cursor = page.Cursor, Limit = page.Limit };
            using NodeVisit visit = await NodeVisit.OpenAsync(parsed, cancellationToken);
            Page<JobView> jobs = await visit.Client.JobsAsync(visit.Space.Id, query, cancellationToken);
            if (parsed.GetValue<bool>(NodeOption.Json)) Screen.Json(jobs, ClientJson.Default.PageJobView);
            else Draw(jobs, visit.Space);
        });
        return command;
    }

    private static void Draw(Page<JobView> jobs, SpaceView space)
    {
        if (jobs.Data.Count == 0) Screen.Line($"There are no jobs like this.");
        foreach (JobView job in jobs.Data) Screen.Line($"{JobPicture.Line(job, space)}");
        PageOptions.SayMore(jobs);
    }
}
