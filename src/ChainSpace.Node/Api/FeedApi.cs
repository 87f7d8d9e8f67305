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
    private const int HeartbeatSeconds = 15;

    private static readonly ReadOnlyMemory<byte> Heartbeat = ": \n\n"u8.ToArray();

    public static void MapFeed(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/spaces/{space}/feed", Feed).WithName("GetFeed").WithTags("feed")
        .WithSummary("Server-sent events, one for each entry; the id is its index, Last-Event-ID resumes.").ProducesProblem(404);

    private static Results<ServerSentEventsResult<FeedItem>, ProblemHttpResult> Feed(
        string space, long? after, SpaceDirectory spaces, HttpRequest request, CancellationToken cancellationToken)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        bool isResuming = long.TryParse(
            request.Headers["Last-Event-ID"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long last);
        long known = Math.Max(-1, isResuming ? last : after ?? host.Views.Position - 1);
        return TypedResults.ServerSentEvents(
            ReadAsync(host.Feed, known, request.HttpContext.Response, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<FeedItem>> ReadAsync(
        Feed feed, long after, HttpResponse response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A reader knows that it is connected before anything happens, and that it still is while nothing does.
        await response.Body.FlushAsync(cancellationToken);
        IAsyncEnumerable<FeedItem> following = feed.FollowAsync(after, cancellationToken);
        await using IAsyncEnumerator<FeedItem> items = following.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            Task<bool> next = items.MoveNextAsync().AsTask();
            while (await Task.WhenAny(next, Pause(cancellationToken)) != next)
            {
                await response.Body.WriteAsync(Heartbeat, cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
            }

            if (!await next) yield break;
            yield return new SseItem<FeedItem>(items.Current, "entry") { EventId = items.Current.Index };
        }
    }

    private static Task Pause(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromSeconds(HeartbeatSeconds), TimeProvider.System, cancellationToken);
}
