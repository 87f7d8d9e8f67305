using System.CommandLine;
using ChainSpace.Client;
using ChainSpace.Client.Http;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>One space of a node, as anybody can read it.</summary>
internal sealed class NodeVisit : IDisposable
{
    private const int ShortestPrefix = 6;
    private const int PollsAtOnce = 200;

    // So many polls are looked through for a shortened id; older ones need the whole.
    private const int MostPollsSearched = 10_000;

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
    public async Task<PollView> PollAsync(string text, CancellationToken cancellationToken)
    {
        string prefix = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        if (prefix.Length is < ShortestPrefix or > Bytes32.TextSize - 2 || !prefix.All(char.IsAsciiHexDigit))
            throw new Complaint($"'{text}' is no id of a poll; give at least its first {ShortestPrefix} digits.");
        string id = "0x" + prefix.ToLowerInvariant();
        PollView? found = id.Length == Bytes32.TextSize
            ? await Client.PollAsync(Space.Id, id, cancellationToken)
            : await FindAsync(id, cancellationToken);
        return found ?? throw new Complaint($"There is no poll {text} in the space {Space.Name}.");
    }

    public void Dispose() => http.Dispose();

    private async Task<PollView?> FindAsync(string prefix, CancellationToken cancellationToken)
    {
        PollView? found = null;
        string? cursor = null;
        for (int seen = 0; seen < MostPollsSearched; seen += PollsAtOnce)
        {
            PollQuery query = new() { Cursor = cursor, Limit = PollsAtOnce };
            Page<PollView> page = await Client.PollsAsync(Space.Id, query, cancellationToken);
            foreach (PollView poll in page.Data)
            {
                if (!poll.Id.StartsWith(prefix, StringComparison.Ordinal) || poll.Id == found?.Id) continue;
                if (found is not null) throw new Complaint($"More than one poll begins with {prefix}; give more digits.");
                found = poll;
            }

            if ((cursor = page.NextCursor) is null) break;
        }

        return found;
    }

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
