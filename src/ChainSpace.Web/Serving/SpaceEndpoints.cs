using ChainSpace.Client.Reading;
using ChainSpace.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChainSpace.Web.Serving;

internal static class SpaceEndpoints
{
    private const int PollsPerPage = 20;
    private const int NewestShown = 3;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/", HomeAsync);
        pages.MapGet("/s/{space}", SpaceAsync);
    }

    private static async Task<PageResult> HomeAsync(ISpaceReader reader, CancellationToken cancellationToken)
    {
        Page<SpaceView> spaces = await reader.SpacesAsync(cancellationToken);
        return new PageResult<HomePage>((nameof(HomePage.Spaces), spaces.Data));
    }

    private static async Task<PageResult> SpaceAsync(
        string space, [AsParameters] PollFilter filter, ISpaceReader reader, CancellationToken cancellationToken)
    {
        if (await reader.SpaceAsync(space, cancellationToken) is not { } view) return Notices.NoSpace(space);

        PollFilter given = filter.WithoutEmpty();
        PollQuery query = new(given.State, given.Category, given.Requester)
        {
            Batch = given.Items is null ? PollQuery.NoBatch : null,
            Cursor = given.Cursor,
            Limit = PollsPerPage,
        };
        Page<PollView> polls = await reader.PollsAsync(view.Id, query, cancellationToken);
        // What else is new stands beside the first page of all polls only.
        bool isFront = given is { IsNone: true, Cursor: null };
        Page<BatchView> batches = isFront
            ? await reader.BatchesAsync(view.Id, new PageQuery(Limit: NewestShown), cancellationToken)
            : new([], null);
        Page<JobView> jobs = isFront
            ? await reader.JobsAsync(view.Id, new JobQuery { Limit = NewestShown }, cancellationToken)
            : new([], null);
        return new PageResult<SpacePage>(
            (nameof(SpacePage.Space), view), (nameof(SpacePage.Filter), given), (nameof(SpacePage.Polls), polls),
            (nameof(SpacePage.Batches), batches.Data), (nameof(SpacePage.Jobs), jobs.Data));
    }
}

/// <summary>Which polls a visitor wants to see, as it stands in the address. Forms send what was left blank as empty.</summary>
/// <param name="Items">Anything: also the items of batches, among which the others would be hard to find.</param>
public sealed record PollFilter(string? State, string? Category, string? Requester, string? Items, string? Cursor)
{
    public bool IsNone => State is null && Category is null && Requester is null && Items is null;

    internal PollFilter WithoutEmpty() =>
        new(Given(State), Given(Category), Given(Requester), Given(Items), Given(Cursor));

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
