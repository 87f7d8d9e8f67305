using ChainSpace.Client;
using System.Text.Json;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Views;
using ChainSpace.Node.Views.Reading;
using ChainSpace.Protocol;
using ChainSpace.Rules;

namespace ChainSpace.Tests.Views;

/// <summary>A village's views in a folder of their own, with all that they answer.</summary>
internal sealed class Showing : IDisposable
{
    private readonly Village village;
    private readonly string directory = Directory.CreateTempSubdirectory("views-").FullName;

    public Showing(Village village)
    {
        this.village = village;
        Views = ViewStore.Open(directory, village.Domain.Space);
        Reader = new SpaceReader(Views, village.Journal, Content);
        Jobs = new JobQueries(Views, static _ => null);
    }

    public ViewStore Views { get; private set; }

    public SpaceReader Reader { get; private set; }

    public JobQueries Jobs { get; private set; }

    public string File => Path.Combine(directory, "views.db");

    public Showing Fold(int batch = int.MaxValue)
    {
        foreach (CommittedEntry[] entries in village.Entries.Skip((int)Views.Position).Chunk(batch)) Views.Fold(entries);
        return this;
    }

    public void Reopen(Action? meanwhile = null)
    {
        Views.Dispose();
        meanwhile?.Invoke();
        Views = ViewStore.Open(directory, village.Domain.Space);
        Reader = new SpaceReader(Views, village.Journal, Content);
        Jobs = new JobQueries(Views, static _ => null);
    }

    public List<PollView> Polls(PollQuery? query = null) =>
        All(cursor => Reader.Polls((query ?? new()) with { Cursor = cursor }));

    public List<JobView> AllJobs(JobQuery query) => All(cursor => Jobs.List(query with { Cursor = cursor }));

    public List<VoteView> Votes(string poll, int limit = 3) =>
        All(cursor => Reader.Votes(new TaskId(Bytes32.Parse(poll)), new PageQuery(cursor, limit)));

    public List<HistoryItem> History(AccountId account, int limit = 7) =>
        All(cursor => Reader.History(account, new PageQuery(cursor, limit)));

    /// <summary>Every answer, as text.</summary>
    public string Everything()
    {
        List<PollView> polls = Polls();
        AccountId[] people = [.. village.State.Accounts.Select(static each => each.Id)];
        return JsonSerializer.Serialize(new
        {
            Space = Reader.Space(),
            Polls = polls,
            Single = polls.Select(each => Reader.Poll(new TaskId(Bytes32.Parse(each.Id)))),
            Votes = polls.Select(each => Votes(each.Id)),
            Accounts = people.Select(Reader.Account),
            History = people.Select(each => History(each)),
            Feed = Feed(),
        });
    }

    public List<FeedItem> Feed()
    {
        Feed feed = new(Views, village.Journal);
        List<FeedItem> items = [];
        for (long after = -1; feed.Read(after) is { Count: > 0 } next; after = long.Parse(next[^1].Index, null))
            items.AddRange(next);
        return items;
    }

    public void Dispose()
    {
        Views.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static byte[] Content(Bytes32 hash) =>
    [
        .. new byte[32],
        .. JsonSerializer.SerializeToUtf8Bytes(
            new PollContent($"Content of {hash}", "", ["yes", "no", "perhaps"]), ClientJson.Default.PollContent),
    ];

    private static List<T> All<T>(Func<string?, Ruling<Page<T>, QueryRefusal>> read)
    {
        List<T> found = [];
        string? cursor = null;
        do
        {
            Ruling<Page<T>, QueryRefusal> page = read(cursor);
            Assert.True(page.IsAccepted, page.Refusal?.Code);
            found.AddRange(page.State.Data);
            cursor = page.State.NextCursor;
        }
        while (cursor is not null);

        return found;
    }
}
