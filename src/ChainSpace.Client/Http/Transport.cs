using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChainSpace.Client.Http;

/// <summary>Sends requests, again where that may help. The answer is read whole, so a cut answer counts as none.</summary>
internal sealed class Transport(HttpClient http, RetryPolicy policy, TimeProvider time)
{
    public HttpClient Http => http;

    public RetryPolicy Policy => policy;

    public TimeProvider Time => time;

    /// <summary>The last answer; the caller disposes of it.</summary>
    /// <exception cref="HttpRequestException">The connection failed on every try; what was sent may have arrived.</exception>
    public async Task<Answer> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            TimeSpan? wait;
            try
            {
                Answer answer = await SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
                wait = RetryPolicy.IsPassing(answer.Status) ? policy.DelayAfter(tries, answer.RetryAfter) : null;
                if (wait is null) return answer;
            }
            catch (Exception exception) when (RetryPolicy.IsLostConnection(exception))
            {
                wait = policy.DelayAfter(tries, asked: null);
                if (wait is null) throw;
            }

            await Task.Delay(wait.Value, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The body; null for 404.</summary>
    /// <exception cref="NodeRefusalException">Any other status that is no success.</exception>
    public async Task<byte[]?> GetAsync(string path, CancellationToken cancellationToken)
    {
        Answer answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken)
            .ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound) return null;
        if (answer.IsSuccess) return answer.Body;
        throw new NodeRefusalException(path, answer.Problem());
    }

    public async Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        byte[]? body = await GetAsync(path, cancellationToken).ConfigureAwait(false);
        return body is null ? null : JsonSerializer.Deserialize(body, type);
    }

    private async Task<Answer> SendOnceAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        // A request object can be sent only once.
        using HttpRequestMessage message = request();
        using HttpResponseMessage response = await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return new Answer(response.StatusCode, body, RetryPolicy.Asked(response, time));
    }
}
