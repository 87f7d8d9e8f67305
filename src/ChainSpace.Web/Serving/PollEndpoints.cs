using ChainSpace.Client.Reading;
using ChainSpace.Web.Pages;
using ChainSpace.Web.Wording;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ChainSpace.Web.Serving;

internal static class PollEndpoints
{
    private const int VotesPerPage = 50;
    private const int SeatsShown = 100;

    public static void Map(RouteGroupBuilder pages) => pages.MapGet("/s/{space}/polls/{id}", PollAsync);

    private static async Task<PageResult> PollAsync(
        string space, string id, string? cursor, ISpaceReader reader, CancellationToken cancellationToken)
    {
        if (await reader.SpaceAsync(space, cancellationToken) is not { } view) return Notices.NoSpace(space);
        if (await reader.PollAsync(view.Id, id, cancellationToken) is not { } poll)
            return Notices.NotFoundIn(view, "No such poll", $"The space {view.Name} has no poll with this id.");

        PageQuery query = new(string.IsNullOrEmpty(cursor) ? null : cursor, VotesPerPage);
        Page<VoteView>? votes = IsHidden(poll) ? null : await reader.VotesAsync(view.Id, id, query, cancellationToken);
        Page<SeatView>? seats = poll.Sample == 0
            ? null
            : await reader.SeatsAsync(view.Id, id, new PageQuery(Limit: SeatsShown), cancellationToken);
        BatchView? batch = poll.Batch is null ? null : await reader.BatchAsync(view.Id, poll.Batch, cancellationToken);
        JobView? job = poll.Job is null ? null : await reader.JobAsync(view.Id, poll.Job, cancellationToken);
        return new PageResult<PollPage>(
            (nameof(PollPage.Space), view), (nameof(PollPage.Poll), poll), (nameof(PollPage.Votes), votes),
            (nameof(PollPage.Seats), seats), (nameof(PollPage.Batch), batch), (nameof(PollPage.Job), job),
            (nameof(PollPage.HasPrevious), query.Cursor is not null));
    }

    // Nothing of a sealed poll is asked for before it has ended, so nothing can be shown by mistake.
    private static bool IsHidden(PollView poll) => PollWords.IsSealed(poll) && !PollWords.IsOver(poll);
}
