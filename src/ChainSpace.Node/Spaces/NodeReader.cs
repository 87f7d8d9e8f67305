using System.Text;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Settlement;
using ChainSpace.Node.Views.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Filters;

namespace ChainSpace.Node.Spaces;

/// <summary>Reads for the node's own pages, straight from the views. A cursor nobody gave out starts at the beginning.</summary>
public sealed class NodeReader(SpaceDirectory spaces, ReceiptDesk receipts) : ISpaceReader
{
    private const int PeopleShown = 50;

    public Task<Page<SpaceView>> SpacesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new Page<SpaceView>([.. spaces.All.Select(View)], null));

    public Task<SpaceView?> SpaceAsync(string space, CancellationToken cancellationToken) =>
        Task.FromResult(spaces.Find(space) is { } host ? View(host) : null);

    public Task<Page<PollView>> PollsAsync(string space, PollQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(Find(space)?.Polls(query).State ?? new Page<PollView>([], null));

    public Task<PollView?> PollAsync(string space, string poll, CancellationToken cancellationToken) =>
        Task.FromResult(Bytes32.TryParse(poll, out Bytes32 id) ? Find(space)?.Poll(new TaskId(id)) : null);

    public Task<Page<VoteView>> VotesAsync(string space, string poll, PageQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(Votes(Find(space), poll, query) ?? new Page<VoteView>([], null));

    public Task<Page<SeatView>> SeatsAsync(string space, string poll, PageQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(
            (Bytes32.TryParse(poll, out Bytes32 id) ? Find(space)?.Seats(new TaskId(id), query).State : null)
            ?? new Page<SeatView>([], null));

    public Task<Page<BatchView>> BatchesAsync(string space, PageQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(Find(space)?.Batches(query).State ?? new Page<BatchView>([], null));

    public Task<Page<SeatView>> PanelAsync(
        string space, string batch, PageQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(
            (Bytes32.TryParse(batch, out Bytes32 id) ? Find(space)?.Panel(new TaskId(id), query).State : null)
            ?? new Page<SeatView>([], null));

    public Task<BatchView?> BatchAsync(string space, string batch, CancellationToken cancellationToken) =>
        Task.FromResult(Bytes32.TryParse(batch, out Bytes32 id) ? Find(space)?.Batch(new TaskId(id)) : null);

    public Task<Page<JobView>> JobsAsync(string space, JobQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(spaces.Find(space)?.Jobs.List(query).State ?? new Page<JobView>([], null));

    public Task<JobView?> JobAsync(string space, string job, CancellationToken cancellationToken) =>
        Task.FromResult(Bytes32.TryParse(job, out Bytes32 id) ? spaces.Find(space)?.Jobs.Find(new TaskId(id)) : null);

    public Task<PartyView?> PartyAsync(string space, string account, CancellationToken cancellationToken) =>
        Task.FromResult(Bytes32.TryParse(account, out Bytes32 id) ? spaces.Find(space)?.Jobs.Party(new AccountId(id)) : null);

    public Task<ProfileView?> ProfileAsync(string space, string account, CancellationToken cancellationToken) =>
        Task.FromResult(Bytes32.TryParse(account, out Bytes32 id) && spaces.Find(space) is { } host
            ? Profiles.Of(host, new AccountId(id))
            : null);

    public Task<AccountView?> AccountAsync(string space, string account, CancellationToken cancellationToken) =>
        Task.FromResult(Bytes32.TryParse(account, out Bytes32 id) ? Find(space)?.Account(new AccountId(id)) : null);

    public Task<Page<HistoryItem>> HistoryAsync(
        string space, string account, PageQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(History(Find(space), account, query) ?? new Page<HistoryItem>([], null));

    public async Task<Page<PersonView>> PeopleAsync(string space, string filter, CancellationToken cancellationToken)
    {
        bool isRead = FilterReader.TryRead(Encoding.UTF8.GetBytes(filter), out Filter? read, out _);
        if (!isRead || spaces.Find(space) is not { } host) return new Page<PersonView>([], null);
        var ruling = await host.Eligibility.FindAsync(read!, PeopleShown);
        return new Page<PersonView>([.. (ruling.State ?? []).Select(id => Profiles.Person(host, id))], null);
    }

    public Task<ReceiptDocument?> ReceiptAsync(string space, long index, CancellationToken cancellationToken) =>
        Task.FromResult(spaces.Find(space) is { } host ? receipts.ReceiptOf(host, new EntryIndex(index)) : null);

    private static Page<VoteView>? Votes(SpaceReader? reader, string poll, PageQuery query) =>
        Bytes32.TryParse(poll, out Bytes32 id) ? reader?.Votes(new TaskId(id), query).State : null;

    private static Page<HistoryItem>? History(SpaceReader? reader, string account, PageQuery query) =>
        Bytes32.TryParse(account, out Bytes32 id) ? reader?.History(new AccountId(id), query).State : null;

    private SpaceReader? Find(string space) => spaces.Find(space)?.Reader;

    private static SpaceView View(SpaceHost space) => space.Reader.Space() is { } view
        ? view with { MinimumPay = space.Floor?.Hourly.ToString() }
        : throw new InvalidOperationException("A space that is open has a first entry.");
}
