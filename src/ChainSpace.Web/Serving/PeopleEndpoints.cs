using ChainSpace.Client.Reading;
using ChainSpace.Web.Pages;
using ChainSpace.Web.Wording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChainSpace.Web.Serving;

internal static class PeopleEndpoints
{
    public static void Map(RouteGroupBuilder pages) => pages.MapGet("/s/{space}/people", PeopleAsync);

    private static async Task<PageResult> PeopleAsync(
        string space, [AsParameters] PeopleFilter filter, ISpaceReader reader, CancellationToken cancellationToken)
    {
        if (await reader.SpaceAsync(space, cancellationToken) is not { } view) return Notices.NoSpace(space);

        Page<PersonView>? found = filter.Json() is { } json
            ? await reader.PeopleAsync(view.Id, json, cancellationToken)
            : null;
        return new PageResult<PeoplePage>(
            (nameof(PeoplePage.Space), view), (nameof(PeoplePage.Filter), filter), (nameof(PeoplePage.Found), found));
    }
}
