using System.Globalization;
using System.Text.Json;
using ChainSpace.Client.Http;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client;

/// <summary>
/// A node over HTTP (spec/api.md). A space is named by its id or its name. Any number of threads. What cannot be had
/// throws <see cref="HttpRequestException"/>; what does not exist is null; what the rules refuse is a value.
/// </summary>
/// <param name="http">Its base address is the node's, ending in a slash.</param>
/// <param name="policy">When to try again; null: six tries.</param>
/// <param name="time">Clock of the waits; null: the machine's.</param>
public sealed class ChainSpaceClient(HttpClient http, RetryPolicy? policy = null, TimeProvider? time = null) : ISpaceReader
{
    private readonly Transport transport = new(http, policy ?? new RetryPolicy(), time ?? TimeProvider.System);

    internal HttpClient Http => transport.Http;

    /// <summary>Sends a message, again where the node is busy or the connection lost; the journal has it at most once.</summary>
    public Task<Sent> SendAsync(string space, Envelope message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new MessagePost(transport).SendAsync(Path(space, "/messages"), message.ToBytes(), cancellationToken);
    }

    /// <summary>Sends many at once; one answer each, in their order.</summary>
    public Task<IReadOnlyList<Sent>> SendManyAsync(
        string space, IReadOnlyList<Envelope> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ReadOnlyMemory<byte>[] lines = [.. messages.Select(message => (ReadOnlyMemory<byte>)message.ToBytes())];
        return SendLinesAsync(space, lines, cancellationToken);
    }

    /// <summary>The same for envelopes written beforehand, each without a line break.</summary>
    public Task<IReadOnlyList<Sent>> SendLinesAsync(
        string space, IReadOnlyList<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return new MessagePost(transport).SendManyAsync(Path(space, "/messages"), lines, cancellationToken);
    }

    public async Task<Page<SpaceView>> SpacesAsync(CancellationToken cancellationToken) =>
        await transport.GetAsync("v1/spaces", ClientJson.Default.PageSpaceView, cancellationToken).ConfigureAwait(false)
        ?? new Page<SpaceView>([], null);

    public Task<SpaceView?> SpaceAsync(string space, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, ""), ClientJson.Default.SpaceView, cancellationToken);

    public async Task<Page<PollView>> PollsAsync(string space, PollQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        string filter = Filter("state", query.State) + Filter("category", query.Category) + Filter("requester", query.Requester)
            + Filter("batch", query.Batch) + Filter("order", query.IsOldestFirst ? "oldest" : null);
        string path = Path(space, $"/polls?{PageOf(query)}{filter}");
        return await transport.GetAsync(path, ClientJson.Default.PagePollView, cancellationToken).ConfigureAwait(false)
            ?? new Page<PollView>([], null);
    }

    public Task<PollView?> PollAsync(string space, string poll, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, $"/polls/{Escape(poll)}"), ClientJson.Default.PollView, cancellationToken);

    /// <summary>Batches, newest first.</summary>
    public async Task<Page<BatchView>> BatchesAsync(string space, PageQuery query, CancellationToken cancellationToken) =>
        await transport.GetAsync(
            Path(space, $"/batches?{PageOf(query)}"), ClientJson.Default.PageBatchView, cancellationToken).ConfigureAwait(false)
        ?? new Page<BatchView>([], null);

    public Task<BatchView?> BatchAsync(string space, string batch, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, $"/batches/{Escape(batch)}"), ClientJson.Default.BatchView, cancellationToken);

    public async Task<Page<SeatView>> PanelAsync(
        string space, string batch, PageQuery query, CancellationToken cancellationToken)
    {
        string path = Path(space, $"/batches/{Escape(batch)}/seats?{PageOf(query)}");
        return await transport.GetAsync(path, ClientJson.Default.PageSeatView, cancellationToken).ConfigureAwait(false)
            ?? new Page<SeatView>([], null);
    }

    /// <summary>Jobs, newest first.</summary>
    public async Task<Page<JobView>> JobsAsync(string space, JobQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        string path = Path(
            space, $"/jobs?{PageOf(query)}{Filter("state", query.State)}{Filter("account", query.Account)}");
        return await transport.GetAsync(path, ClientJson.Default.PageJobView, cancellationToken).ConfigureAwait(false)
            ?? new Page<JobView>([], null);
    }

    public Task<JobView?> JobAsync(string space, string job, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, $"/jobs/{Escape(job)}"), ClientJson.Default.JobView, cancellationToken);

    /// <summary>
    /// Work by its salted hash, as it was handed in; null where there is none, or it was erased.
    /// <see cref="SaltedWork.Read"/> says whether it is that work.
    /// </summary>
    public Task<byte[]?> SubmissionAsync(string space, string hash, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, $"/submissions/{Escape(hash)}"), cancellationToken);

    /// <summary>A job's hidden tests, once it has ended; null before, and where the node has none.</summary>
    public Task<byte[]?> TestsAsync(string space, string job, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, $"/jobs/{Escape(job)}/tests"), cancellationToken);

    /// <summary>
    /// Hands the node the tests that a job's content names by their hash; null where it has them now, else its refusal.
    /// </summary>
    /// <param name="suite">The suite's JSON (docs/guides/sandbox.md).</param>
    public Task<Sent.Refused?> PutTestsAsync(
        string space, string job, ReadOnlyMemory<byte> suite, CancellationToken cancellationToken) =>
        new MessagePost(transport).PutAsync(Path(space, $"/jobs/{Escape(job)}/tests"), suite, cancellationToken);

    public async Task<Page<VoteView>> VotesAsync(
        string space, string poll, PageQuery query, CancellationToken cancellationToken)
    {
        string path = Path(space, $"/polls/{Escape(poll)}/votes?{PageOf(query)}");
        return await transport.GetAsync(path, ClientJson.Default.PageVoteView, cancellationToken).ConfigureAwait(false)
            ?? new Page<VoteView>([], null);
    }

    /// <summary>Who was drawn for a poll, and what has become of the seats.</summary>
    public async Task<Page<SeatView>> SeatsAsync(
        string space, string poll, PageQuery query, CancellationToken cancellationToken)
    {
        string path = Path(space, $"/polls/{Escape(poll)}/seats?{PageOf(query)}");
        return await transport.GetAsync(path, ClientJson.Default.PageSeatView, cancellationToken).ConfigureAwait(false)
            ?? new Page<SeatView>([], null);
    }

    /// <summary>What an account can do now, the most urgent first, and what it was paid lately.</summary>
    public async Task<Page<InboxItem>> InboxAsync(string space, string account, CancellationToken cancellationToken) =>
        await transport.GetAsync(
            Path(space, $"/accounts/{Escape(account)}/inbox"), ClientJson.Default.PageInboxItem, cancellationToken)
            .ConfigureAwait(false)
        ?? new Page<InboxItem>([], null);

    public Task<AccountView?> AccountAsync(string space, string account, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, $"/accounts/{Escape(account)}"), ClientJson.Default.AccountView, cancellationToken);

    public async Task<Page<HistoryItem>> HistoryAsync(
        string space, string account, PageQuery query, CancellationToken cancellationToken)
    {
        string path = Path(space, $"/accounts/{Escape(account)}/history?{PageOf(query)}");
        return await transport.GetAsync(path, ClientJson.Default.PageHistoryItem, cancellationToken).ConfigureAwait(false)
            ?? new Page<HistoryItem>([], null);
    }

    public Task<ReceiptDocument?> ReceiptAsync(string space, long index, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, $"/receipts/{Decimal(index)}"), ClientJson.Default.ReceiptDocument, cancellationToken);

    /// <summary>The settlement networks of the node.</summary>
    public async Task<Page<NetworkView>> NetworksAsync(CancellationToken cancellationToken) =>
        await transport.GetAsync("v1/networks", ClientJson.Default.PageNetworkView, cancellationToken).ConfigureAwait(false)
        ?? new Page<NetworkView>([], null);

    /// <summary>A space's vault; null for play money, and while the vault is not on its chain yet.</summary>
    public Task<VaultView?> VaultAsync(string space, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, "/vault"), ClientJson.Default.VaultView, cancellationToken);

    /// <summary>An account's money between space and chain; null where the space has no vault or no such account.</summary>
    public Task<MoneyView?> MoneyAsync(string space, string account, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, $"/accounts/{Escape(account)}/money"), ClientJson.Default.MoneyView, cancellationToken);

    /// <summary>What an account may claim; null where nothing can be claimed yet.</summary>
    public Task<PayoutView?> PayoutAsync(string space, string account, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, $"/payouts/{Escape(account)}"), ClientJson.Default.PayoutView, cancellationToken);

    /// <summary>
    /// The published payout tree, as <c>StandardMerkleTree.dump()</c> writes it; null where nothing can be claimed yet.
    /// </summary>
    public Task<byte[]?> PayoutsAsync(string space, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, "/payouts"), cancellationToken);

    /// <summary>A space's newest head on each network that has it under a super-root.</summary>
    public async Task<Page<SharedAnchorView>> SharedAnchorsAsync(string space, CancellationToken cancellationToken) =>
        await transport.GetAsync(Path(space, "/anchors"), ClientJson.Default.PageSharedAnchorView, cancellationToken)
            .ConfigureAwait(false)
        ?? new Page<SharedAnchorView>([], null);

    /// <summary>An account's reputation on each network that has the space's under a super-root.</summary>
    public async Task<Page<ScoresView>> ScoresAsync(string space, string account, CancellationToken cancellationToken) =>
        await transport.GetAsync(
            Path(space, $"/accounts/{Escape(account)}/scores"), ClientJson.Default.PageScoresView, cancellationToken)
            .ConfigureAwait(false)
        ?? new Page<ScoresView>([], null);

    /// <summary>What witnesses sign of an anchor; null where this size waits for none.</summary>
    public Task<EndorsementView?> EndorsementAsync(string space, long size, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, $"/anchors/{Decimal(size)}"), ClientJson.Default.EndorsementView, cancellationToken);

    /// <summary>Hands in a witness's signature of an anchor; null where the node has it now, else its refusal.</summary>
    public Task<Sent.Refused?> EndorseAsync(
        string space, long size, WitnessSignature signature, CancellationToken cancellationToken) =>
        new MessagePost(transport).TellAsync(
            Path(space, $"/anchors/{Decimal(size)}/signatures"),
            JsonSerializer.SerializeToUtf8Bytes(signature, ClientJson.Default.WitnessSignature),
            cancellationToken);

    /// <summary>Accounts that meet a filter (spec/filters.md) by what is public.</summary>
    /// <exception cref="HttpRequestException">The node refuses the filter; the message says why.</exception>
    public async Task<Page<PersonView>> PeopleAsync(string space, string filter, CancellationToken cancellationToken) =>
        await transport.GetAsync(
            Path(space, $"/people?filter={Escape(filter)}"), ClientJson.Default.PagePersonView, cancellationToken)
            .ConfigureAwait(false)
        ?? new Page<PersonView>([], null);

    /// <summary>How an account behaves as a party to jobs; null for one that has not been any.</summary>
    public Task<PartyView?> PartyAsync(string space, string account, CancellationToken cancellationToken) =>
        transport.GetAsync(
            Path(space, $"/accounts/{Escape(account)}/party"), ClientJson.Default.PartyView, cancellationToken);

    /// <summary>What an account can prove of itself.</summary>
    public Task<ProfileView?> ProfileAsync(string space, string account, CancellationToken cancellationToken) =>
        transport.GetAsync(
            Path(space, $"/accounts/{Escape(account)}/profile"), ClientJson.Default.ProfileView, cancellationToken);

    /// <summary>What a confidence would take.</summary>
    public Task<QuoteView?> QuoteAsync(string space, QuoteRequest wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        string query = $"category={Escape(wanted.Category)}&confidence={Decimal(wanted.Confidence)}"
            + $"&options={Decimal(wanted.Options)}&minimum={Decimal(wanted.Minimum)}&maximum={Decimal(wanted.Maximum)}"
            + $"{Filter("requester", wanted.Requester)}&pricing={Escape(wanted.Pricing)}&voters={Escape(wanted.Voters)}"
            + $"{Filter("gold", wanted.IsGold ? "true" : null)}{Filter("reward", wanted.Reward)}";
        return transport.GetAsync(Path(space, $"/quote?{query}"), ClientJson.Default.QuoteView, cancellationToken);
    }

    /// <summary>How far confidences have been true, by category and requester.</summary>
    public async Task<Page<ReliabilityView>> ReliabilityAsync(string space, CancellationToken cancellationToken) =>
        await transport.GetAsync(Path(space, "/reliability"), ClientJson.Default.PageReliabilityView, cancellationToken)
            .ConfigureAwait(false)
        ?? new Page<ReliabilityView>([], null);

    /// <summary>Salt and content by their hash; null once erased.</summary>
    public Task<ContentView?> ContentAsync(string space, string hash, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, $"/content/{Escape(hash)}"), ClientJson.Default.ContentView, cancellationToken);

    /// <summary>That the journal of one size begins with the journal of the other.</summary>
    public Task<ConsistencyView?> ConsistencyAsync(string space, long from, long to, CancellationToken cancellationToken) =>
        transport.GetAsync(
            Path(space, $"/consistency?from={Decimal(from)}&to={Decimal(to)}"),
            ClientJson.Default.ConsistencyView,
            cancellationToken);

    /// <summary>The newest checkpoint, a signed note, as the node wrote it.</summary>
    public Task<byte[]?> CheckpointAsync(string space, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, "/checkpoint"), cancellationToken);

    /// <summary>The hashes of one tile, 32 bytes each.</summary>
    public Task<byte[]?> TileAsync(string space, Tile tile, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, "/" + tile.Path), cancellationToken);

    /// <summary>The entries of one bundle; <see cref="EntryBundle.TryRead"/> takes them apart.</summary>
    public Task<byte[]?> BundleAsync(string space, EntryBundle bundle, CancellationToken cancellationToken) =>
        transport.GetAsync(Path(space, "/" + bundle.Path), cancellationToken);

    /// <summary>Entries as they come, each once, across cut connections; from the index after the one given.</summary>
    public IAsyncEnumerable<FeedItem> FeedAsync(string space, long? after, CancellationToken cancellationToken) =>
        new FeedReader(transport, Path(space, "/feed")).ReadAsync(after, cancellationToken);

    private static string Path(string space, string rest) => $"v1/spaces/{Escape(space)}{rest}";

    private static string PageOf(PageQuery query) => $"limit={Decimal(query.Limit)}{Filter("cursor", query.Cursor)}";

    private static string Filter(string name, string? value) => value is null ? "" : $"&{name}={Escape(value)}";

    private static string Escape(string text) => Uri.EscapeDataString(text);

    private static string Decimal(long number) => number.ToString(CultureInfo.InvariantCulture);
}
