using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ChainSpace.Client.Writing;

namespace ChainSpace.Client.Http;

/// <summary>What is written to a node. Whatever has to be sent again goes out byte for byte as it went before.</summary>
internal sealed class MessagePost(Transport transport)
{
    private const string One = "application/json";
    private const string Many = "application/x-ndjson";

    public async Task<Sent> SendAsync(string path, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        Answer answer = await PostAsync(path, line, One, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess ? Answer.Read(answer.Body) : answer.Problem();
    }

    /// <summary>Null where the node took it; of the answer, only a refusal is of interest.</summary>
    public async Task<Sent.Refused?> TellAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Answer answer = await PostAsync(path, body, One, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess ? null : answer.Problem();
    }

    /// <summary>The same for what has one place only.</summary>
    public async Task<Sent.Refused?> PutAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Answer answer = await SendAsync(HttpMethod.Put, path, (body, One), cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess ? null : answer.Problem();
    }

    /// <summary>Results in the order of the lines; those the node was too busy for are sent again by themselves.</summary>
    public async Task<IReadOnlyList<Sent>> SendManyAsync(
        string path, IReadOnlyList<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        Sent[] results = new Sent[lines.Count];
        int[] open = [.. Enumerable.Range(0, lines.Count)];
        for (int tries = 1; open.Length > 0; tries++)
        {
            ReadOnlyMemory<byte>[] body = [.. open.Select(at => lines[at])];
            Answer answer = await PostAsync(path, Join(body), Many, cancellationToken).ConfigureAwait(false);
            List<Sent> found = Read(answer, open.Length);
            for (int place = 0; place < open.Length; place++) results[open[place]] = found[place];
            // The whole batch was refused, and that after as many tries as there are to be.
            if (!answer.IsSuccess) break;

            open = [.. open.Where(at => IsPassing(results[at]))];
            if (open.Length == 0 || transport.Policy.DelayAfter(tries, asked: null) is not { } wait) break;
            await Task.Delay(wait, transport.Time, cancellationToken).ConfigureAwait(false);
        }

        return results;
    }

    private static bool IsPassing(Sent sent) =>
        sent is Sent.Refused refused && RetryPolicy.IsPassing((HttpStatusCode)refused.Status);

    private static List<Sent> Read(Answer answer, int count)
    {
        if (!answer.IsSuccess) return [.. Enumerable.Repeat<Sent>(answer.Problem(), count)];

        List<Sent> results = new(count);
        ReadOnlySpan<byte> body = answer.Body;
        foreach (Range line in body.Split((byte)'\n'))
            if (!body[line].IsEmpty) results.Add(Answer.Read(body[line]));
        if (results.Count != count) throw new JsonException($"{count} messages, but {results.Count} results.");
        return results;
    }

    private Task<Answer> PostAsync(string path, ReadOnlyMemory<byte> body, string type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, (body, type), cancellationToken);

    private Task<Answer> SendAsync(
        HttpMethod method, string path, (ReadOnlyMemory<byte> Bytes, string Type) body, CancellationToken cancellationToken)
    {
        return transport.SendAsync(Request, cancellationToken);

        HttpRequestMessage Request()
        {
            ReadOnlyMemoryContent content = new(body.Bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue(body.Type);
            return new HttpRequestMessage(method, path) { Content = content };
        }
    }

    private static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        byte[] body = new byte[lines.Sum(line => line.Length + 1)];
        int at = 0;
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            line.CopyTo(body.AsMemory(at));
            at += line.Length;
            body[at++] = (byte)'\n';
        }

        return body;
    }
}
