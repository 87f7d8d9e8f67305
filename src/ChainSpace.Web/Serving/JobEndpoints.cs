using ChainSpace.Client.Reading;
using ChainSpace.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChainSpace.Web.Serving;

internal static class JobEndpoints
{
    private const int JobsPerPage = 20;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/s/{space}/jobs", JobsAsync);
        pages.MapGet("/s/{space}/jobs/{id}", JobAsync);
    }

    private static async Task<PageResult> JobsAsync(
        string space, [AsParameters] JobFilter filter, ISpaceReader reader, CancellationToken cancellationToken)
    {
        if (await reader.SpaceAsync(space, cancellationToken) is not { } view) return Notices.NoSpace(space);

        JobFilter given = filter.WithoutEmpty();
        JobQuery query = new(given.State, given.Account) { Cursor = given.Cursor, Limit = JobsPerPage };
        Page<JobView> jobs = await reader.JobsAsync(view.Id, query, cancellationToken);
        return new PageResult<JobsPage>(
            (nameof(JobsPage.Space), view), (nameof(JobsPage.Filter), given), (nameof(JobsPage.Jobs), jobs));
    }

    private static async Task<PageResult> JobAsync(
        string space, string id, ISpaceReader reader, CancellationToken cancellationToken)
    {
        if (await reader.SpaceAsync(space, cancellationToken) is not { } view) return Notices.NoSpace(space);
        if (await reader.JobAsync(view.Id, id, cancellationToken) is not { } job)
            return Notices.NotFoundIn(view, "No such job", $"The space {view.Name} has no job with this id.");

        PartyView? party = await reader.PartyAsync(view.Id, job.Requester, cancellationToken);
        return new PageResult<JobPage>(
            (nameof(JobPage.Space), view), (nameof(JobPage.Job), job), (nameof(JobPage.Party), party));
    }
}

/// <summary>Which jobs a visitor wants to see, as it stands in the address. Forms send what was left blank as empty.</summary>
public sealed record JobFilter(string? State, string? Account, string? Cursor)
{
    public bool IsNone => State is null && Account is null;

    internal JobFilter WithoutEmpty() => new(Given(State), Given(Account), Given(Cursor));

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
