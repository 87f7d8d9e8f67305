using ChainSpace.Rules.Inference;
using CsCheck;

namespace ChainSpace.Tests.Inference;

public sealed class GoldTests
{
    [Fact]
    public void Gold_items_keep_their_answer_whatever_the_votes() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        InventedCrowd crowd = InventedCrowd.Of(seed, liars: 4);
        BatchResult result = BatchInference.Of(crowd.Votes, crowd.GoldOf(10), Runners.InOrder);
        for (int item = 0; item < 10; item++)
        {
            Assert.Equal(crowd.Answers[item], result.AnswerOf(item));
            Assert.Equal(1, result.ConfidenceOf(item), 1e-9);
        }
    }, iter: 10);

    // Forty of a hundred workers agree on lies: without gold, the liars are who agrees most with each other.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Liars_who_agree_flip_the_answers_until_one_item_in_twenty_is_gold(int seed)
    {
        InventedCrowd crowd = Colluding(seed, 40);
        double flipped = crowd.Accuracy(BatchInference.Of(crowd.Votes, null, Runners.InOrder));
        BatchResult set = BatchInference.Of(crowd.Votes, crowd.GoldOf(25), Runners.InOrder);
        Assert.InRange(flipped, 0, 0.25);
        Assert.InRange(crowd.Accuracy(set, from: 25), 0.97, 1);
        Assert.True(set.Workers.Skill.Take(40).All(static s => s.Mean < 0.3));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(60)]
    public void Gold_helps_even_against_most(int liars)
    {
        InventedCrowd crowd = Colluding(5, liars);
        BatchResult set = BatchInference.Of(crowd.Votes, crowd.GoldOf(25), Runners.InOrder);
        Assert.InRange(crowd.Accuracy(set, from: 25), 0.97, 1);
    }

    [Fact]
    public void Few_liars_need_no_gold()
    {
        InventedCrowd crowd = Colluding(6, 10);
        Assert.InRange(crowd.Accuracy(BatchInference.Of(crowd.Votes, null, Runners.InOrder)), 0.93, 1);
    }

    private static InventedCrowd Colluding(int seed, int liars) =>
        InventedCrowd.Of(seed, items: 500, workers: 100, classes: 2, liars: liars);
}
