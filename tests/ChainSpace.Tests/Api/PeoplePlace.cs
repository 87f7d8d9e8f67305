using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Attributes;
using ChainSpace.Client.Http;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node;
using ChainSpace.Node.Eligibility;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Crypto;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ChainSpace.Tests.Api;

/// <summary>A node with a space that anybody can join.</summary>
public sealed class PeoplePlace : IAsyncLifetime
{
    public const string Name = "people";

    private readonly string data = Directory.CreateTempSubdirectory("people-").FullName;
    private readonly WebApplication node;
    private HttpClient http = null!;
    private SpaceView view = null!;

    public PeoplePlace() => node = NodeApp.Build(
        new NodeOptions { Data = data, Port = 0, IsDemo = false, Spaces = [Name] },
        new SequencerOptions { BeatMilliseconds = 5 });

    public ChainSpaceClient Client { get; private set; } = null!;

    public static Moment Now => new(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    internal SpaceHost Space { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await node.StartAsync();
        Space = node.Services.GetRequiredService<SpaceDirectory>().Find(Name)!;
        http = new HttpClient { BaseAddress = new Uri(node.Urls.First().TrimEnd('/') + "/"), Timeout = TimeSpan.FromSeconds(60) };
        Client = new ChainSpaceClient(http, new RetryPolicy());
        view = (await Client.SpaceAsync(Name, default))!;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await node.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    public async Task<Person> JoinAsync(string attributes = "")
    {
        P256Signer key = P256Signer.Create();
        SpaceSession session = new(Client, view, key, TimeProvider.System);
        Assert.IsType<Sent.Accepted>(await session.RegisterAsync(attributes, default));
        await UntilAsync(() => Client.AccountAsync(Name, key.Account.ToString(), default), static _ => true);
        return new Person(this, key, session);
    }

    public async Task<(P256Signer Session, AccountId Wallet)> WalletWithSessionAsync()
    {
        using WalletSigner wallet = WalletSigner.Create();
        using SpaceSession owner = new(Client, view, wallet, TimeProvider.System);
        Assert.IsType<Sent.Accepted>(await owner.RegisterAsync("", default));
        P256Signer session = P256Signer.Create();
        DelegationTerms terms = new("http://localhost", new Moment(Now.Milliseconds + 3_600_000)) { Scopes = "account" };
        Assert.IsType<Sent.Accepted>(await owner.SendAsync(owner.Author.Delegate(session.Key, terms), default));
        await UntilAsync(() => Client.AccountAsync(Name, wallet.Account.ToString(), default), static _ => true);
        return (session, wallet.Account);
    }

    public AttributeSession As(P256Signer key, AccountId account) => new(Client, view, (key, account), TimeProvider.System);

    public async Task<ChallengeView> ChallengeAsync() =>
        (await http.GetFromJsonAsync($"v1/spaces/{Name}/challenge", ClientJson.Default.ChallengeView))!;

    /// <summary>The code of the refusal; empty where the node took it.</summary>
    public async Task<string> PresentAsync(AccountId account, string text)
    {
        using HttpResponseMessage answer = await http.PostAsJsonAsync(
            $"v1/spaces/{Name}/accounts/{account}/attributes", new PresentationBody(text), ClientJson.Default.PresentationBody);
        if (answer.IsSuccessStatusCode) return "";
        using JsonDocument problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return problem.RootElement.GetProperty("code").GetString()!;
    }

    public string Journal() => string.Concat(
        Space.Journal.ReadEntries(0, Space.Journal.Size).Select(static leaf => Encoding.UTF8.GetString(leaf.Span)));

    /// <summary>Views lag the journal by a moment.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T?>> ask, Func<T, bool> isThere)
        where T : class
    {
        for (int tries = 0; tries < 1_000; tries++)
        {
            if (await ask() is { } found && isThere(found)) return found;
            await Task.Delay(10);
        }

        throw new Xunit.Sdk.XunitException("It did not come within ten seconds.");
    }

    internal IReadOnlyList<Presentation> KeptOf(AccountId account) => Space.Eligibility.Attributes.Of(account);
}

/// <summary>An account of the place.</summary>
public sealed class Person(PeoplePlace place, P256Signer key, SpaceSession session)
{
    public P256Signer Key => key;

    public AccountId Account => key.Account;

    public AttributeSession Attributes => place.As(key, key.Account);

    public SdJwt Hold(params string[] pairs) => HeldAttributes.State(key, HeldAttributes.Read(pairs), PeoplePlace.Now);

    public async Task ShowAsync(SdJwt held, params string[] names)
    {
        Told<PresentationView> told = await Attributes.ShowAsync(held, d => names.Contains(d.Name), isPublished: false, default);
        Assert.Null(told.Refused);
    }

    public async Task<PollView> PostAsync(string? filter, string? purpose)
    {
        Sent.Accepted sent = Assert.IsType<Sent.Accepted>(await TryPostAsync(filter, purpose));
        string id = sent.Id.ToString();
        return await PeoplePlace.UntilAsync(() => place.Client.PollAsync(PeoplePlace.Name, id, default), static _ => true);
    }

    public Task<Sent> TryPostAsync(string? filter, string? purpose) => session.PostPollAsync(
        Playground.Draft() with
        {
            Voters = "admitted",
            Payout = "equal",
            Filter = filter is null ? null : JsonDocument.Parse(filter).RootElement,
            Purpose = purpose,
        },
        default);

    public Task<Told<AdmissionView>> ApplyAsync(PollView poll) =>
        Attributes.ApplyAsync(new TaskId(Bytes32.Parse(poll.Id)), default);

    public Task<Sent> VoteAsync(PollView poll) => session.VoteAsync(poll, 0, default);

    public Task<Sent> CloseAsync(PollView poll) => session.CloseAsync(new TaskId(Bytes32.Parse(poll.Id)), default);

    internal IReadOnlyList<Presentation> Kept() => place.KeptOf(Account);
}
