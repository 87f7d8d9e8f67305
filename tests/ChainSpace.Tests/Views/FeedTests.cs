using ChainSpace.Client.Reading;
using ChainSpace.Node.Views.Reading;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Tests.Views;

public sealed class FeedTests
{
    [Fact]
    public void Every_entry_is_told_in_order_and_the_last_state_told_is_the_state()
    {
        using Village village = VillageLife.Tell(8, 700);
        using Showing showing = new Showing(village).Fold(batch: 30);

        List<FeedItem> items = showing.Feed();

        Assert.Equal(
            village.Entries.Select(static each => (each.Index.ToString(), each.Entry.Message.Type)),
            items.DistinctBy(static each => each.Index).Select(static each => (each.Index, each.Type)));
        foreach (PollView poll in showing.Polls())
            Assert.Equal(poll.State, items.Last(each => each.Poll == poll.Id && each.State is not null).State);
    }

    [Fact]
    public async Task Who_follows_is_woken_by_what_comes_and_resumes_where_he_was()
    {
        using Village village = new();
        using Showing showing = new Showing(village).Fold();
        Feed feed = new(showing.Views, village.Journal);
        await using IAsyncEnumerator<FeedItem> follower = feed
            .FollowAsync(0, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        ValueTask<bool> next = follower.MoveNextAsync();
        Assert.False(next.IsCompleted);
        village.Register(1);
        PostPoll poll = village.Draft(1);
        village.Say(poll);
        showing.Fold();

        Assert.True(await next);
        Assert.Equal(("1", "Register"), (follower.Current.Index, follower.Current.Type));
        Assert.True(await follower.MoveNextAsync());
        Assert.Equal(("2", "voting"), (follower.Current.Index, follower.Current.State));
        Assert.Equal(village.IdOf(poll).ToString(), follower.Current.Poll);
    }
}
