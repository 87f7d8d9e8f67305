using System.CommandLine;
using ChainSpace.Client;
using ChainSpace.Client.Http;
using ChainSpace.Client.Reading;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>One space of a node, as anybody can read it.</summary>
internal sealed class NodeVisit : IDisposable
{
    private const int TasksAtOnce = 200;

    private readonly HttpClient http;

    private NodeVisit(HttpClient http, ChainSpaceClient client, SpaceView space) =>
        (this.http, Client, Space) = (http, client, space);

    public ChainSpaceClient Client { get; }

    public SpaceView Space { get; }

    public static async Task<NodeVisit> OpenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string url = parsed.GetValue<string>(NodeOption.Url)!, name = parsed.GetValue<string>(NodeOption.Space)!;
        if (name.Length == 0) throw new Complaint("--space needs a name or an id.");
        HttpClient http = new(new Door(url)) { BaseAddress = AddressOf(url), Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            ChainSpaceClient client = new(http, new RetryPolicy { Tries = 4 });
            SpaceView space = await client.SpaceAsync(name, cancellationToken)
                ?? throw new Complaint($"There is no space '{name}' at {url}.");
            return new NodeVisit(http, client, space);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>The poll of an id, or of its first digits where only one begins with them.</summary>
    public async Task<PollView> PollAsync(string text, CancellationToken cancellationToken) =>
        await Polls(cancellationToken).FindAsync(text) ?? throw NoSuch("poll", text);

    /// <summary>The batch of an id, or of its first digits where only one begins with them.</summary>
    public async Task<BatchView> BatchAsync(string text, CancellationToken cancellationToken) =>
        await Batches(cancellationToken).FindAsync(text) ?? throw NoSuch("batch", text);

    /// <summary>The job of an id, or of its first digits where only one begins with them.</summary>
    public async Task<JobView> JobAsync(string text, CancellationToken cancellationToken) =>
        await Jobs(cancellationToken).FindAsync(text) ?? throw NoSuch("job", text);

    /// <summary>The items of a batch in their order; of a poll that stands alone, only it.</summary>
    public async Task<IReadOnlyList<PollView>> ItemsAsync(string text, CancellationToken cancellationToken)
    {
        (PollView? poll, BatchView? batch) = await PollOrBatchAsync(text, cancellationToken);
        return poll is not null ? [poll] : await ItemsAsync(batch!, cancellationToken);
    }

    /// <summary>The poll of an id or its first digits, or else the batch; one of them is null.</summary>
    public async Task<(PollView? Poll, BatchView? Batch)> PollOrBatchAsync(string text, CancellationToken cancellationToken)
    {
        if (await Polls(cancellationToken).FindAsync(text) is { } poll) return (poll, null);
        return (null, await Batches(cancellationToken).FindAsync(text) ?? throw NoSuch("poll or batch", text));
    }

    /// <summary>The items of a batch in their order.</summary>
    public async Task<IReadOnlyList<PollView>> ItemsAsync(BatchView batch, CancellationToken cancellationToken)
    {
        List<PollView> items = [];
        string? cursor = null;
        do
        {
            PollQuery query = new() { Batch = batch.Id, Cursor = cursor, Limit = TasksAtOnce };
            Page<PollView> page = await Client.PollsAsync(Space.Id, query, cancellationToken);
            items.AddRange(page.Data);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return [.. items.OrderBy(static item => item.Number)];
    }

    public void Dispose() => http.Dispose();

    private TaskSearch<PollView> Polls(CancellationToken cancellationToken) => new(
        "poll",
        id => Client.PollAsync(Space.Id, id, cancellationToken),
        cursor => Client.PollsAsync(Space.Id, new PollQuery { Cursor = cursor, Limit = TasksAtOnce }, cancellationToken),
        static poll => poll.Id);

    private TaskSearch<BatchView> Batches(CancellationToken cancellationToken) => new(
        "batch",
        id => Client.BatchAsync(Space.Id, id, cancellationToken),
        cursor => Client.BatchesAsync(Space.Id, new PageQuery(cursor, TasksAtOnce), cancellationToken),
        static batch => batch.Id);

    private TaskSearch<JobView> Jobs(CancellationToken cancellationToken) => new(
        "job",
        id => Client.JobAsync(Space.Id, id, cancellationToken),
        cursor => Client.JobsAsync(Space.Id, new JobQuery { Cursor = cursor, Limit = TasksAtOnce }, cancellationToken),
        static job => job.Id);

    private Complaint NoSuch(string kind, string text) => new($"There is no {kind} {text} in the space {Space.Name}.");

    public static Uri AddressOf(string url)
    {
        bool isAddress = Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out Uri? address);
        return isAddress && address is { Scheme: "http" or "https" }
            ? address
            : throw new Complaint($"'{url}' is no address of a node; one looks like http://localhost:8080.");
    }

    /// <summary>Where nobody listens, trying again helps nobody; the person wants to know at once.</summary>
    private sealed class Door(string url) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException exception) when (IsClosed(exception))
            {
                throw new Complaint($"No node answers at {url}; start one with 'chainspace up', or name another with --url.");
            }
        }

        private static bool IsClosed(HttpRequestException exception) => exception.HttpRequestError
            is HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError;
    }
}
