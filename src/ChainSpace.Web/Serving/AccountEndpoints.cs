using ChainSpace.Client.Reading;
using ChainSpace.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ChainSpace.Web.Serving;

internal static class AccountEndpoints
{
    private const int EntriesPerPage = 25;

    public static void Map(RouteGroupBuilder pages) => pages.MapGet("/s/{space}/accounts/{id}", AccountAsync);

    private static async Task<PageResult> AccountAsync(
        string space, string id, string? cursor, ISpaceReader reader, CancellationToken cancellationToken)
    {
        if (await reader.SpaceAsync(space, cancellationToken) is not { } view) return Notices.NoSpace(space);
        if (await reader.AccountAsync(view.Id, id, cancellationToken) is not { } account)
            return Notices.NotFoundIn(view, "No such account", $"No account with this id has registered in {view.Name}.");

        PageQuery query = new(string.IsNullOrEmpty(cursor) ? null : cursor, EntriesPerPage);
        Page<HistoryItem> history = await reader.HistoryAsync(view.Id, id, query, cancellationToken);
        ProfileView? profile = await reader.ProfileAsync(view.Id, id, cancellationToken);
        return new PageResult<AccountPage>(
            (nameof(AccountPage.Space), view), (nameof(AccountPage.Account), account), (nameof(AccountPage.History), history),
            (nameof(AccountPage.Profile), profile));
    }
}
