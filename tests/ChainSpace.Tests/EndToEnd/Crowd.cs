using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Tests.EndToEnd;

/// <summary>People who register and vote as fast as they can, and remember what they were told.</summary>
internal sealed class Crowd(SpaceView space, IReadOnlyList<TaskId> polls)
{
    private const int BatchSize = 48;

    private readonly ConcurrentQueue<Said> said = [];

    /// <summary>Everything ever sent, in the order in which it was.</summary>
    public IReadOnlyCollection<Said> Said => said;

    /// <summary>Sends until the connection breaks: a stream of lines, or one message after another.</summary>
    public async Task SpeakAsync(HttpClient http, bool isStreaming)
    {
        try
        {
            while (true)
            {
                List<Said> batch = Write();
                if (isStreaming) await StreamAsync(http, batch);
                else foreach (Said one in batch) await SendAsync(http, one);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
        {
            // The node is dead; what it did not answer may or may not have entered.
        }
    }

    /// <summary>Sends lines and notes each answer as it arrives, so that what comes before a cut counts.</summary>
    public async Task StreamAsync(HttpClient http, IReadOnlyList<Said> batch)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Path)
        {
            Content = Body([.. batch.SelectMany(static one => (byte[])[.. one.Line, (byte)'\n'])], "application/x-ndjson"),
        };
        using HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        using StreamReader reader = new(await answer.Content.ReadAsStreamAsync());
        int count = 0;
        while (await reader.ReadLineAsync() is { } line) batch[count++].Hear(line);
        if (count != batch.Count) throw new IOException($"{count} answers to {batch.Count} messages.");
    }

    private string Path => $"v1/spaces/{space.Id}/messages";

    private async Task SendAsync(HttpClient http, Said one)
    {
        using HttpResponseMessage answer = await http.PostAsync(Path, Body(one.Line, "application/json"));
        one.Hear(await answer.Content.ReadAsStringAsync());
    }

    // A newcomer, or several, with a vote on every poll: openly or sealed, as the poll wants it.
    private List<Said> Write()
    {
        List<Said> batch = [];
        while (batch.Count < BatchSize)
        {
            using P256Signer key = P256Signer.Create();
            using Author author = new(space, key, TimeProvider.System);
            batch.Add(New(author, author.Register("")));
            for (int poll = 0; poll < polls.Count; poll++)
            {
                uint choice = (uint)(batch.Count % 2);
                batch.Add(New(author, poll % 2 == 0
                    ? author.VoteOpenly(polls[poll], choice)
                    : author.VoteSealed(polls[poll], choice).Message));
            }
        }

        batch.ForEach(said.Enqueue);
        return batch;
    }

    private static Said New(Author author, Envelope message) => new(author.IdOf(message), message);

    private static ByteArrayContent Body(byte[] bytes, string type) =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
}

/// <summary>A message, and what the node answered last.</summary>
internal sealed class Said(MessageId id, Envelope message)
{
    public MessageId Id { get; } = id;

    public Envelope Message { get; } = message;

    public byte[] Line { get; } = message.ToBytes();

    /// <summary>Null until the node has said that it entered.</summary>
    public (EntryIndex Index, Moment Moment)? Entered { get; private set; }

    /// <summary>The code of a refusal; while a node dies, somebody's registration may not have come before a vote.</summary>
    public string? Refused { get; private set; }

    /// <summary>A later answer must be the earlier one again.</summary>
    public void Hear(string answer)
    {
        JsonElement json = JsonDocument.Parse(answer).RootElement;
        if (json.TryGetProperty("code", out JsonElement code))
        {
            Assert.Null(Entered);
            Refused = code.GetString();
            return;
        }

        Assert.Equal(Id.ToString(), json.GetProperty("id").GetString());
        (EntryIndex, Moment) entered = (new EntryIndex(Number(json, "index")), new Moment(Number(json, "moment")));
        if (Entered is { } before) Assert.Equal(before, entered);
        (Entered, Refused) = (entered, null);
    }

    private static long Number(JsonElement json, string name) =>
        long.Parse(json.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
