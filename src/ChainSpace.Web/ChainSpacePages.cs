using ChainSpace.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ChainSpace.Web;

/// <summary>
/// The pages people read: plain HTML rendered on the server, no circuit and no state. The host supplies an
/// <see cref="Client.Reading.ISpaceReader"/>, and the paths under /v1 that downloads, feed and receipt check ask for.
/// </summary>
public static class ChainSpacePages
{
    public static IServiceCollection AddChainSpacePages(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services;
    }

    /// <summary>Maps <c>/</c>, everything under <c>/s/</c>, and the pages' own files under <c>/assets/</c>.</summary>
    public static IEndpointRouteBuilder MapChainSpacePages(this IEndpointRouteBuilder endpoints)
    {
        AssetEndpoints.Map(endpoints);

        RouteGroupBuilder pages = endpoints.MapGroup("").ExcludeFromDescription();
        pages.AddEndpointFilter<PageFilter>();
        SpaceEndpoints.Map(pages);
        PollEndpoints.Map(pages);
        BatchEndpoints.Map(pages);
        JobEndpoints.Map(pages);
        AccountEndpoints.Map(pages);
        PeopleEndpoints.Map(pages);
        ReceiptEndpoints.Map(pages);
        pages.MapGet("/s/{**rest}", () => Notices.NotFound("There is no such page", "The address leads nowhere on this node."));
        return endpoints;
    }
}
