using ChainSpace.Client;
using ChainSpace.Client.Reading;

namespace ChainSpace.Tests.Api;

public sealed class QuoteApiTests(PeoplePlace place) : IClassFixture<PeoplePlace>
{
    [Fact]
    public async Task A_confidence_that_newcomers_reach_takes_some_votes_and_a_higher_one_more()
    {
        QuoteView low = (await place.Client.QuoteAsync(PeoplePlace.Name, new QuoteRequest("cats", 8_000), default))!;
        QuoteView high = (await place.Client.QuoteAsync(PeoplePlace.Name, new QuoteRequest("cats", 9_900), default))!;
        Assert.Equal((0, 0), (low.Voters, low.GoldItems));
        Assert.InRange(low.Votes, 1, 20);
        Assert.True(high.Votes > low.Votes);
        Assert.True(low.Low <= low.Votes && low.Votes <= low.High);
    }

    [Theory]
    [InlineData(5_000, 2, 20)]
    [InlineData(10_000, 2, 20)]
    [InlineData(-1, 2, 20)]
    [InlineData(9_500, 1, 20)]
    [InlineData(9_500, 101, 20)]
    [InlineData(9_500, 2, 0)]
    [InlineData(9_500, 2, 1_001)]
    [InlineData(9_500, int.MaxValue, int.MaxValue)]
    public async Task What_no_poll_can_have_is_refused_by_its_code(int confidence, int options, int maximum)
    {
        QuoteRequest wanted = new("cats", confidence) { Options = options, Maximum = maximum };
        NodeRefusalException no = await Assert.ThrowsAsync<NodeRefusalException>(
            () => place.Client.QuoteAsync(PeoplePlace.Name, wanted, default));
        Assert.Equal((400, "bad_quote"), (no.Refused.Status, no.Refused.Code));
    }
}
