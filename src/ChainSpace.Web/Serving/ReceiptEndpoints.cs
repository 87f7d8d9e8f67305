using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChainSpace.Web.Serving;

internal static class ReceiptEndpoints
{
    public static void Map(RouteGroupBuilder pages) => pages.MapGet("/s/{space}/receipts/{index}", ReceiptAsync);

    private static async Task<PageResult> ReceiptAsync(
        string space, string index, ISpaceReader reader, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await reader.SpaceAsync(space, cancellationToken) is not { } view) return Notices.NoSpace(space);
        if (!long.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out long place)) return NoEntry(view, index);
        if (await reader.ReceiptAsync(view.Id, place, cancellationToken) is { } receipt)
            return new PageResult<ReceiptPage>(
                (nameof(ReceiptPage.Space), view), (nameof(ReceiptPage.Receipt), receipt));
        if (!IsWritten(view, place)) return NoEntry(view, index);

        response.Headers.RetryAfter = "2";
        return NotYet(view, place);
    }

    private static bool IsWritten(SpaceView space, long place) =>
        long.TryParse(space.Size, NumberStyles.None, CultureInfo.InvariantCulture, out long size) && place < size;

    private static PageResult NoEntry(SpaceView space, string index) => Notices.NotFoundIn(
        space,
        "No such entry", $"The journal of {space.Name} has {space.Size} entries, counted from 0; there is none at {index}.");

    private static PageResult NotYet(SpaceView space, long place) => Notices.Notice(
        StatusCodes.Status404NotFound,
        new()
        {
            Title = "The receipt is being made",
            Detail = $"Entry {place} is in the journal. Its receipt is complete as soon as the next checkpoint is signed, "
                + "usually within a few seconds.",
            BackAddress = Addresses.Receipt(space, place.ToString(CultureInfo.InvariantCulture)),
            BackLabel = "Look again",
        });
}
