using ChainSpace.Client.Reading;
using ChainSpace.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ChainSpace.Web.Serving;

internal static class JobEndpoints
{
    private const int MostJobs = 200;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/s/{space}/jobs", JobsAsync);
        pages.MapGet("/s/{space}/jobs/{id}", JobAsync);
    }

    private static async Task<PageResult> JobsAsync(
        string space, string? state, string? account, ISpaceReader reader, CancellationToken cancellationToken)
    {
        if (await reader.SpaceAsync(space, cancellationToken) is not { } view) return Notices.NoSpace(space);

        JobFilter filter = new(Given(state), Given(account));
        Page<JobView> jobs = await reader.JobsAsync(view.Id, filter.State, filter.Account, MostJobs, cancellationToken);
        return new PageResult<JobsPage>(
            (nameof(JobsPage.Space), view), (nameof(JobsPage.Filter), filter), (nameof(JobsPage.Jobs), jobs));
    }

    private static async Task<PageResult> JobAsync(
        string space, string id, ISpaceReader reader, CancellationToken cancellationToken)
    {
        if (await reader.SpaceAsync(space, cancellationToken) is not { } view) return Notices.NoSpace(space);
        if (await reader.JobAsync(view.Id, id, cancellationToken) is not { } job)
            return Notices.NotFound("No such job", $"The space {view.Name} has no job with this id.");

        PartyView? party = await reader.PartyAsync(view.Id, job.Requester, cancellationToken);
        return new PageResult<JobPage>(
            (nameof(JobPage.Space), view), (nameof(JobPage.Job), job), (nameof(JobPage.Party), party));
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Which jobs a visitor wants to see, as it stands in the address.</summary>
public sealed record JobFilter(string? State, string? Account)
{
    public bool IsNone => State is null && Account is null;
}
