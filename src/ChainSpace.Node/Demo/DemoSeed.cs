using ChainSpace.Client;
using ChainSpace.Client.Http;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Node.Demo;

/// <summary>
/// Fills an empty demo space as anybody could: simulated people sign messages and send them over HTTP. Their keys live
/// in this object only. A space that has a poll is left alone, so a second start adds nothing.
/// </summary>
internal sealed class DemoSeed : IDisposable
{
    public const string Space = "demo";

    // A draw and a raffle wait for blocks, which come every few seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Pause = TimeSpan.FromMilliseconds(200);

    private readonly ChainSpaceClient client;
    private readonly SpaceView space;
    private readonly List<P256Signer> keys = [];
    private readonly List<SpaceSession> people = [];

    private DemoSeed(ChainSpaceClient client, SpaceView space) => (this.client, this.space) = (client, space);

    /// <summary>Seeds the node's demo space, if it has one and that is empty. Returns a sentence where it could not.</summary>
    public static async Task<string?> RunAsync(string url, CancellationToken cancellationToken)
    {
        using HttpClient http = new() { BaseAddress = new Uri(url.TrimEnd('/') + "/") };
        ChainSpaceClient client = new(http, new RetryPolicy());
        try
        {
            if (await client.SpaceAsync(Space, cancellationToken) is not { Polls: "0" } space) return null;
            using DemoSeed seed = new(client, space);
            return await seed.PlayAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The node stops; a demo half told is no loss.
            return null;
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
    }

    public void Dispose()
    {
        people.ForEach(static person => person.Dispose());
        keys.ForEach(static key => key.Dispose());
    }

    private async Task<string?> PlayAsync(CancellationToken cancellationToken)
    {
        foreach (string attributes in DemoScript.People)
        {
            P256Signer key = P256Signer.Create();
            keys.Add(key);
            SpaceSession person = new(client, space, key, TimeProvider.System);
            people.Add(person);
            if (await person.RegisterAsync(attributes, cancellationToken) is Sent.Refused refused) return refused.Detail;
        }

        IReadOnlyList<DemoPoll> polls = DemoScript.Polls(TimeProvider.System.GetUtcNow());
        for (int number = 0; number < polls.Count; number++)
        {
            if (await PlayAsync(polls[number], number % people.Count, cancellationToken) is { } refused) return refused.Detail;
        }

        return null;
    }

    // Everybody takes a turn at asking; the others answer in their order.
    private async Task<Sent.Refused?> PlayAsync(DemoPoll poll, int asking, CancellationToken cancellationToken)
    {
        SpaceSession requester = people[asking];
        Sent posted = await requester.PostPollAsync(poll.Draft, cancellationToken);
        if (posted is not Sent.Accepted accepted) return (Sent.Refused)posted;
        TaskId id = new(accepted.Id.Value);
        if (await VotableAsync(id, cancellationToken) is { } view) await VoteAsync(view, poll.Choices, asking, cancellationToken);
        Sent? end = poll.End switch
        {
            DemoEnd.Close => await requester.CloseAsync(id, cancellationToken),
            DemoEnd.Cancel => await requester.CancelAsync(id, cancellationToken),
            _ => null,
        };
        return end as Sent.Refused;
    }

    /// <summary>Waits for the views to show the poll and for its voters to be drawn.</summary>
    private async Task<PollView?> VotableAsync(TaskId id, CancellationToken cancellationToken)
    {
        for (TimeSpan waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            if (await client.PollAsync(space.Id, id.ToString(), cancellationToken) is { State: not "drawing" } view) return view;
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return null;
    }

    // Who was not drawn or does not fit is refused by the rules, and the next person answers instead.
    private async Task VoteAsync(PollView poll, int[] choices, int asking, CancellationToken cancellationToken)
    {
        int next = 0;
        for (int place = 1; place < people.Count && next < choices.Length; place++)
        {
            SpaceSession voter = people[(asking + place) % people.Count];
            if (await voter.VoteAsync(poll, choices[next], cancellationToken) is Sent.Accepted) next++;
        }
    }
}
