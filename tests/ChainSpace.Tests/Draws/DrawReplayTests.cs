using ChainSpace.Client.Reading;
using ChainSpace.Journal;
using ChainSpace.Journal.Check;
using ChainSpace.Node.Audit;
using ChainSpace.Node.Draws;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.Selection;
using ChainSpace.Tests.Views;

namespace ChainSpace.Tests.Draws;

public sealed class DrawReplayTests
{
    private const long Lease = 60_000;

    [Fact]
    public async Task A_draw_and_its_lapses_are_repeated_from_the_journal()
    {
        using Village village = Peopled();
        TaskId poll = Drawn(village);
        DrawReport report = await RepeatAsync(village, poll);
        Assert.Empty(report.Differences);
        Assert.True(report.IsBeaconChecked);
        Assert.Equal((10, 10), (report.Eligible, report.Places.Length));
        Assert.Equal(Seats(village, poll), report.Seats.Where(static seat => seat.Value).Select(static seat => seat.Key));

        Vote(village, poll, Seats(village, poll)[0]);
        village.Now = village.Later(Lease);
        Assert.Null(village.Say(new Tick(village.HeaderOf(0))));
        report = await RepeatAsync(village, poll);
        Assert.Empty(report.Differences);
        Assert.Equal((1, 2), (report.Votes, report.Seats.Values.Count(static isSeated => !isSeated)));
        Assert.Equal(Seats(village, poll), report.Seats.Where(static seat => seat.Value).Select(static seat => seat.Key));
    }

    [Fact]
    public async Task A_draw_among_the_admitted_is_repeated_from_their_admissions_and_from_no_rule()
    {
        using Village village = Peopled();
        PostPoll post = village.Draft(1) with
        {
            Sample = 2,
            Maximum = 2,
            Voters = "admitted",
            Gather = village.Later(10_000),
        };
        Assert.Null(village.Say(post));
        TaskId poll = village.IdOf(post);
        for (int person = 3; person < 8; person++)
            Assert.Null(village.Say(new Admit(village.HeaderOf(0), poll, default, village.Person(person))));
        village.Now = post.Gather;
        Assert.Null(village.Say(new Tick(village.HeaderOf(0))));
        Assert.Null(village.Say(new ReportBlock(
            village.HeaderOf(0), village.State.Height + 1, (ulong)village.Journal.Size, village.Journal.Root)));
        DrawReport report = await RepeatAsync(village, poll);
        Assert.Empty(report.Differences);
        Assert.Equal((5, 2), (report.Eligible, report.Seats.Count));
        Assert.Equal(5, report.Applied!.Value.Count);

        using Showing showing = new Showing(village).Fold();
        Assert.Empty(report.Compare(SeatsFile.Of(showing.Reader.Seats(poll, new PageQuery(Limit: 200)).State!.Data)));
    }

    [Fact]
    public void Who_stood_in_a_draw_without_being_admitted_or_was_left_out_is_named()
    {
        using Village village = Peopled();
        PostPoll post = village.Draft(1) with { Sample = 2, Maximum = 2, Voters = "admitted", Gather = village.Later(10_000) };
        Assert.Null(village.Say(post));
        TaskId poll = village.IdOf(post);
        Applications applications = new(poll, post.Gather);
        AccountId[] people = [.. Enumerable.Range(3, 4).Select(village.Person)];
        foreach (AccountId one in people[..3])
        {
            Assert.Null(village.Say(new Admit(village.HeaderOf(0), poll, default, one)));
            Assert.Null(applications.See(village.Entries[^1].Entry, village.Entries[^1].Index));
        }

        (PollTerms, ulong) drawn = (village.State.FindPoll(poll)!.Terms, (ulong)village.Journal.Size + 1);
        string early = Assert.Single(applications.Faults(drawn, Stood(people[..3]), village.State.FindAccount));
        Assert.Contains("could still apply", early);
        village.Now = post.Gather;
        Assert.Null(village.Say(new Tick(village.HeaderOf(0))));
        Assert.Null(applications.See(village.Entries[^1].Entry, village.Entries[^1].Index));
        Assert.Empty(applications.Faults(drawn, Stood(people[..3]), village.State.FindAccount));
        Assert.Equal(
            [
                $"{people[3]} stood in the draw, but was not admitted to it.",
                $"{people[0]} was admitted, but did not stand in the draw.",
            ],
            applications.Faults(drawn, Stood(people[1..]), village.State.FindAccount));
        Admit behind = new(village.HeaderOf(0), poll, default, people[3]);
        Entry late = new(new Envelope(behind, village.Person(0), []), village.Now);
        Assert.Contains("ended with entry", applications.See(late, new EntryIndex(village.Journal.Size)));

        static Candidate[] Stood(AccountId[] accounts) => [.. accounts.Select(static one => new Candidate(one, 1, 0))];
    }

    [Fact]
    public void An_inbox_says_until_when_to_apply_until_one_is_in()
    {
        using Village village = Peopled();
        PostPoll post = village.Draft(1) with { Sample = 2, Maximum = 2, Voters = "admitted", Gather = village.Later(10_000) };
        Assert.Null(village.Say(post));
        Assert.Null(village.Say(new Admit(village.HeaderOf(0), village.IdOf(post), default, village.Person(3))));
        using Showing showing = new Showing(village).Fold();
        InboxItem item = Assert.Single(showing.Reader.Inbox(village.Person(4))!.Data);
        Assert.Equal(("apply", post.Gather.ToString()), (item.Kind, item.Before));
        Assert.Empty(Kinds(showing, village.Person(3)));
        Assert.Empty(Kinds(showing, village.Person(1)));
        PollView view = showing.Reader.Poll(village.IdOf(post))!;
        Assert.Equal(("gathering", post.Gather.ToString()), (view.State, view.Gather));
    }

    [Fact]
    public async Task What_views_show_is_what_the_journal_says_and_a_planted_seat_is_named()
    {
        using Village village = Peopled();
        TaskId poll = Drawn(village);
        using Showing showing = new Showing(village).Fold();
        IReadOnlyList<SeatView> shown = showing.Reader.Seats(poll, new PageQuery(Limit: 200)).State!.Data;
        Assert.Equal(3, shown.Count);
        DrawReport report = await RepeatAsync(village, poll);
        Assert.Empty(report.Compare(SeatsFile.Of(shown)));

        AccountId planted = report.Places.First(static place => !place.IsSeat).Account;
        SeatView[] wrong = [.. shown.Skip(1), new SeatView(planted.ToString(), "seated", null)];
        string[] said = [.. report.Compare(SeatsFile.Of(wrong))];
        Assert.Equal(2, said.Length);
        Assert.Contains(said, sentence => sentence.StartsWith($"{planted} is shown with a seat", StringComparison.Ordinal)
            && sentence.Contains("place 4 of the draw", StringComparison.Ordinal));
        Assert.Contains(said, sentence => sentence.StartsWith(shown[0].Account, StringComparison.Ordinal));
        SeatView stranger = new(default(Bytes32).ToString(), "seated", null), lapsed = shown[0] with { State = "lapsed" };
        Assert.Contains("not eligible", Assert.Single(report.Compare(SeatsFile.Of([.. shown, stranger]))));
        Assert.Contains("lapsed", Assert.Single(report.Compare(SeatsFile.Of([lapsed, .. shown.Skip(1)]))));
    }

    [Fact]
    public async Task The_panel_of_a_batch_is_repeated_from_the_journal_and_shown_as_it_is()
    {
        using Village village = Peopled();
        PostBatch batch = village.BatchOf(1) with { Sample = 3, Voters = "country=DE" };
        Assert.Null(village.Say(batch));
        TaskId id = village.IdOf(batch);
        PostPoll item = village.Draft(1) with { Batch = id.Value, Maximum = 3, Aggregation = "majority" };
        Assert.Null(village.Say(item));
        using Showing showing = new Showing(village).Fold();
        Assert.Null(showing.Reader.Batch(id)!.Drawn);
        Report(village);
        AccountId[] panel = [.. village.State.FindBatch(id)!.Panel!.Seats];
        Vote(village, village.IdOf(item), panel[0]);

        DrawReport report = await RepeatAsync(village, id);
        Assert.Empty(report.Differences);
        Assert.Equal((10, 3, 1), (report.Eligible, report.Places.Length, report.Votes));
        Assert.Equal(panel, report.Seats.Keys);
        showing.Fold();
        IReadOnlyList<SeatView> shown = showing.Reader.Panel(id, new PageQuery()).State!.Data;
        Assert.Empty(report.Compare(SeatsFile.Of(shown)));
        SeatView planted = shown[0] with { Account = village.Person(1).ToString() };
        Assert.Equal(2, report.Compare(SeatsFile.Of([.. shown.Skip(1), planted])).Length);
        Assert.Equal((3, 3), (showing.Reader.Batch(id)!.Drawn, showing.Reader.Poll(village.IdOf(item))!.Panel));

        Assert.Equal([], Kinds(showing, panel[0]));
        Assert.Equal(["seat"], Kinds(showing, panel[1]));
        AccountId other = Enumerable.Range(2, 10).Select(village.Person).First(one => !panel.Contains(one));
        Assert.Equal([], Kinds(showing, other));
    }

    [Fact]
    public async Task A_beacon_that_is_not_the_journal_s_root_is_named()
    {
        using Village village = Peopled();
        TaskId poll = Posted(village);
        ulong size = (ulong)village.Journal.Size;
        Assert.Null(village.Say(new ReportBlock(village.HeaderOf(0), village.State.Height + 1, size, poll.Value)));
        DrawReport report = await RepeatAsync(village, poll);
        Assert.Contains("not the journal's root", Assert.Single(report.Differences));
    }

    [Fact]
    public void An_inbox_has_seats_first_then_what_is_open_then_what_was_paid()
    {
        using Village village = Peopled();
        PostPoll open = village.Draft(1) with { Maximum = 2, Voters = "country=DE" };
        Assert.Null(village.Say(open));
        TaskId drawn = Drawn(village);
        AccountId seat = Seats(village, drawn).First(one => one != village.Person(1));
        using Showing showing = new Showing(village).Fold();

        Assert.Equal(["seat", "vote"], Kinds(showing, seat));
        InboxItem first = showing.Reader.Inbox(seat)!.Data[0];
        Assert.Equal((drawn.ToString(), (village.Now.Milliseconds + Lease).ToString()), (first.Poll, first.Before));
        AccountId foreigner = village.Person(0);
        string[] only = Seats(village, drawn).Contains(foreigner) ? ["seat"] : [];
        Assert.Equal(only, Kinds(showing, foreigner));

        Vote(village, village.IdOf(open), seat);
        Vote(village, drawn, seat);
        showing.Fold();
        Assert.Equal([], Kinds(showing, seat));
        AccountId other = Enumerable.Range(2, 10).Select(village.Person).First(one => one != seat);
        Vote(village, village.IdOf(open), other);
        showing.Fold();
        InboxItem paid = showing.Reader.Inbox(seat)!.Data[0];
        Assert.Equal(("paid", "10"), (paid.Kind, paid.Paid));
        Assert.Null(showing.Reader.Inbox(default));
    }

    private static IEnumerable<string> Kinds(Showing showing, AccountId account) =>
        showing.Reader.Inbox(account)!.Data.Select(static item => item.Kind);

    // Person 0 operates the space and 1 asks; eleven stand in the draw, but for who asks: ten, and the operator.
    private static Village Peopled()
    {
        Village village = new();
        for (int person = 1; person < Village.People; person++) Assert.Null(village.Register(person, "country=DE"));
        return village;
    }

    private static TaskId Posted(Village village)
    {
        PostPoll poll = village.Draft(1) with { Sample = 3, Maximum = 3, Lease = Lease };
        Assert.Null(village.Say(poll));
        return village.IdOf(poll);
    }

    private static TaskId Drawn(Village village)
    {
        TaskId poll = Posted(village);
        Report(village);
        return poll;
    }

    private static void Report(Village village) => Assert.Null(village.Say(new ReportBlock(
        village.HeaderOf(0), village.State.Height + 1, (ulong)village.Journal.Size, village.Journal.Root)));

    private static IReadOnlyList<AccountId> Seats(Village village, TaskId poll) =>
        ((Stage.Voting)village.State.FindPoll(poll)!.Stage).Seats;

    private static void Vote(Village village, TaskId poll, AccountId voter) =>
        Assert.Null(village.Say(new Vote(village.HeaderOf(village.NumberOf(voter)), poll, 1)));

    private static async Task<DrawReport> RepeatAsync(Village village, TaskId poll)
    {
        using VillageSource source = new(village);
        return (await new DrawReplay(source, id => id == poll).RunAsync(null, CancellationToken.None))!;
    }

    private sealed class VillageSource(Village village) : IJournalSource
    {
        public Task<long> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(village.Journal.Size);

        public Task<EntryBatch> ReadAsync(long from, int count, CancellationToken cancellationToken)
        {
            EntryBatch batch = new(from, count);
            for (long index = from; index < from + count; index++) batch.Add(village.Journal.ReadEntry(index).Span);
            return Task.FromResult(batch);
        }

        public SavedCheckpoint? CheckpointAtOrAfter(long size) => null;

        public JournalCheck? BeginTreeCheck(NoteVerifier verifier) => null;

        public JournalFault? CheckTree(NoteVerifier? verifier) => null;

        public void Dispose() { }
    }
}
