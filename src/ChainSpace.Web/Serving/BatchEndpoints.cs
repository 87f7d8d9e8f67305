using System.Text;
using ChainSpace.Client.Reading;
using ChainSpace.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChainSpace.Web.Serving;

internal static class BatchEndpoints
{
    private const int BatchesPerPage = 20;
    private const int ItemsPerPage = 50;
    private const int ItemsPerRead = 200;
    private const int SeatsShown = 100;

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/s/{space}/batches", BatchesAsync);
        pages.MapGet("/s/{space}/batches/{id}", BatchAsync);
        pages.MapGet("/s/{space}/batches/{id}/results.csv", FileAsync);
    }

    private static async Task<PageResult> BatchesAsync(
        string space, string? cursor, ISpaceReader reader, CancellationToken cancellationToken)
    {
        if (await reader.SpaceAsync(space, cancellationToken) is not { } view) return Notices.NoSpace(space);

        PageQuery query = new(Given(cursor), BatchesPerPage);
        Page<BatchView> batches = await reader.BatchesAsync(view.Id, query, cancellationToken);
        return new PageResult<BatchesPage>(
            (nameof(BatchesPage.Space), view), (nameof(BatchesPage.Batches), batches),
            (nameof(BatchesPage.HasPrevious), query.Cursor is not null));
    }

    private static async Task<PageResult> BatchAsync(
        string space, string id, [AsParameters] ItemFilter filter, ISpaceReader reader, CancellationToken cancellationToken)
    {
        if (await reader.SpaceAsync(space, cancellationToken) is not { } view) return Notices.NoSpace(space);
        if (await reader.BatchAsync(view.Id, id, cancellationToken) is not { } batch) return NoBatch(view);

        string? state = Given(filter.State);
        PollQuery query = new(state)
        {
            Batch = batch.Id,
            IsOldestFirst = true,
            Cursor = Given(filter.Cursor),
            Limit = ItemsPerPage,
        };
        Page<PollView> items = await reader.PollsAsync(view.Id, query, cancellationToken);
        Page<SeatView>? seats = batch.Sample == 0
            ? null
            : await reader.PanelAsync(view.Id, batch.Id, new PageQuery(Limit: SeatsShown), cancellationToken);
        return new PageResult<BatchPage>(
            (nameof(BatchPage.Space), view), (nameof(BatchPage.Batch), batch), (nameof(BatchPage.Items), items),
            (nameof(BatchPage.Chosen), state), (nameof(BatchPage.HasPrevious), query.Cursor is not null),
            (nameof(BatchPage.Seats), seats));
    }

    // Sent as it is read, so that a batch of any size takes the memory of one page of it.
    private static async Task<IResult> FileAsync(
        string space, string id, ISpaceReader reader, CancellationToken cancellationToken)
    {
        if (await reader.SpaceAsync(space, cancellationToken) is not { } view) return Notices.NoSpace(space);
        if (await reader.BatchAsync(view.Id, id, cancellationToken) is not { } batch) return NoBatch(view);
        return TypedResults.Stream(
            target => WriteAsync(target, view, batch, reader, cancellationToken),
            "text/csv; charset=utf-8", $"batch-{batch.Id[..10]}.csv");
    }

    private static async Task WriteAsync(
        Stream target, SpaceView space, BatchView batch, ISpaceReader reader, CancellationToken cancellationToken)
    {
        PollQuery query = new() { Batch = batch.Id, IsOldestFirst = true, Limit = ItemsPerRead };
        await target.WriteAsync(Encoding.UTF8.GetBytes(ResultLines.Header + "\n"), cancellationToken);
        do
        {
            Page<PollView> items = await reader.PollsAsync(space.Id, query, cancellationToken);
            string lines = string.Concat(items.Data.Select(static item => ResultLines.Of(item) + "\n"));
            await target.WriteAsync(Encoding.UTF8.GetBytes(lines), cancellationToken);
            query = query with { Cursor = items.NextCursor };
        }
        while (query.Cursor is not null);
    }

    private static PageResult NoBatch(SpaceView space) =>
        Notices.NotFoundIn(space, "No such batch", $"The space {space.Name} has no batch with this id.");

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Which items of a batch, as it stands in the address.</summary>
public sealed record ItemFilter(string? State, string? Cursor);
