using ChainSpace.Client.Reading;
using ChainSpace.Node.Commands.Terminal;

namespace ChainSpace.Node.Commands;

/// <summary>A poll, or a batch, whose voters are drawn, as the node shows it.</summary>
/// <param name="Sample">Seats to be drawn; 0: none.</param>
/// <param name="IsBatch">Whether the seats are those of a batch.</param>
internal sealed record DrawnTask(string Id, string Title, string State, int Sample, bool IsBatch)
{
    private const int SeatsAtOnce = 200;

    public static async Task<DrawnTask> FindAsync(NodeVisit visit, string text, CancellationToken cancellationToken)
    {
        (PollView? poll, BatchView? batch) = await visit.PollOrBatchAsync(text, cancellationToken);
        if (poll is not null) return new DrawnTask(poll.Id, poll.Content?.Title ?? poll.Id, poll.State, poll.Sample, false);
        string state = batch!.Sample > 0 && batch.Drawn is null ? "drawing" : batch.State;
        return new DrawnTask(batch.Id, batch.Content?.Title ?? batch.Id, state, batch.Sample, true);
    }

    public async Task<IReadOnlyList<SeatView>> SeatsAsync(NodeVisit visit, CancellationToken cancellationToken)
    {
        List<SeatView> seats = [];
        PageQuery query = new(Limit: SeatsAtOnce);
        for (string? cursor = ""; cursor is not null;)
        {
            Page<SeatView> page = IsBatch
                ? await visit.Client.PanelAsync(visit.Space.Id, Id, query, cancellationToken)
                : await visit.Client.SeatsAsync(visit.Space.Id, Id, query, cancellationToken);
            seats.AddRange(page.Data);
            cursor = page.NextCursor;
            query = query with { Cursor = cursor };
        }

        return seats;
    }
}
