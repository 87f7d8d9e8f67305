using System.Globalization;
using System.Runtime.CompilerServices;
using ChainSpace.Client.Reading;
using ChainSpace.Journal;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Views.Reading;

/// <summary>
/// What happens in a space, entry by entry: an item for each, or one for every poll that the entry moved. Any number of
/// threads.
/// </summary>
public sealed class Feed(ViewStore views, JournalStore journal)
{
    private const int EntriesAtOnce = 256;


    // Everybody who follows the head wants the same few entries at the same time.
    private readonly Lock reading = new();
    private (long From, long Count, IReadOnlyList<FeedItem> Items) last = (0, 0, []); // Guarded by the lock.

    /// <summary>Items of the entries behind one, at most 256 entries; none where there are none yet.</summary>
    /// <param name="after">Index of the last known entry; -1 for none.</param>
    public IReadOnlyList<FeedItem> Read(long after) => Read(after, views.Position).Items;

    /// <summary>Items of the entries behind one, then of those to come, without end.</summary>
    /// <param name="after">Index of the last known entry; -1 for none.</param>
    public async IAsyncEnumerable<FeedItem> FollowAsync(
        long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next = views.Folded.Next;
            (IReadOnlyList<FeedItem> items, long read) = Read(after, views.Position);
            foreach (FeedItem item in items) yield return item;
            after += read;
            if (read == 0) await next.WaitAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private (IReadOnlyList<FeedItem> Items, long Entries) Read(long after, long end)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(after, -1);
        long from = after + 1;
        long count = Math.Clamp(end - from, 0, EntriesAtOnce);
        if (count == 0) return ([], 0);
        lock (reading)
        {
            if (last.From != from || last.Count != count) last = (from, count, Load(from, count));
            return (last.Items, count);
        }
    }

    private List<FeedItem> Load(long from, long count)
    {
        ILookup<long, Change> changes = views.Readers.Read(database => Changes(database, from, count));
        List<FeedItem> items = [];
        foreach (ReadOnlyMemory<byte> leaf in journal.ReadEntries(from, count))
        {
            Entry entry = MessageWords.Read(leaf);
            FeedItem plain = new(
                from.ToString(CultureInfo.InvariantCulture), entry.Moment.ToString(), entry.Message.Type,
                entry.Message.Header.Account.ToString(), MessageWords.PollOf(entry.Message)?.ToString(), null);
            if (changes.Contains(from))
                items.AddRange(changes[from].Select(change => plain with { Poll = change.Poll, State = change.State }));
            else
                items.Add(plain);
            from++;
        }

        return items;
    }

    private static ILookup<long, Change> Changes(ViewDatabase database, long from, long count)
    {
        Statement rows = database.On("""
            SELECT change.idx, poll.id, change.state FROM change JOIN poll ON poll.idx = change.poll
            WHERE change.idx >= ?1 AND change.idx < ?2 ORDER BY change.idx, change.poll
            """).Bind(1, from).Bind(2, from + count);
        List<Change> found = [];
        while (rows.Step()) found.Add(new Change(rows.Number(0), rows.Id(1).ToString(), rows.Text(2)));
        return found.ToLookup(static change => change.Index);
    }

    private readonly record struct Change(long Index, string Poll, string State);
}
