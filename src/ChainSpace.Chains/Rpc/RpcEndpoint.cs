using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ChainSpace.Chains.Rpc;

/// <summary>
/// One JSON-RPC server over HTTP. It is a stranger: whatever it answers, and whether it answers, nothing here throws but
/// for the caller's own cancellation. Any number of threads.
/// </summary>
/// <param name="url">Where it is. May hold a secret, so it is never shown; <see cref="Name"/> is.</param>
/// <param name="http">Made by <see cref="CreateClient"/>; may be shared.</param>
/// <param name="limits">What it may take of our time and memory.</param>
/// <param name="time">Clock of the time-out.</param>
public sealed class RpcEndpoint(Uri url, HttpClient http, RpcLimits limits, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    private long lastId;

    /// <summary>Host and port, for people.</summary>
    public string Name => url.Authority;

    /// <summary>A client without redirects, cookies or a time-out of its own; ours is <see cref="RpcLimits.Timeout"/>.</summary>
    public static HttpClient CreateClient()
    {
#pragma warning disable CA2000 // The client disposes its handler.
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
#pragma warning restore CA2000
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Asks; a call of more requests than the batch limit goes in several HTTP messages, one after the other.</summary>
    public async Task<Answer<T>> AskAsync<T>(RpcCall<T> call, CancellationToken cancellationToken)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(call);
        Answer<JsonElement>[] results = new Answer<JsonElement>[call.Requests.Length];
        List<JsonDocument> documents = [];
        try
        {
            for (int start = 0; start < results.Length; start += limits.BatchMax)
            {
                int count = Math.Min(limits.BatchMax, results.Length - start);
                long firstId = Interlocked.Add(ref lastId, count) - count + 1;
                byte[] body = RpcBody.Write(call.Requests.AsSpan(start, count), firstId);
                Answer<JsonDocument> response = await SendAsync(body, cancellationToken).ConfigureAwait(false);
                if (!response.IsGood) return response.Fault;
                documents.Add(response.Value);
                RpcFault? fault = RpcBody.Match(response.Value.RootElement, firstId, results.AsSpan(start, count));
                if (fault is not null) return fault;
            }

            return call.Read(results);
        }
        finally
        {
            foreach (JsonDocument each in documents) each.Dispose();
        }
    }

    // The exceptions of the platform's client are its way to say what a stranger's machine did; here they become faults.
    private async Task<Answer<JsonDocument>> SendAsync(byte[] body, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(limits.Timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await ExchangeAsync(body, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RpcFault.Timeout(limits.Timeout);
        }
        catch (HttpRequestException exception)
        {
            return new RpcFault.Unreachable(exception.HttpRequestError.ToString());
        }
        catch (IOException)
        {
            return new RpcFault.Unreachable("ConnectionLost");
        }
        catch (JsonException)
        {
            return new RpcFault.Malformed("The response is not JSON.");
        }
    }

    private async Task<Answer<JsonDocument>> ExchangeAsync(byte[] body, CancellationToken cancellationToken)
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = JsonType;
        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = content };
        using HttpResponseMessage response = await http
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.TooManyRequests) return new RpcFault.RateLimited(RetryAfter(response));
        if (response.StatusCode == HttpStatusCode.RequestEntityTooLarge) return new RpcFault.TooLarge(body.Length);
        if (!response.IsSuccessStatusCode) return new RpcFault.HttpStatus((int)response.StatusCode);

        using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        ArrayBufferWriter<byte> bytes = new();
        while (true)
        {
            int read = await stream.ReadAsync(bytes.GetMemory(16 << 10), cancellationToken).ConfigureAwait(false);
            if (read == 0) return RpcBody.Parse(bytes.WrittenMemory);
            bytes.Advance(read);
            if (bytes.WrittenCount > limits.ResponseBytesMax) return new RpcFault.TooLarge(limits.ResponseBytesMax);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } when delta >= TimeSpan.Zero => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };
}
