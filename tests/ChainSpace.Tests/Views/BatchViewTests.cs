using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using Microsoft.Data.Sqlite;

namespace ChainSpace.Tests.Views;

public sealed class BatchViewTests : IDisposable
{
    private const int Requester = 1, Voter = 2;

    private readonly Village village = new();
    private readonly TaskId batch;
    private readonly List<TaskId> items = [];
    private readonly TaskId alone;

    /// <summary>Five items in groups of two, each closed by one vote, and a poll that is none of them.</summary>
    public BatchViewTests()
    {
        for (int person = 1; person < 4; person++) village.Register(person);
        PostBatch terms = new(village.HeaderOf(Requester))
        {
            Category = "maths",
            Content = Keccak256.Hash([7]),
            Deadline = village.Later(600_000),
            Format = "single",
            Group = 2,
            Options = 3,
            Payout = "each",
            Training = 0,
        };
        Assert.Null(village.Say(terms));
        batch = new TaskId(TypedData.Digest(village.Domain, terms).Value);
        alone = Post(village.Draft(Requester));
        for (int item = 0; item < 5; item++)
            items.Add(Post(village.Draft(Requester) with { Batch = batch.Value, Maximum = 1, Deadline = terms.Deadline }));
    }

    public void Dispose() => village.Dispose();

    [Fact]
    public void Items_come_in_their_order_where_the_oldest_are_wanted_first()
    {
        using Showing showing = new Showing(village).Fold();
        PollQuery query = new() { Batch = batch.ToString(), IsOldestFirst = true, Limit = 2 };

        Assert.Equal(items.Select(static item => item.ToString()), showing.Polls(query).Select(static poll => poll.Id));
        Assert.Equal([0, 1, 2, 3, 4], showing.Polls(query).Select(static poll => poll.Number!.Value));
    }

    [Fact]
    public void Polls_of_no_batch_are_those_that_stand_alone()
    {
        using Showing showing = new Showing(village).Fold();

        PollView found = Assert.Single(showing.Polls(new PollQuery { Batch = PollQuery.NoBatch }));
        Assert.Equal(alone.ToString(), found.Id);
        Assert.Equal(6, showing.Polls().Count);
    }

    [Fact]
    public void A_group_is_settled_when_it_is_whole_and_all_its_items_have_ended()
    {
        Assert.Equal((3, 0), GroupsAfter());
        Assert.Equal((3, 0), GroupsAfter(0, 2, 4));
        Assert.Equal((3, 1), GroupsAfter(1));

        Assert.Null(village.Say(new CloseBatch(village.HeaderOf(Requester), batch)));
        Assert.Equal((3, 2), GroupsAfter());
        Assert.Equal((3, 3), GroupsAfter(3));
    }

    [Fact]
    public void When_somebody_last_voted_in_a_batch_is_forgotten_once_it_can_tell_no_pace()
    {
        using Showing showing = new(village);
        Assert.Null(village.Say(new Vote(village.HeaderOf(Voter), items[0], 1)));
        village.Now = village.Later(40_000);
        Assert.Null(village.Say(new Vote(village.HeaderOf(Voter), items[1], 1)));
        Assert.Equal(1, Remembered(showing));
        Assert.Equal(40, showing.Reader.Batch(batch)!.MedianSeconds);

        village.Now = village.Later(2 * 30 * 60_000);
        Assert.Null(village.Register(4));
        Assert.Equal(0, Remembered(showing));
        Assert.Equal(40, showing.Reader.Batch(batch)!.MedianSeconds);
    }

    private static long Remembered(Showing showing)
    {
        showing.Fold();
        using SqliteConnection views = new($"Data Source={showing.File};Mode=ReadOnly;Pooling=False");
        views.Open();
        using SqliteCommand count = views.CreateCommand();
        count.CommandText = "SELECT count(*) FROM lastvote";
        return (long)count.ExecuteScalar()!;
    }

    private (int All, int Settled) GroupsAfter(params int[] voted)
    {
        foreach (int item in voted) Assert.Null(village.Say(new Vote(village.HeaderOf(Voter), items[item], 1)));
        using Showing showing = new Showing(village).Fold();
        BatchView view = showing.Reader.Batch(batch)!;
        Assert.Equal(5, view.Items);
        List<PollView> polls = showing.Polls(new PollQuery { Batch = batch.ToString() });
        Assert.Equal(
            polls.CountBy(static poll => poll.State).OrderBy(static each => each.Key, StringComparer.Ordinal), view.States);
        Assert.Equal($"{polls.Sum(static poll => poll.Votes)}", view.Votes);
        return (view.Groups, view.SettledGroups);
    }

    private TaskId Post(PostPoll poll)
    {
        Assert.Null(village.Say(poll));
        return village.IdOf(poll);
    }
}
