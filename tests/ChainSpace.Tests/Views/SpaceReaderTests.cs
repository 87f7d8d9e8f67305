using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Tests.Views;

public sealed class SpaceReaderTests : IDisposable
{
    private readonly Village village = VillageLife.Tell(7, 500);
    private readonly Showing showing;

    public SpaceReaderTests() => showing = new Showing(village).Fold(batch: 40);

    public void Dispose()
    {
        showing.Dispose();
        village.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(200)]
    public void Pages_show_every_poll_once_and_the_newest_first(int limit)
    {
        IEnumerable<string> posted = village.Entries.Where(static each => each.Entry.Message is PostPoll)
            .Select(static each => each.Id.ToString()).Reverse();
        Assert.Equal(posted, showing.Polls(new PollQuery { Limit = limit }).Select(static each => each.Id));
    }

    [Fact]
    public void Filters_take_exactly_what_fits()
    {
        List<PollView> all = showing.Polls();
        foreach (PollView poll in all)
        {
            PollQuery query = new(poll.State, poll.Category, poll.Requester) { Limit = 2 };
            Assert.Equal(
                all.Where(each => (each.State, each.Category, each.Requester) == (poll.State, poll.Category, poll.Requester))
                    .Select(static each => each.Id),
                showing.Polls(query).Select(static each => each.Id));
        }

        Assert.Empty(showing.Polls(new PollQuery(Requester: default(Bytes32).ToString())));
    }

    [Fact]
    public void Pages_of_any_size_show_the_same_votes_and_history()
    {
        foreach (PollView poll in showing.Polls())
            Assert.Equal(showing.Votes(poll.Id, 200), showing.Votes(poll.Id, 1));
        AccountId person = village.Person(0);
        Assert.Equal(showing.History(person, 200), showing.History(person, 1));
    }

    [Fact]
    public void Sealed_votes_are_hidden_until_the_poll_has_ended()
    {
        PollView[] running = [.. showing.Polls()
            .Where(static each => each.Voting == "sealed" && IsRunning(each) && each.Votes > 0)];
        Assert.NotEmpty(running);
        Assert.All(running, poll => Assert.Empty(showing.Votes(poll.Id)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAA")]
    [InlineData("cAAAAAAAAAA!")]
    [InlineData("cP__________")]
    public void A_cursor_of_no_such_list_is_refused(string cursor)
    {
        Ruling<Page<PollView>, QueryRefusal> page = showing.Reader.Polls(new PollQuery { Cursor = cursor });
        Assert.Equal("bad_cursor", page.Refusal?.Code);
    }

    [Fact]
    public void A_cursor_of_another_list_is_refused()
    {
        string? cursor = showing.Reader.Polls(new PollQuery { Limit = 1 }).State!.NextCursor;
        Assert.NotNull(cursor);
        Assert.IsType<QueryRefusal.BadCursor>(showing.Reader.History(village.Person(0), new PageQuery(cursor)).Refusal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public void A_page_of_no_or_too_many_items_is_refused(int limit) =>
        Assert.IsType<QueryRefusal.BadLimit>(showing.Reader.Polls(new PollQuery { Limit = limit }).Refusal);

    [Fact]
    public void What_is_not_there_is_said_to_be_missing()
    {
        Assert.Null(showing.Reader.Poll(default));
        Assert.Null(showing.Reader.Account(default));
        Assert.IsType<QueryRefusal.NotFound>(showing.Reader.Votes(default, new PageQuery()).Refusal);
        Assert.IsType<QueryRefusal.NotFound>(showing.Reader.History(default, new PageQuery()).Refusal);
        Assert.IsType<QueryRefusal.BadFilter>(showing.Reader.Polls(new PollQuery(Requester: "somebody")).Refusal);
    }

    [Fact]
    public void A_space_tells_how_much_it_holds()
    {
        SpaceView space = showing.Reader.Space()!;
        Assert.Equal(village.Domain.Space.ToString(), space.Id);
        Assert.Equal($"{village.State.Accounts.Count}", space.Accounts);
        Assert.Equal($"{showing.Polls().Count}", space.Polls);
        Assert.Equal($"{village.Entries.Count}", space.Size);
        Assert.StartsWith(space.Origin + "+", space.CheckpointKey, StringComparison.Ordinal);
    }

    private static bool IsRunning(PollView poll) => poll.State is "drawing" or "voting" or "opening" or "raffle";
}
