using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ChainSpace.Client.Reading;

namespace ChainSpace.Client.Http;

/// <summary>
/// Follows the feed across cut connections (server-sent events, "last event id"): every item once, in order. Gives up
/// where the policy's tries in a row bring nothing.
/// </summary>
internal sealed class FeedReader(Transport transport, string path)
{
    // Owned by the one enumeration this reader is made for.
    private long? last;
    private int fruitless;

    public async IAsyncEnumerable<FeedItem> ReadAsync(
        long? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        last = after;
        while (true)
        {
            using HttpResponseMessage? response = await ConnectAsync(cancellationToken).ConfigureAwait(false);
            // 204 is how the protocol says that there will be no more.
            if (response?.StatusCode == HttpStatusCode.NoContent) yield break;
            if (response is not null)
            {
                await foreach (FeedItem item in ItemsAsync(response, cancellationToken).ConfigureAwait(false))
                {
                    fruitless = 0;
                    yield return item;
                }
            }

            TimeSpan? asked = response is null ? null : RetryPolicy.Asked(response, transport.Time);
            TimeSpan wait = transport.Policy.DelayAfter(++fruitless, asked)
                ?? throw new HttpRequestException($"{path} brought nothing in {fruitless} tries.");
            await Task.Delay(wait, transport.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HttpResponseMessage?> ConnectAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (last is { } id) request.Headers.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
        try
        {
            HttpResponseMessage response = await transport.Http
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return RetryPolicy.IsPassing(response.StatusCode) ? response : response.EnsureSuccessStatusCode();
        }
        catch (Exception exception) when (RetryPolicy.IsLostConnection(exception))
        {
            return null;
        }
    }

    private async IAsyncEnumerable<FeedItem> ItemsAsync(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode) yield break;
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<SseItem<FeedItem?>> events = SseParser.Create(stream, Parse).EnumerateAsync(cancellationToken);
        IAsyncEnumerator<SseItem<FeedItem?>> enumerator = events.GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable disposal = enumerator.ConfigureAwait(false);
        while (await MoveNextAsync(enumerator).ConfigureAwait(false))
        {
            if (enumerator.Current.Data is not { } item || !IsNew(item)) continue;
            yield return item;
        }
    }

    // A cut connection ends the stream like any other; the caller connects again.
    private static async Task<bool> MoveNextAsync(IAsyncEnumerator<SseItem<FeedItem?>> enumerator)
    {
        try
        {
            return await enumerator.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (RetryPolicy.IsLostConnection(exception))
        {
            return false;
        }
    }

    // The node may begin with the item we had last; its index tells.
    private bool IsNew(FeedItem item)
    {
        long index = long.Parse(item.Index, NumberStyles.None, CultureInfo.InvariantCulture);
        if (index <= last) return false;
        last = index;
        return true;
    }

    private static FeedItem? Parse(string type, ReadOnlySpan<byte> data) =>
        data.IsEmpty ? null : JsonSerializer.Deserialize(data, ClientJson.Default.FeedItem);
}
