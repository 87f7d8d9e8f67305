using System.Net.ServerSentEvents;
using System.Globalization;
using System.Runtime.CompilerServices;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Spaces;
using ChainSpace.Node.Views.Reading;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>What happens in a space, as it happens; resumes where the reader left off.</summary>
internal static class FeedApi
{
    public static void MapFeed(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/spaces/{space}/feed", Feed).WithName("GetFeed").WithTags("feed")
        .WithSummary("Server-sent events, one for each entry; the id is its index, Last-Event-ID resumes.").ProducesProblem(404);

    private static Results<ServerSentEventsResult<FeedItem>, ProblemHttpResult> Feed(
        string space, long? after, SpaceDirectory spaces, HttpRequest request, CancellationToken cancellationToken)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        bool isResuming = long.TryParse(
            request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out long last);
        long known = isResuming ? last : after ?? host.Views.Position - 1;
        return TypedResults.ServerSentEvents(ReadAsync(host.Feed, Math.Max(-1, known), cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<FeedItem>> ReadAsync(
        Feed feed, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (FeedItem item in feed.FollowAsync(after, cancellationToken))
            yield return new SseItem<FeedItem>(item, "entry") { EventId = item.Index };
    }
}
