using ChainSpace.Client.Reading;
using ChainSpace.Tests.Web;

namespace ChainSpace.Tests.Client;

public sealed class PayWordTests
{
    [Theory]
    [InlineData("equal", "all voters share the reward")]
    [InlineData("refund", "the reward goes back")]
    [InlineData("extend:86400000,equal", "voting goes on once, 1 day longer; then all voters share the reward")]
    [InlineData("extend:5400000,refund", "voting goes on once, 1 hour 30 minutes longer; then the reward goes back")]
    [InlineData("<new>", "<new>")]
    public void What_happens_without_an_answer_is_said_in_one_place(string code, string words)
    {
        PollView poll = new SampleReader(TimeProvider.System).Closed with { Inconclusive = code };
        Assert.Equal(words, PayWords.WithoutAnswer(poll));
    }

    [Theory]
    [InlineData(0, "less than a second")]
    [InlineData(1, "1 second")]
    [InlineData(80, "1 minute 20 seconds")]
    [InlineData(7_200, "2 hours")]
    [InlineData(90_061, "1 day 1 hour 1 minute 1 second")]
    [InlineData(31_622_400, "366 days")]
    public void A_span_is_said_to_the_second_in_its_largest_units(long seconds, string words)
    {
        Assert.Equal(words, Spans.OfSeconds(seconds));
        Assert.Equal(words, Spans.OfMilliseconds($"{seconds * 1_000}"));
    }

    [Fact]
    public void What_is_no_span_stays_as_it_is() => Assert.Equal("soon", Spans.OfMilliseconds("soon"));
}
