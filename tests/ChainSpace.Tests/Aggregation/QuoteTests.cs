using ChainSpace.Protocol;
using ChainSpace.Rules.Aggregation;
using ChainSpace.Rules.Reputation;

namespace ChainSpace.Tests.Aggregation;

public sealed class QuoteTests
{
    private static readonly QuoteTerms Usual = new(2, 0.95, 1, 20, MayBeGold: false);

    [Fact]
    public void The_same_question_gets_the_same_quote() =>
        Assert.Equal(Quote.Of(Usual, Crowd(0.8), Calibration.None), Quote.Of(Usual, Crowd(0.8), Calibration.None));

    [Fact]
    public void Good_voters_are_needed_in_smaller_numbers_and_leave_less_open()
    {
        Quote good = Quote.Of(Usual, Crowd(0.95), Calibration.None), poor = Quote.Of(Usual, Crowd(0.6), Calibration.None);
        Assert.True(good.Votes < poor.Votes && good.Inconclusive < poor.Inconclusive);
    }

    [Fact]
    public void More_certainty_costs_more_votes() => Assert.True(
        Quote.Of(Usual with { Target = 0.8 }, Crowd(0.75), Calibration.None).Votes
        < Quote.Of(Usual with { Target = 0.99 }, Crowd(0.75), Calibration.None).Votes);

    [Fact]
    public void The_interval_is_within_what_the_poll_takes_and_about_the_mean()
    {
        Quote quote = Quote.Of(Usual with { Minimum = 3 }, [], Calibration.None);
        Assert.InRange(quote.Low, 3, quote.High);
        Assert.InRange(quote.High, quote.Low, 20);
        Assert.InRange(quote.Votes, 3, 20);
    }

    [Fact]
    public void Gold_that_a_crowd_failed_makes_a_poll_hopeless()
    {
        Calibration failed = Calibration.None;
        for (int item = 0; item < 30; item++) failed = failed.Add([.. Enumerable.Repeat(0, 17)], 1);
        Assert.Equal(1, Quote.Of(Usual with { MayBeGold = true }, Crowd(0.9), failed).Inconclusive);
        Assert.True(Quote.Of(Usual, Crowd(0.9), failed).Inconclusive < 0.1);
    }

    [Fact]
    public void Truth_takes_more_votes_than_agreement() => Assert.True(
        Quote.Of(Usual, Crowd(0.9), Calibration.None).Votes
        < Quote.Of(Usual with { MayBeGold = true }, Crowd(0.9), Calibration.None).Votes);

    private static Evidence[] Crowd(double accuracy) =>
        [.. Enumerable.Repeat(new Evidence(100 * accuracy, 100 * (1 - accuracy), default(Moment)), 30)];
}
