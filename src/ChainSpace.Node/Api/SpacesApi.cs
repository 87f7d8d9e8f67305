using ChainSpace.Client.Reading;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
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
        group.MapGet("/{space}/polls", Polls).WithName("ListPolls")
            .WithSummary("Polls, newest first.").ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/{space}/polls/{poll}", PollAsync).WithName("GetPoll").WithSummary("One poll.").ProducesProblem(404);
        group.MapGet("/{space}/polls/{poll}/votes", Votes).WithName("ListVotes")
            .WithSummary("The votes of a poll, in order, as far as they are public.").ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<Ok<Page<SpaceView>>> SpacesAsync(ISpaceReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reader.SpacesAsync(cancellationToken));

    private static async Task<Results<Ok<SpaceView>, ProblemHttpResult>> SpaceAsync(
        string space, ISpaceReader reader, CancellationToken cancellationToken) =>
        await reader.SpaceAsync(space, cancellationToken) is { } view
            ? TypedResults.Ok(view)
            : Problems.UnknownSpace;

    private static Results<Ok<Page<PollView>>, ProblemHttpResult> Polls(
        string space, [AsParameters] PollListQuery query, SpaceDirectory spaces) =>
        spaces.Find(space) is { } host ? Lists.Result(host.Reader.Polls(query.ToPollQuery())) : Problems.UnknownSpace;

    private static async Task<Results<Ok<PollView>, ProblemHttpResult>> PollAsync(
        string space, string poll, ISpaceReader reader, CancellationToken cancellationToken) =>
        await reader.PollAsync(space, poll, cancellationToken) is { } view
            ? TypedResults.Ok(view)
            : Problems.NotFound("unknown_poll", "There is no such poll in this space.");

    private static Results<Ok<Page<VoteView>>, ProblemHttpResult> Votes(
        string space, string poll, [AsParameters] ListQuery query, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Bytes32.TryParse(poll, out Bytes32 id) && host.Reader.Poll(new TaskId(id)) is not null
            ? Lists.Result(host.Reader.Votes(new TaskId(id), query.ToPageQuery()))
            : Problems.NotFound("unknown_poll", "There is no such poll in this space.");
    }
}
