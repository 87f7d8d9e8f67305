using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Journal;
using ChainSpace.Node.Views.Sqlite;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Eligibility;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Node.Views.Reading;

// What an account can do now. Sealed votes stand in no table before their poll ends, so what it has voted on is read from
// its own newest entries in the journal.
internal sealed class InboxQueries(ViewDatabase database, JournalStore journal, PollQueries polls)
{
    // Entries of an account, open polls and ended polls that are looked through.
    private const int EntriesRead = 1_000, PollsRead = 500, PaidShown = 10, ItemsShown = 50;

    // Of a hundred thousand open polls each of these reads few: SQLite is told which way, for by itself it takes all that are
    // voted on (CROSS JOIN: what is named first is read first).
    private const string Open = """
        SELECT poll.id FROM poll INDEXED BY poll_voting LEFT JOIN batch ON batch.idx = poll.batch
        WHERE poll.state = 'voting' AND sample = 0 AND voters <> 'named' AND poll.deadline > ?1
          AND coalesce(panel_sample, 0) = 0
        ORDER BY poll.deadline, poll.idx LIMIT ?2
        """;

    private const string Gathering = """
        SELECT id FROM poll WHERE state = 'gathering' AND gather > ?1 ORDER BY gather, idx LIMIT ?2
        """;

    private const string Seats = """
        SELECT poll.id, seat.state, seat.until FROM seat CROSS JOIN poll ON poll.idx = seat.poll
        WHERE account = ?1 AND seat.state IN ('seated', 'named') AND poll.state = 'voting' AND deadline > ?2 ORDER BY poll.idx
        """;

    // What the account answers as one of a panel, the next items of each batch first.
    private const string Items = """
        SELECT poll.id FROM panel CROSS JOIN poll ON poll.batch = panel.batch
        WHERE panel.account = ?1 AND poll.state = 'voting' AND poll.deadline > ?2 ORDER BY panel.batch, poll.idx LIMIT ?3
        """;

    public static Page<SeatView> SeatsOf(ViewDatabase database, long poll, (long From, int Limit) wanted)
    {
        Statement rows = database.On("SELECT account, state, until FROM seat WHERE poll = ?1 ORDER BY account LIMIT ?2 OFFSET ?3")
            .Bind(1, poll).Bind(2, wanted.Limit + 1).Bind(3, wanted.From);
        List<SeatView> found = [];
        while (rows.Step())
            found.Add(new SeatView(rows.Id(0).ToString(), rows.Text(1), rows.IsNull(2) ? null : Decimal(rows.Number(2))));
        return Pages.Cut(found, wanted.Limit, () => new Cursor(Cursor.Seats, wanted.From + wanted.Limit));
    }

    public IReadOnlyList<InboxItem> Of(AccountId account)
    {
        Moment now = new(database.On("SELECT now FROM progress").ReadNumber()!.Value);
        IReadOnlyList<AccountId> persons = PersonOf(account);
        Said said = ReadVotes(persons);
        List<InboxItem> seats = [], votes = [];
        foreach ((TaskId poll, bool isSeat, string? until) in SeatsFor(account, now))
        {
            if (said.Voted.Contains(poll) || polls.Find(database, poll) is not { } view) continue;
            (isSeat ? seats : votes).Add(Item(isSeat ? "seat" : "vote", view) with { Before = until ?? view.Deadline });
        }

        seats.AddRange(ItemsFor(account, now).Where(item => !said.Voted.Contains(item)).Take(ItemsShown)
            .Select(item => polls.Find(database, item)!)
            .Select(static view => Item("seat", view) with { Before = view.Deadline }));
        votes.AddRange(OpenTo(account, persons, now).Where(view => !said.Voted.Contains(TaskOf(view)))
            .Select(static view => Item("vote", view) with { Before = view.Deadline }));
        votes.AddRange(GatheringFor(said, persons, now).Select(static view => Item("apply", view) with { Before = view.Gather }));
        List<InboxItem> opening = [], paid = [];
        foreach (TaskId poll in said.Newest)
        {
            if (polls.Find(database, poll) is not { } view) continue;
            if (view.State == "opening" && said.Closed.Contains(poll)) opening.Add(Item("open", view));
            if (view.Outcome is not null && view.State != "raffle" && paid.Count < PaidShown)
                paid.Add(Item("paid", view) with { Paid = PaidTo(account, poll) });
        }

        return [.. ByMoment(seats), .. opening, .. ByMoment(votes), .. paid];
    }

    private static IEnumerable<InboxItem> ByMoment(List<InboxItem> items) =>
        items.OrderBy(static item => long.Parse(item.Before!, CultureInfo.InvariantCulture));

    // The polls that accounts of one person voted on, by their newest entries.
    private Said ReadVotes(IReadOnlyList<AccountId> persons)
    {
        Said said = new();
        foreach (AccountId account in persons)
        {
            if (AccountQueries.Number(database, account) is not { } number) continue;
            HashSet<TaskId> opened = [];
            foreach (EntryIndex index in AccountQueries.Entries(database, number, (HistoryKey.Beyond, EntriesRead)))
            {
                Message message = MessageWords.Read(journal.ReadEntry(index.Value)).Message;
                if (message is Admit admit && admit.Voter == account) said.Admitted.Add(admit.Poll);
                if (message.Header.Account != account || message is not (Vote or SealedVote or OpenVote)) continue;
                TaskId poll = MessageWords.PollOf(message)!.Value;
                if (message is OpenVote) opened.Add(poll);
                else if (said.Voted.Add(poll)) said.Newest.Add(poll);
                if (message is SealedVote && account == persons[0] && !opened.Contains(poll)) said.Closed.Add(poll);
            }
        }

        return said;
    }

    // The account first, then others of the same person.
    private IReadOnlyList<AccountId> PersonOf(AccountId account)
    {
        List<AccountId> found = [account];
        Statement rows = database.On("""
            SELECT other.account FROM person AS own JOIN person AS other ON other.cluster = own.cluster
            WHERE own.account = ?1 AND own.level > 0 AND other.account <> ?1 ORDER BY other.account
            """).Bind(1, account.Value);
        while (rows.Step()) found.Add(new AccountId(rows.Id(0)));
        return found;
    }

    private List<(TaskId Poll, bool IsSeat, string? Until)> SeatsFor(AccountId account, Moment now)
    {
        List<(TaskId, bool, string?)> found = [];
        Statement rows = database.On(Seats).Bind(1, account.Value).Bind(2, now.Milliseconds);
        while (rows.Step())
            found.Add((new TaskId(rows.Id(0)), rows.Text(1) == "seated", rows.IsNull(2) ? null : Decimal(rows.Number(2))));
        return found;
    }

    // So many that some are left where all that were read of its votes are among them.
    private List<TaskId> ItemsFor(AccountId account, Moment now)
    {
        List<TaskId> found = [];
        Statement rows = database.On(Items).Bind(1, account.Value).Bind(2, now.Milliseconds).Bind(3, EntriesRead + ItemsShown);
        while (rows.Step()) found.Add(new TaskId(rows.Id(0)));
        return found;
    }

    private IEnumerable<PollView> OpenTo(AccountId account, IReadOnlyList<AccountId> persons, Moment now)
    {
        AccountView own = AccountQueries.Find(database, account)!;
        int level = (int)(database.On("SELECT level FROM person WHERE account = ?1").Bind(1, account.Value).ReadNumber() ?? 0);
        Dictionary<string, Evidence> evidence = own.Reputation.ToDictionary(
            static one => one.Category, one => new Evidence(one.For, one.Against, now), StringComparer.Ordinal);
        int number = AccountQueries.Number(database, account)!.Value;
        Candidacy standing = new(own.Attributes, level, evidence.GetValueOrDefault, category => ReceiptsIn(number, category));
        List<TaskId> ids = [];
        Statement rows = database.On(Open).Bind(1, now.Milliseconds).Bind(2, PollsRead);
        while (rows.Step()) ids.Add(new TaskId(rows.Id(0)));
        HashSet<string> names = [.. persons.Select(static one => one.ToString())];
        foreach (TaskId id in ids)
        {
            PollView view = polls.Find(database, id)!;
            if (names.Contains(view.Requester)) continue;
            bool isMet = view.Voters == "open" || (VoterFilter.TryRead(view.Voters) is { } filter
                && filter.IsMetBy(standing, view.Category));
            if (isMet) yield return view;
        }
    }

    // Whether the account meets a filter over what only the node has seen is not for everybody to read here.
    private List<PollView> GatheringFor(Said said, IReadOnlyList<AccountId> persons, Moment now)
    {
        List<TaskId> ids = [];
        Statement rows = database.On(Gathering).Bind(1, now.Milliseconds).Bind(2, PollsRead);
        while (rows.Step()) ids.Add(new TaskId(rows.Id(0)));
        HashSet<string> names = [.. persons.Select(static one => one.ToString())];
        return [.. ids.Where(id => !said.Admitted.Contains(id)).Select(id => polls.Find(database, id)!)
            .Where(view => !names.Contains(view.Requester))];
    }

    private int ReceiptsIn(int account, string category) => (int)(database
        .On("SELECT count FROM receipt WHERE account = ?1 AND category = ?2").Bind(1, account).Bind(2, category)
        .ReadNumber() ?? 0);

    private string PaidTo(AccountId account, TaskId poll)
    {
        int number = AccountQueries.Number(database, account)!.Value;
        Statement rows = database.On("SELECT packed FROM vote WHERE poll = (SELECT idx FROM poll WHERE id = ?1)")
            .Bind(1, poll.Value);
        Amount paid = Amount.Zero;
        while (rows.Step())
        {
            ReadOnlySpan<byte> packed = rows.Bytes(0);
            for (int place = 0; place < packed.Length; place += PackedVote.Size)
            {
                PackedVote vote = PackedVote.Read(packed[place..]);
                if (vote.Voter == number) paid = vote.Paid;
            }
        }

        return paid.ToString();
    }

    private static InboxItem Item(string kind, PollView view) => new()
    {
        Kind = kind,
        Poll = view.Id,
        Title = view.Content?.Title,
        Category = view.Category,
        Reward = view.Reward,
        Maximum = view.Maximum,
    };

    private static TaskId TaskOf(PollView view) => new(Bytes32.Parse(view.Id));

    private static string Decimal(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Said
    {
        public HashSet<TaskId> Voted { get; } = [];

        public HashSet<TaskId> Admitted { get; } = [];

        // Newest first.
        public List<TaskId> Newest { get; } = [];

        public HashSet<TaskId> Closed { get; } = [];
    }
}
