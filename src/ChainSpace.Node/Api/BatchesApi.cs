using ChainSpace.Client.Reading;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChainSpace.Node.Api;

/// <summary>Batches; their items are polls, asked for with <c>polls?batch=</c>.</summary>
internal static class BatchesApi
{
    public static void MapBatches(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/v1/spaces/{space}/batches").WithTags("batches");
        group.MapGet("", Batches).WithName("ListBatches")
            .WithSummary("Batches, newest first.").ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/{batch}", Batch).WithName("GetBatch")
            .WithSummary("One batch, with how many of its items are in each state.").ProducesProblem(404);
        group.MapGet("/{batch}/seats", Seats).WithName("ListPanel")
            .WithSummary("Who was drawn to answer all items of a batch.").ProducesProblem(400).ProducesProblem(404);
    }

    private static Results<Ok<Page<SeatView>>, ProblemHttpResult> Seats(
        string space, string batch, [AsParameters] ListQuery query, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Bytes32.TryParse(batch, out Bytes32 id) && host.Reader.Batch(new TaskId(id)) is not null
            ? Lists.Result(host.Reader.Panel(new TaskId(id), query.ToPageQuery()))
            : Problems.NotFound("unknown_batch", "There is no such batch in this space.");
    }

    private static Results<Ok<Page<BatchView>>, ProblemHttpResult> Batches(
        string space, [AsParameters] ListQuery query, SpaceDirectory spaces) =>
        spaces.Find(space) is { } host ? Lists.Result(host.Reader.Batches(query.ToPageQuery())) : Problems.UnknownSpace;

    private static Results<Ok<BatchView>, ProblemHttpResult> Batch(string space, string batch, SpaceDirectory spaces)
    {
        if (spaces.Find(space) is not { } host) return Problems.UnknownSpace;
        return Bytes32.TryParse(batch, out Bytes32 id) && host.Reader.Batch(new TaskId(id)) is { } view
            ? TypedResults.Ok(view)
            : Problems.NotFound("unknown_batch", "There is no such batch in this space.");
    }
}
