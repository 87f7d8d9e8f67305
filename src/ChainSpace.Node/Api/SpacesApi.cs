using ChainSpace.Client.Reading;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>Spaces, polls, votes: what a visitor looks at.</summary>
internal static class SpacesApi
{
    public static void MapSpaces(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/spaces").WithTags("spaces");
        group.MapGet("", SpacesAsync).WithName("ListSpaces").WithSummary("The spaces of this node.");
        group.MapGet("/{space}", SpaceAsync).WithName("GetSpace").WithSummary("One space, by id or name.").ProducesProblem(404);
        group.MapGet("/{space}/polls", PollsAsync).WithName("ListPolls")
            .WithSummary("Polls, newest first.").ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/{space}/polls/{poll}", PollAsync).WithName("GetPoll").WithSummary("One poll.").ProducesProblem(404);
        group.MapGet("/{space}/polls/{poll}/votes", VotesAsync).WithName("ListVotes")
            .WithSummary("The votes of a poll, in order, as far as they are public.").ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<Ok<Page<SpaceView>>> SpacesAsync(ISpaceReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.SpacesAsync(cancellationToken));

    private static async Task<Results<Ok<SpaceView>, ProblemHttpResult>> SpaceAsync(
        string space, ISpaceReader reader, CancellationToken cancellationToken) =>
        await reader.SpaceAsync(space, cancellationToken) is { } view
            ? TypedResults.Ok(view)
            : Problems.NotFound("unknown_space", "There is no such space on this node.");

    private static async Task<Results<Ok<Page<PollView>>, ProblemHttpResult>> PollsAsync(
        string space, [AsParameters] PollListQuery query, ISpaceReader reader, CancellationToken cancellationToken)
    {
        if (await reader.SpaceAsync(space, cancellationToken) is null)
            return Problems.NotFound("unknown_space", "There is no such space on this node.");
        return TypedResults.Ok(await reader.PollsAsync(space, query.ToPollQuery(), cancellationToken));
    }

    private static async Task<Results<Ok<PollView>, ProblemHttpResult>> PollAsync(
        string space, string poll, ISpaceReader reader, CancellationToken cancellationToken) =>
        await reader.PollAsync(space, poll, cancellationToken) is { } view
            ? TypedResults.Ok(view)
            : Problems.NotFound("unknown_poll", "There is no such poll in this space.");

    private static async Task<Results<Ok<Page<VoteView>>, ProblemHttpResult>> VotesAsync(
        string space, string poll, [AsParameters] ListQuery query, ISpaceReader reader, CancellationToken cancellationToken)
    {
        if (await reader.PollAsync(space, poll, cancellationToken) is null)
            return Problems.NotFound("unknown_poll", "There is no such poll in this space.");
        return TypedResults.Ok(await reader.VotesAsync(space, poll, query.ToPageQuery(), cancellationToken));
    }
}

/// <summary>Where a list goes on, and how much of it to send (1 to 200; default 50).</summary>
internal readonly record struct ListQuery(string? Cursor, int? Limit)
{
    public PageQuery ToPageQuery() => new(Cursor, Math.Clamp(Limit ?? 50, 1, 200));
}

/// <summary>Which polls.</summary>
internal readonly record struct PollListQuery(string? State, string? Category, string? Requester, string? Cursor, int? Limit)
{
    public PollQuery ToPollQuery() =>
        new(State, Category, Requester) { Cursor = Cursor, Limit = Math.Clamp(Limit ?? 50, 1, 200) };
}
