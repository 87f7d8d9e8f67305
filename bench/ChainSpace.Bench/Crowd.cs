using System.Collections.Immutable;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Bench;

/// <summary>Registered voters, posted polls, and votes signed ahead of time, so that only the server is measured.</summary>
internal sealed class Crowd(ChainSpaceClient client, SpaceView space)
{
    private readonly List<Author> voters = [];

    public IReadOnlyList<TaskId> Polls { get; private set; } = [];

    public SpaceView Space => space;

    public static async Task<Crowd> OpenAsync(string url, string spaceName)
    {
        ChainSpaceClient client = ClientOf(url);
        return new Crowd(client, (await client.SpaceAsync(spaceName, CancellationToken.None))!);
    }

    /// <summary>The same people and polls, once their node has started again elsewhere.</summary>
    public Crowd At(string url)
    {
        Crowd same = new(ClientOf(url), space) { Polls = Polls };
        same.voters.AddRange(voters);
        return same;
    }

    /// <summary>Registers accounts with keys of one kind.</summary>
    public async Task RegisterAsync(int count, bool areWallets)
    {
        for (int i = 0; i < count; i++)
        {
            Signer signer = areWallets ? WalletSigner.Create() : P256Signer.Create();
            voters.Add(new Author(space, signer, TimeProvider.System) { Lifetime = Day });
        }

        await SendAsync([.. voters.Select(static v => v.Register(""))]);
    }

    /// <summary>Posts polls that every voter may vote on; requesters come and go as their grants are used up.</summary>
    public async Task PostAsync(int count, int maximum, string voting)
    {
        int perRequester = (int)(UInt128.Parse(space.Grant, null) / (uint)maximum);
        List<Envelope> posts = [];
        Author? requester = null;
        for (int i = 0; i < count; i++)
        {
            if (i % perRequester == 0)
            {
                requester = new Author(space, P256Signer.Create(), TimeProvider.System) { Lifetime = Day };
                await SendAsync([requester.Register("")]);
            }

            posts.Add(requester!.Post(Draft(i, maximum, voting)));
        }

        await SendAsync(posts);
        Polls = [.. posts.Select(p => new TaskId(TypedData.Digest(requester!.Domain, p.Message).Value))];
    }

    /// <summary>One signed vote of each voter on each poll, poll by poll, as lines to send.</summary>
    public IReadOnlyList<byte[]> Sign(bool areSealed)
    {
        byte[][] lines = new byte[Polls.Count * voters.Count][];
        Parallel.For(0, voters.Count, voter =>
        {
            for (int poll = 0; poll < Polls.Count; poll++)
            {
                uint choice = (uint)((voter + poll) % 3 == 0 ? 1 : 0);
                Envelope vote = areSealed
                    ? voters[voter].VoteSealed(Polls[poll], choice).Message
                    : voters[voter].VoteOpenly(Polls[poll], choice);
                lines[poll * voters.Count + voter] = vote.ToBytes();
            }
        });
        return lines;
    }

    private static ChainSpaceClient ClientOf(string url) =>
        new(new HttpClient { BaseAddress = new Uri(url + "/"), Timeout = TimeSpan.FromMinutes(5) });

    private static TimeSpan Day => TimeSpan.FromHours(12);

    private static PollDraft Draft(int number, int maximum, string voting) => new()
    {
        Title = $"Question {number}",
        Options = ImmutableArray.Create("no", "yes"),
        Reward = new Amount((uint)maximum),
        Maximum = (uint)maximum,
        Voting = voting,
        Deadline = new Moment(DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds()),
    };

    /// <summary>Sends messages in order and insists that each is accepted.</summary>
    public async Task SendAsync(IReadOnlyList<Envelope> messages)
    {
        foreach (Envelope[] chunk in messages.Chunk(500))
        {
            IReadOnlyList<Sent> sent = await client.SendManyAsync(space.Id, chunk, CancellationToken.None);
            if (sent.FirstOrDefault(static s => s is not Sent.Accepted) is { } refused)
                throw new InvalidOperationException($"The node refused a preparation: {refused}");
        }
    }
}
