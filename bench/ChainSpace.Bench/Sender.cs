using System.Diagnostics;
using System.Net.Http.Headers;

namespace ChainSpace.Bench;

/// <summary>How votes are sent: what is measured is the server, so they were signed before.</summary>
internal sealed record Load(string Name, int Polls, bool AreSealed, bool AreWallets)
{
    public bool IsSingle => Name == "single";

    public bool IsArray => Name == "array";
}

/// <summary>Sends lines over many connections and notes how long each request took, in milliseconds.</summary>
internal sealed class Sender(string url, string space)
{
    private const int BatchSize = 1_000;
    private const int Connections = 256;
    private static readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
    private readonly Uri address = new($"{url}/v1/spaces/{space}/messages");

    public async Task<List<double>> SendAsync(List<byte[]> lines, Load load)
    {
        List<double> latencies = [];
        byte[][][] requests = [.. lines.Chunk(load.IsSingle ? 1 : BatchSize)];
        int next = -1;
        async Task Loop()
        {
            while (Interlocked.Increment(ref next) is var i && i < requests.Length)
            {
                long begin = Stopwatch.GetTimestamp();
                await PostAsync(requests[i], load);
                lock (latencies) latencies.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, load.IsSingle ? Connections : 4).Select(_ => Loop()));
        return latencies;
    }

    private async Task PostAsync(byte[][] lines, Load load)
    {
        byte[] body = load.IsSingle ? lines[0] : Join(lines, load.IsArray);
        using ByteArrayContent content = new(body);
        bool isLines = !load.IsSingle && !load.IsArray;
        content.Headers.ContentType = new MediaTypeHeaderValue(isLines ? "application/x-ndjson" : "application/json");
        using HttpResponseMessage response = await http.PostAsync(address, content);
        string reply = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode || reply.Contains("\"code\"", StringComparison.Ordinal))
            throw new InvalidOperationException($"The node refused a vote: {reply[..Math.Min(400, reply.Length)]}");
    }

    private static byte[] Join(byte[][] lines, bool isArray)
    {
        using MemoryStream body = new();
        if (isArray) body.WriteByte((byte)'[');
        for (int i = 0; i < lines.Length; i++)
        {
            if (i > 0) body.WriteByte(isArray ? (byte)',' : (byte)'\n');
            body.Write(lines[i]);
        }

        if (isArray) body.WriteByte((byte)']');
        return body.ToArray();
    }
}
