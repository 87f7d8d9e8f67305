using System.Diagnostics;
using System.Globalization;
using ChainSpace.Client.Reading;
using ChainSpace.Node.Views;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;

namespace ChainSpace.Tests.Views;

/// <summary>What it costs to read a huge batch. Measures time, so only by hand: <c>--explicit only</c>.</summary>
public sealed class BatchReadCost : IDisposable
{
    private const int Items = 100_000;
    private const int Rounds = 9;
    private const double GoalMilliseconds = 50;

    private readonly Village village = new();
    private readonly Showing showing;

    public BatchReadCost() => showing = new Showing(village);

    public void Dispose()
    {
        showing.Dispose();
        village.Dispose();
    }

    // Half of the items have ended; after the batch as many polls stand alone.
    [Theory(Explicit = true)]
    [InlineData(100)]
    [InlineData(1)]
    public void A_page_of_a_batch_of_a_hundred_thousand_items_costs_few_milliseconds(int group)
    {
        TaskId batch = Fold((uint)group);
        PollQuery items = new() { Batch = batch.ToString(), IsOldestFirst = true, Limit = 50 };
        string? middle = Cursor(items, Items / 2), late = Cursor(items, Items - 200);
        Time("batch", () => showing.Reader.Batch(batch));
        Time("list of batches", () => showing.Reader.Batches(new PageQuery(null, 20)));
        Time("first items", () => showing.Reader.Polls(items));
        Time("middle items", () => showing.Reader.Polls(items with { Cursor = middle }));
        Time("last items", () => showing.Reader.Polls(items with { Cursor = late }));
        Time("newest items", () => showing.Reader.Polls(items with { IsOldestFirst = false }));
        Time("ended items", () => showing.Reader.Polls(items with { State = "expired" }));
        Time("voting items", () => showing.Reader.Polls(items with { State = "voting" }));
        Time("items of no state", () => showing.Reader.Polls(items with { State = "cancelled" }));
        Time("polls of no batch", () => showing.Reader.Polls(new PollQuery { Batch = PollQuery.NoBatch }));
        Time("inbox of a voter", () => showing.Reader.Inbox(village.Person(2)));
        Stopwatch all = Stopwatch.StartNew();
        Assert.Equal(Items, showing.Polls(items with { Limit = 200 }).Count);
        Say($"{"all items, pages of 200",-26} {all.Elapsed.TotalMilliseconds:F0} ms");
        BatchView view = showing.Reader.Batch(batch)!;
        Assert.Equal((Items, Items / 2), (view.Items, view.States["expired"]));
        Assert.Equal((Items / group, Items / 2 / group), (view.Groups, view.SettledGroups));
    }

    private string? Cursor(PollQuery query, int items)
    {
        string? cursor = null;
        for (int done = 0; done < items; done += 200)
            cursor = showing.Reader.Polls(query with { Cursor = cursor, Limit = 200 }).State!.NextCursor;
        return cursor;
    }

    private static void Time(string what, Action read)
    {
        read();
        double[] times = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            read();
            times[round] = watch.Elapsed.TotalMilliseconds;
        }

        double median = times.Order().ElementAt(Rounds / 2);
        Say($"{what,-26} {median:F2} ms");
        Assert.InRange(median, 0, GoalMilliseconds);
    }

    private static void Say(FormattableString line) =>
        TestContext.Current.TestOutputHelper!.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    // Facts as the rules make them; the rules themselves would take longer.
    private TaskId Fold(uint group)
    {
        village.Register(1);
        village.Register(2);
        PostBatch message = village.BatchOf(1) with { Group = group };
        Assert.Null(village.Say(message));
        TaskId batch = village.IdOf(message);
        PostPoll draft = village.Draft(1) with { Batch = batch.Value, Maximum = 1, Deadline = message.Deadline };
        Assert.Null(village.Say(draft));
        PollTerms terms = village.Entries[^1].Facts.OfType<Fact.Posted>().Single().Terms;
        showing.Views.Fold(village.Entries[..^1]);
        long first = showing.Views.Position;
        Outcome outcome = new(
            OutcomeKind.Expired, EndReason.Deadline, new EntryIndex(first), village.Now, new Count(null, 0, null, [0, 0, 0]));
        foreach (int[] numbers in Enumerable.Range(0, 2 * Items).Chunk(1_000))
        {
            showing.Views.Fold([.. numbers.Select(number =>
            {
                EntryIndex index = new(first + number);
                TaskId id = new(Protocol.Crypto.Keccak256.Hash(BitConverter.GetBytes(number)));
                List<Fact> facts = [new Fact.Posted(terms with { Id = id, Posted = index })];
                if (number < Items) facts.Add(new Fact.BatchJoined(batch, id, number));
                if (number < Items / 2) facts.Add(new Fact.Ended(id, outcome, [], Amount.Zero));
                return new CommittedEntry(index, village.Entries[^1].Entry, default, [.. facts]);
            })]);
        }

        return batch;
    }
}
