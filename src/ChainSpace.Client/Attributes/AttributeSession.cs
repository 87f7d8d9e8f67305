using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChainSpace.Client.Http;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Credentials;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Client.Attributes;

/// <summary>
/// What one account says to a node beside the journal: attributes it shows, takes back or asks for, and questions only an
/// account may ask. Each call signs a nonce of the node's, so nothing is sent twice. One thread at a time.
/// </summary>
/// <param name="client">The node.</param>
/// <param name="space">Where the account has registered.</param>
/// <param name="speaker">
/// The key that signs, and the account it speaks for: its own, or one that let it with the scope <c>account</c>.
/// </param>
/// <param name="time">Clock of signatures.</param>
public sealed class AttributeSession(
    ChainSpaceClient client, SpaceView space, (P256Signer Key, AccountId Account) speaker, TimeProvider time)
{
    private string AccountPath => $"/v1/spaces/{space.Id}/accounts/{speaker.Account}";

    /// <summary>Shows some claims of a credential that the key holds.</summary>
    public async Task<Told<PresentationView>> ShowAsync(
        SdJwt credential, Func<Disclosure, bool> isShown, bool isPublished, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ChallengeView challenge = await ChallengeAsync(cancellationToken).ConfigureAwait(false);
        KeyBinding binding = new(challenge.Audience, challenge.Nonce, Now);
        PresentationBody body = new(binding.Present(credential.Select(isShown), speaker.Key).Text, isPublished);
        using HttpRequestMessage request = Request(HttpMethod.Post, $"{AccountPath}/attributes");
        request.Content = Json(body, ClientJson.Default.PresentationBody);
        return await SendAsync(request, ClientJson.Default.PresentationView, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All that the node keeps of what the account has shown.</summary>
    public Task<Told<Page<PresentationView>>> ExportAsync(CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, $"{AccountPath}/attributes", null, ClientJson.Default.PagePresentationView, cancellationToken);

    /// <summary>Has the node forget all of it; null where it did.</summary>
    public Task<Sent.Refused?> DeleteAsync(CancellationToken cancellationToken) =>
        TellAsync(HttpMethod.Delete, $"{AccountPath}/attributes", null, cancellationToken);

    /// <summary>Asks to be admitted to a poll with a filter.</summary>
    public Task<Told<AdmissionView>> ApplyAsync(TaskId poll, CancellationToken cancellationToken) => AskAsync(
        HttpMethod.Post, $"/v1/spaces/{space.Id}/polls/{poll}/admissions",
        Json(new AdmissionBody(speaker.Account.ToString()), ClientJson.Default.AdmissionBody),
        ClientJson.Default.AdmissionView, cancellationToken);

    /// <summary>About how many accounts meet a filter.</summary>
    public Task<Told<CountView>> CountAsync(JsonElement filter, string? purpose, CancellationToken cancellationToken) => AskAsync(
        HttpMethod.Post, $"/v1/spaces/{space.Id}/filters/count",
        Json(new CountBody(speaker.Account.ToString(), filter, purpose), ClientJson.Default.CountBody),
        ClientJson.Default.CountView, cancellationToken);

    /// <summary>Asks another account to take part in a task; null where the node has passed it on.</summary>
    public Task<Sent.Refused?> InviteAsync(AccountId to, TaskId task, string text, CancellationToken cancellationToken)
    {
        InvitationBody body = new(speaker.Account.ToString(), to.ToString(), task.ToString(), text);
        HttpContent content = Json(body, ClientJson.Default.InvitationBody);
        return TellAsync(HttpMethod.Post, $"/v1/spaces/{space.Id}/invitations", content, cancellationToken);
    }

    /// <summary>Invitations of the account, newest first.</summary>
    public Task<Told<Page<InvitationView>>> InvitationsAsync(CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, $"{AccountPath}/invitations", null, ClientJson.Default.PageInvitationView, cancellationToken);

    private Moment Now => new(time.GetUtcNow().ToUnixTimeMilliseconds());

    private async Task<ChallengeView> ChallengeAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(HttpMethod.Get, $"/v1/spaces/{space.Id}/challenge");
        Told<ChallengeView> told = await SendAsync(request, ClientJson.Default.ChallengeView, cancellationToken)
            .ConfigureAwait(false);
        return told.Value ?? throw new HttpRequestException($"The node gives no challenge: {told.Refused}");
    }

    private async Task<Told<T>> AskAsync<T>(
        HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using HttpRequestMessage request = await ProveAsync(method, path, cancellationToken).ConfigureAwait(false);
        request.Content = body;
        return await SendAsync(request, type, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Sent.Refused?> TellAsync(
        HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = await ProveAsync(method, path, cancellationToken).ConfigureAwait(false);
        request.Content = body;
        Answer answer = await AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess ? null : answer.Problem();
    }

    private async Task<HttpRequestMessage> ProveAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        ChallengeView challenge = await ChallengeAsync(cancellationToken).ConfigureAwait(false);
        HttpRequestMessage request = Request(method, path);
        string proof = new RequestProof(challenge.Audience, method.Method, path, challenge.Nonce).Sign(speaker.Key, Now);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", proof);
        return request;
    }

    private async Task<Told<T>> SendAsync<T>(
        HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        Answer answer = await AnswerAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess
            ? new Told<T>(JsonSerializer.Deserialize(answer.Body, type) ?? throw new JsonException("The answer is empty."), null)
            : new Told<T>(null, answer.Problem());
    }

    private async Task<Answer> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await client.Http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return new Answer(response.StatusCode, body, RetryAfter: null);
    }

    // Behind a proxy the node may live below a path of its own, which it never sees: what is signed is the node's own path.
    private static HttpRequestMessage Request(HttpMethod method, string path) => new(method, path[1..]);

    private static HttpContent Json<T>(T body, JsonTypeInfo<T> type) =>
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
}

/// <summary>The node's answer to a question: a value, or its refusal.</summary>
public sealed record Told<T>(T? Value, Sent.Refused? Refused)
    where T : class;
