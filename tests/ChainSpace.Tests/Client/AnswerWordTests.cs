using ChainSpace.Client.Reading;

namespace ChainSpace.Tests.Client;

public sealed class AnswerWordTests
{
    [Theory]
    [InlineData("single", "Oak,Ash,Elm", "ash", "Ash")]
    [InlineData("single", "Oak,Ash,Elm", "3", "Elm")]
    [InlineData("multiple", "Oak,Ash,Elm", "elm+1", "Oak + Elm")]
    [InlineData("labels", "Hate,Spam", "-", "None of them")]
    [InlineData("ranking", "Oak,Ash,Elm", "Elm,Oak,Ash", "Elm > Oak > Ash")]
    [InlineData("ranking", "Oak,Ash,Elm", "3>1>2", "Elm > Oak > Ash")]
    [InlineData("pairwise", "Oak,Ash,Elm", "Elm,Ash", "Elm > Ash")]
    [InlineData("opinion", "No,Yes", "no@35%", "No; 35 % will say Yes")]
    [InlineData("number:0..10/0.5~1", "", "4.5", "4.5")]
    public void What_people_write_is_shown_to_them_in_words(string format, string options, string written, string shown)
    {
        PollView poll = Poll(format, options);
        Assert.Equal(shown, AnswerWords.Of(poll, (int)AnswerWords.Read(poll, written)!.Value));
    }

    [Theory]
    [InlineData("single", "Oak,Ash", "Elm")]
    [InlineData("single", "Oak,Ash", "3")]
    [InlineData("single", "Oak,Ash", "-1")]
    [InlineData("multiple", "Oak,Ash", "-")]
    [InlineData("multiple", "Oak,Ash", "Oak+Oak")]
    [InlineData("ranking", "Oak,Ash,Elm", "Oak,Ash")]
    [InlineData("pairwise", "Oak,Ash,Elm", "Oak,Oak")]
    [InlineData("opinion", "No,Yes", "No")]
    [InlineData("opinion", "No,Yes", "No@101")]
    [InlineData("number:0..10/0.5~1", "", "4.25")]
    [InlineData("number:0..10/0.5~1", "", "NaN")]
    public void What_is_no_answer_is_not_taken_for_one(string format, string options, string written) =>
        Assert.Null(AnswerWords.Read(Poll(format, options), written));

    [Fact]
    public void The_tenths_of_a_range_cover_it_once()
    {
        PollView poll = Poll("number:0..24/1~0", "") with { Outcome = Ended(answer: 24) };
        string[] rows =
        [
            "0 to 2", "3 to 4", "5 to 7", "8 to 9", "10 to 12", "13 to 14", "15 to 17", "18 to 19", "20 to 22", "23 to 24",
        ];
        Assert.Equal(rows, Enumerable.Range(0, 10).Select(row => AnswerWords.OfRow(poll, row)));
        Assert.Equal([9], Enumerable.Range(0, 10).Where(row => AnswerWords.IsInAnswer(poll, row)));
    }

    private static PollOutcome Ended(int answer) => new()
    {
        Index = "1",
        Moment = "1",
        Reason = "maximum",
        Answer = answer,
        Counts = new int[10],
        Paid = "0",
        Refunded = "0",
    };

    private static PollView Poll(string format, string options)
    {
        string[] texts = options.Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new PollView
        {
            Id = "0x1",
            Index = "1",
            Requester = "0x2",
            Category = "trees",
            ContentHash = "0x3",
            Options = texts.Length,
            Content = new PollContent("Which tree?", "", texts),
            Format = format,
            Reward = "1",
            Payout = "majority",
            Aggregation = "majority",
            Voting = "open",
            Voters = "open",
            Sample = 0,
            Minimum = 1,
            Maximum = 1,
            Confidence = 0,
            Posted = "0",
            Deadline = "1",
            State = "voting",
            Votes = 0,
        };
    }
}
