using System.Globalization;
using ChainSpace.Client.Reading;

namespace ChainSpace.Tests.Web;

/// <summary>Views as a node would show them, one of each kind that the pages treat differently.</summary>
internal sealed class SampleReader(TimeProvider clock) : ISpaceReader
{
    public const string Hostile = "</title><script>alert(1)</script>";

    private readonly DateTimeOffset now = clock.GetUtcNow();

    public SampleJournal Journal { get; } = new();

    /// <summary>Polls beside the sample's; they hide those of the same id, and are in no list.</summary>
    public List<PollView> More { get; } = [];

    /// <summary>What voters say in their own words, on every poll; null: they choose options.</summary>
    public string[]? Words { get; set; }

    /// <summary>Makes every answer fail, as a node does whose journal cannot be read.</summary>
    public bool IsBroken { get; set; }

    public async Task<Page<SpaceView>> SpacesAsync(CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        await Task.Yield();
        return new([Space, Empty], null);
    }

    public Task<SpaceView?> SpaceAsync(string space, CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        return Task.FromResult(new[] { Space, Empty }.FirstOrDefault(each => each.Name == space || each.Id == space));
    }

    public Task<Page<PollView>> PollsAsync(string space, PollQuery query, CancellationToken cancellationToken)
    {
        IEnumerable<PollView> found =
            from poll in space == Space.Id ? PollsOf(query.Batch) : []
            where query.State is null || poll.State == query.State
            where query.Category is null || poll.Category == query.Category
            where query.Requester is null || poll.Requester == query.Requester
            select poll;
        bool hasMore = query.State is null && query.Cursor is null && space == Space.Id;
        return Task.FromResult(new Page<PollView>([.. found], hasMore ? "next&<page>" : null));
    }

    private PollView[] PollsOf(string? batch) => batch switch
    {
        null => [.. Polls, .. Tasks.Items],
        PollQuery.NoBatch => Polls,
        _ => batch == Tasks.Fresh.Id ? [] : Tasks.Items,
    };

    public Task<PollView?> PollAsync(string space, string poll, CancellationToken cancellationToken) =>
        Task.FromResult(More.Concat(Polls).Concat(Tasks.Items).FirstOrDefault(each => each.Id == poll));

    public Task<Page<VoteView>> VotesAsync(string space, string poll, PageQuery query, CancellationToken cancellationToken)
    {
        if (Words is { } words)
        {
            return Task.FromResult(new Page<VoteView>(
                [.. words.Select((said, number) => new VoteView("5", Id(1, number), 1_000 + said.Length, "0") { Words = said })],
                null));
        }

        PollView view = More.Concat(Polls).Concat(Tasks.Items).First(each => each.Id == poll);
        IEnumerable<VoteView> votes = Enumerable.Range(0, view.Votes).Select(number => new VoteView(
            Text(number is 0 ? SampleJournal.OwnVote : number is 1 ? SampleJournal.SessionVote : 5),
            number is 0 ? Journal.Voter : Id(0x01, number),
            number % 5 == 4 ? null : number % 4 == 3 ? 0 : 1,
            number % 5 == 4 ? "0" : "156"));
        return Task.FromResult(new Page<VoteView>([.. votes], null));
    }

    public Task<Page<SeatView>> SeatsAsync(string space, string poll, PageQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<SeatView>(poll == Drawn.Id ? Tasks.Seats : [], null));

    public Task<Page<BatchView>> BatchesAsync(string space, PageQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<BatchView>(space == Space.Id ? Tasks.Batches : [], null));

    public Task<Page<SeatView>> PanelAsync(
        string space, string batch, PageQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(batch == Tasks.Paneled.Id ? Tasks.Panel : new Page<SeatView>([], null));

    public Task<BatchView?> BatchAsync(string space, string batch, CancellationToken cancellationToken) =>
        Task.FromResult(Tasks.Batches.FirstOrDefault(each => each.Id == batch));

    public Task<Page<JobView>> JobsAsync(string space, JobQuery query, CancellationToken cancellationToken)
    {
        if (space != Space.Id || query.Account is not null) return Task.FromResult(new Page<JobView>([], null));
        IEnumerable<JobView> found = Jobs.All.Where(job => query.State is null || job.State == query.State);
        // The first page says that there is more; whoever goes on finds the last of them.
        JobView[] page = [.. query.Cursor is null ? found.Take(query.Limit) : found.TakeLast(1)];
        return Task.FromResult(new Page<JobView>(page, query is { Cursor: null, State: "open" } ? "bW9yZQ" : null));
    }

    public Task<JobView?> JobAsync(string space, string job, CancellationToken cancellationToken) =>
        Task.FromResult(Jobs.All.FirstOrDefault(each => each.Id == job));

    public Task<PartyView?> PartyAsync(string space, string account, CancellationToken cancellationToken) =>
        Task.FromResult(account == Journal.Voter ? Jobs.Party : null);

    public Task<ProfileView?> ProfileAsync(string space, string account, CancellationToken cancellationToken) =>
        Task.FromResult(account == Journal.Voter ? Jobs.Profile : null);

    public Task<AccountView?> AccountAsync(string space, string account, CancellationToken cancellationToken) =>
        Task.FromResult(account == Journal.Voter ? Voter : account == Id(0, 9) ? Newcomer : null);

    public Task<Page<HistoryItem>> HistoryAsync(
        string space, string account, PageQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<HistoryItem>(
            account == Journal.Voter
                ? [
                    new("4", Ago(2), "Vote", Journal.Poll.ToString()), new("3", Ago(50), "Delegate", null),
                    new("6", Ago(60), "ApplyForJob", null) { Job = Jobs.Review.Id },
                    new("7", Ago(70), "PostBatch", null) { Batch = Tasks.Spam.Id },
                    new("2", Ago(60 * 30), "SealedVote", Journal.Poll.ToString()), new("1", Ago(60 * 24 * 3), "Register", null),
                ]
                : [],
            null));

    public Task<Page<PersonView>> PeopleAsync(string space, string filter, CancellationToken cancellationToken)
    {
        Asked = filter;
        PersonView[] found =
        [
            new(Journal.Voter, "language=de|fr", Voter.Reputation, [new("work/translation", 3)]),
            new(Id(0, 9), "<b>bold</b>=1", [], []),
        ];
        return Task.FromResult(new Page<PersonView>(filter.Contains("nobody", StringComparison.Ordinal) ? [] : found, null));
    }

    /// <summary>The filter that was asked last.</summary>
    public string? Asked { get; private set; }

    public Task<ReceiptDocument?> ReceiptAsync(string space, long index, CancellationToken cancellationToken) =>
        Task.FromResult(index < Journal.Size ? Journal.Receipt((int)index) : null);

    /// <summary>Batches, and what is drawn.</summary>
    public SampleTasks Tasks => new(this);

    public SampleJobs Jobs => new(this);

    public SpaceView Space => new()
    {
        Id = Journal.Space.ToString(),
        Name = "helpdesk",
        Network = "sovereign",
        ChainId = "0",
        Factory = default(ChainSpace.Protocol.Bytes32).ToString(),
        Currency = "PLAY",
        Decimals = 2,
        Operator = Id(1, 1),
        Grant = "100000",
        Origin = Journal.Origin,
        CheckpointKey = "key",
        SealingKey = "0x",
        Size = Text(Journal.Size + 1),
        Polls = "1284",
        Accounts = "317",
        MinimumPay = "900",
    };

    public SpaceView Empty => Space with
    {
        Id = Id(9, 9),
        Name = "translations",
        Network = "ethereum",
        Currency = "USDC",
        Decimals = 6,
        Size = "1",
        Polls = "0",
        Accounts = "1",
    };

    public PollView[] Polls => [Sealed, Closed, Open, HostilePoll, Erased, Inconclusive, Cancelled, Drawn];

    public PollView Drawn => Tasks.Drawn;

    /// <summary>Closed, and the case of a job.</summary>
    public PollView Closed => Sealed with
    {
        Job = Id(7, 2),
        Id = Journal.Poll.ToString(),
        State = "closed",
        Votes = 8,
        Confidence = 9500,
        Content = new(
            "Does this review break the shop’s rules?",
            "The review says: “Worst kettle ever, the seller is a crook, here is his number.”\n\n"
                + "Rules: no insults, no private data.",
            ["It is fine", "Breaks a rule", "Cannot tell"]),
        Outcome = new()
        {
            Index = "6",
            Moment = Ago(90),
            Reason = "confidence",
            Answer = 1,
            Confidence = 0.973,
            Belief = 0.973,
            Plurality = 1,
            Counts = [1, 6, 1],
            Paid = "1250",
            Refunded = "0",
        },
    };

    public PollView Sealed => new()
    {
        Id = Id(2, 1),
        Index = "2",
        Requester = Journal.Voter,
        Category = "moderation",
        ContentHash = Id(3, 1),
        Options = 3,
        Content = new(
            "Is the picture on this listing the product that is for sale?",
            "Compare the first picture with the description below it.",
            ["Yes", "No, another product", "Cannot tell"]),
        Reward = "1250",
        Payout = "majority",
        Aggregation = "weighted",
        Voting = "sealed",
        Voters = "open",
        Sample = 0,
        Minimum = 5,
        Maximum = 10,
        Confidence = 9500,
        Posted = Ago(130),
        Deadline = Ago(-150),
        State = "voting",
        Votes = 7,
    };

    public PollView Open => Sealed with
    {
        Id = Id(2, 2),
        Voting = "open",
        Votes = 3,
        Category = "homework",
        Voters = "language=de,reputation>=0.8",
        Sample = 12,
        Content = new("Which proof of the lemma is easier to follow?", "", ["The first", "The second"]),
        Options = 2,
    };

    public PollView HostilePoll => Sealed with
    {
        Id = Id(2, 3),
        Category = "x\" onmouseover=\"alert(1)",
        Content = new(Hostile, "<img src=x onerror=alert(1)>", ["<b>bold</b>", "\"quoted\"", "ok"]),
    };

    public PollView Erased => Closed with { Id = Id(2, 4), Content = null };

    public PollView Inconclusive => Closed with
    {
        Id = Id(2, 5),
        State = "inconclusive",
        Category = "translation",
        Content = new("Which of the two translations keeps the joke?", "", ["A", "B", "Neither"]),
        Outcome = WithoutAnswer("deadline", [3, 3, 2]),
    };

    public PollView Cancelled => Closed with
    {
        Id = Id(2, 6),
        State = "cancelled",
        Votes = 0,
        Content = new("Posted by mistake", "", ["Yes", "No", "Maybe"]),
        Outcome = WithoutAnswer("cancelled", [0, 0, 0]),
    };

    public AccountView Voter => new()
    {
        Id = Journal.Voter,
        Attributes = "country=DE,language=de",
        Available = "123456",
        Escrowed = "2500",
        Withdrawn = "0",
        Received = "10000",
        Earned = "98765432",
        Entries = "4",
        Reputation = [new("moderation", 41.5, 3.25, 0.921, 0.843), new("homework", 3, 1, 0.667, 0.343)],
    };

    public AccountView Newcomer => Voter with
    {
        Id = Id(0, 9),
        Attributes = "",
        Available = "100000",
        Escrowed = "0",
        Withdrawn = "0",
        Received = "0",
        Earned = "0",
        Entries = "0",
        Reputation = [],
    };

    private PollOutcome WithoutAnswer(string reason, int[] counts) => Closed.Outcome! with
    {
        Answer = null,
        Confidence = 0,
        Reason = reason,
        Counts = counts,
        Paid = "0",
        Refunded = "1250",
    };

    public static string Id(byte kind, int number) => $"0x{kind:x2}{number * 7919:x8}{new string('a', 50)}{number:x4}";

    public string Ago(int minutes) => Text(now.AddMinutes(-minutes).ToUnixTimeMilliseconds());

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void ThrowIfBroken()
    {
        if (IsBroken) throw new IOException("The journal's disk is away.");
    }
}
