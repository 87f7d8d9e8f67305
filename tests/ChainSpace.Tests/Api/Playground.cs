using ChainSpace.Client;
using ChainSpace.Client.Http;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ChainSpace.Tests.Api;

/// <summary>A node with a space in which everything has happened that a bad message may run into.</summary>
public sealed class Playground : IAsyncLifetime
{
    public const string Name = "bad";

    private static readonly SequencerOptions Quick = new()
    {
        BeatMilliseconds = 5,
        CheckpointMilliseconds = 20,
        BlockMilliseconds = 20,
    };

    private readonly string data = Directory.CreateTempSubdirectory("playground-").FullName;
    private readonly Dictionary<string, TaskId> polls = [];
    private WebApplication? node;
    private ChainSpaceClient? client;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The space's host, to see what reached its journal.</summary>
    internal SpaceHost Space { get; private set; } = null!;

    /// <summary>Posted every poll; has a session without rights besides its own key.</summary>
    public Author Requester { get; private set; } = null!;

    /// <summary>Voted where one can vote twice.</summary>
    public Author Voter { get; private set; } = null!;

    /// <summary>Holds a secp256k1 key, and never registered.</summary>
    public Author Stranger { get; private set; } = null!;

    /// <summary>A key that no message brought.</summary>
    public Author Unknown { get; private set; } = null!;

    /// <summary>The voter, as another space would hear it.</summary>
    public Author Elsewhere { get; private set; } = null!;

    /// <summary>Speaks for the requester, may only vote.</summary>
    public Author Session { get; private set; } = null!;

    /// <summary>Speaks for the requester, may lock ten units.</summary>
    public Author Spender { get; private set; } = null!;

    /// <summary>Spoke for the requester once.</summary>
    public Author Ended { get; private set; } = null!;

    /// <summary>A vote that stands in the journal, and where.</summary>
    public (Envelope Message, EntryIndex Index) Entered { get; private set; }

    public TaskId Poll(string name) => polls[name];

    public static PollDraft Draft(string voting = "open") => new()
    {
        Title = "Is it bad?",
        Options = ["Yes", "No"],
        Reward = new Amount(500),
        Maximum = 5,
        Voting = voting,
        Deadline = new Moment(TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds()),
    };

    public async ValueTask InitializeAsync()
    {
        node = NodeApp.Build(new NodeOptions { Data = data, Port = 0, IsDemo = false, Spaces = [Name, "other"] }, Quick);
        await node.StartAsync();
        Space = node.Services.GetRequiredService<SpaceDirectory>().Find(Name)!;
        Http = new HttpClient { BaseAddress = new Uri(node.Urls.First() + "/"), Timeout = TimeSpan.FromSeconds(20) };
        client = new ChainSpaceClient(Http, new RetryPolicy());
        SpaceView space = (await client.SpaceAsync(Name, default))!;
        P256Signer voter = P256Signer.Create();
        Requester = Speaker(space, P256Signer.Create());
        Voter = Speaker(space, voter);
        Stranger = Speaker(space, WalletSigner.Create());
        Unknown = Speaker(space, P256Signer.Create());
        Elsewhere = Speaker((await client.SpaceAsync("other", default))!, voter);
        await SayAsync(Requester.Register("country=FR"), Voter.Register("country=DE"));
        await PostAsync();
        await DelegateAsync();
        Entered = await VoteAsync();
        await DrawnAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await node!.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private static Author Speaker(SpaceView space, Signer signer) => new(space, signer, TimeProvider.System);

    private async Task PostAsync()
    {
        Dictionary<string, PollDraft> drafts = new()
        {
            ["open"] = Draft(),
            ["sealed"] = Draft("sealed"),
            ["voted"] = Draft(),
            ["closed"] = Draft(),
            ["named"] = Draft() with { Named = [Requester.Account, Stranger.Account] },
            ["filter"] = Draft() with { Voters = "country=FR" },
            ["drawn"] = Draft() with { Sample = 5, Voters = "country=FR" },
        };
        foreach ((string name, PollDraft draft) in drafts)
        {
            Envelope post = Requester.Post(draft);
            await SayAsync(post);
            polls[name] = new TaskId(Requester.IdOf(post).Value);
        }

        await SayAsync(Requester.Close(Poll("closed")));
    }

    private async Task DelegateAsync()
    {
        P256Signer[] keys = [P256Signer.Create(), P256Signer.Create(), P256Signer.Create()];
        DelegationTerms terms = new("http://localhost", new Moment(Draft().Deadline.Milliseconds));
        await SayAsync(
            Requester.Delegate(keys[0].Key, terms with { Scopes = "vote" }),
            Requester.Delegate(keys[1].Key, terms with { Scopes = "post", MaximumSpend = new Amount(10) }),
            Requester.Delegate(keys[2].Key, terms));
        (Session, Spender, Ended) = (Requester.With(keys[0]), Requester.With(keys[1]), Requester.With(keys[2]));
        await SayAsync(Requester.Revoke(keys[2].Account));
    }

    private async Task<(Envelope Message, EntryIndex Index)> VoteAsync()
    {
        Envelope vote = Voter.VoteOpenly(Poll("voted"), 1);
        return (vote, (await SayAsync(vote))[0].Index);
    }

    // The draw needs a block, and blocks are entries: only after it does the journal stand still.
    private async Task DrawnAsync()
    {
        for (int tries = 0; tries < 1_000; tries++)
        {
            PollView? view = await client!.PollAsync(Name, Poll("drawn").ToString(), default);
            if (view is { State: not "drawing" }) return;
            await Task.Delay(20);
        }

        Assert.Fail("No voters were drawn within twenty seconds.");
    }

    private async Task<IReadOnlyList<Sent.Accepted>> SayAsync(params Envelope[] messages) =>
        [.. (await client!.SendManyAsync(Name, messages, default)).Select(static sent => Assert.IsType<Sent.Accepted>(sent))];
}
