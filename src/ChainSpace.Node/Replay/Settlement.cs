using System.Globalization;
using System.Runtime.CompilerServices;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Replay;

/// <summary>How a poll ended, as far as a replay asks.</summary>
/// <param name="State"><c>closed</c>, <c>inconclusive</c> or <c>expired</c>.</param>
/// <param name="Answer">Consensus answer, or null.</param>
/// <param name="Plurality">Option with most votes, or null.</param>
/// <param name="Money">Paid and refunded together, in minor units.</param>
internal sealed record PollEnd(string State, int? Answer, int? Plurality, long Money)
{
    public bool IsClosed => State == "closed";
}

/// <summary>Ends the polls that have not ended by themselves, waits until all are paid, and reads how they ended.</summary>
internal sealed class Settlement(ChainSpaceClient client, SpaceView space, Cast cast, TimeProvider time)
{
    private const int PageSize = 200;

    private static readonly string[] LiveStates = ["gathering", "drawing", "voting", "opening", "raffle"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Views follow the journal: waits until they show all votes of the poll that was voted on last.</summary>
    public Task CatchUpAsync(TaskId poll, int votes, CancellationToken cancellationToken) => WaitAsync(
        async () => await client.PollAsync(space.Id, poll.ToString(), cancellationToken) is { } view && view.Votes >= votes,
        "The node does not show the last vote",
        cancellationToken);

    /// <summary>Closes by hand what still takes votes; waits for openings and blocks.</summary>
    public async Task EndAllAsync(Dispatch dispatch, CancellationToken cancellationToken)
    {
        foreach (Persona requester in cast.Requesters)
        {
            List<TaskId> open = [];
            await foreach (PollView poll in PollsAsync(requester, "voting", cancellationToken)) open.Add(IdOf(poll));
            await dispatch.SendAsync(
                open.Count,
                i => requester.Write(author => author.Close(open[i])),
                static (_, sent) => Cast.Demand(sent, "close a poll"),
                cancellationToken);
        }

        await WaitAsync(HasNoneAsync, "Polls wait for openings or blocks", cancellationToken);

        async Task<bool> HasNoneAsync()
        {
            foreach (Persona requester in cast.Requesters)
            {
                foreach (string state in LiveStates)
                {
                    PollQuery query = new(state, Requester: requester.Account.ToString()) { Limit = 1 };
                    if ((await client.PollsAsync(space.Id, query, cancellationToken)).Data.Count > 0) return false;
                }
            }

            return true;
        }
    }

    /// <summary>How each poll ended, in the order given.</summary>
    public async Task<PollEnd[]> ReadAsync(TaskId[] polls, ReplayWatch watch, CancellationToken cancellationToken)
    {
        Dictionary<TaskId, int> places = new(polls.Length);
        for (int i = 0; i < polls.Length; i++) places.Add(polls[i], i);
        PollEnd[] ends = new PollEnd[polls.Length];
        int found = 0;
        foreach (Persona requester in cast.Requesters)
        {
            await foreach (PollView poll in PollsAsync(requester, null, cancellationToken))
            {
                ends[places[IdOf(poll)]] = EndOf(poll);
                watch(ReplayPhase.Settle, ++found, polls.Length);
            }
        }

        return found == polls.Length ? ends : throw new ReplayException($"The node shows {found} of {polls.Length} polls.");
    }

    private async IAsyncEnumerable<PollView> PollsAsync(
        Persona requester, string? state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            PollQuery query = new(state, Requester: requester.Account.ToString()) { Cursor = cursor, Limit = PageSize };
            Page<PollView> page = await client.PollsAsync(space.Id, query, cancellationToken);
            foreach (PollView poll in page.Data) yield return poll;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    private async Task WaitAsync(Func<Task<bool>> isDone, string complaint, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (!await isDone())
        {
            if (time.GetElapsedTime(start) > Patience)
                throw new ReplayException($"{complaint} after {Patience.TotalSeconds} seconds.");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private static TaskId IdOf(PollView poll) => new(Bytes32.Parse(poll.Id));

    private static PollEnd EndOf(PollView poll) => poll.Outcome is { } outcome
        ? new PollEnd(poll.State, outcome.Answer, outcome.Plurality, Units(outcome.Paid) + Units(outcome.Refunded))
        : throw new ReplayException($"Poll {poll.Id} has no outcome though it is {poll.State}.");

    private static long Units(string amount) => long.Parse(amount, CultureInfo.InvariantCulture);
}
