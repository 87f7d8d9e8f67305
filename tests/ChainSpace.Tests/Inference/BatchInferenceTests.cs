using System.Collections.Immutable;
using ChainSpace.Rules.Inference;
using CsCheck;

namespace ChainSpace.Tests.Inference;

public sealed class BatchInferenceTests
{
    // Sums of the same numbers in another order differ in their last bits, and two hundred passes carry that on.
    private const double Close = 1e-6;

    private static readonly Gen<InventedCrowd> _crowds = Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[2, 5])
        .Select(static (seed, classes) => InventedCrowd.Of(seed, classes: classes));

    [Fact]
    public void Chances_of_an_item_sum_to_one() => _crowds.Sample(crowd =>
    {
        BatchResult result = Infer(crowd.Votes);
        for (int item = 0; item < result.Items; item++)
        {
            Assert.Equal(1, Row(result.Posterior, result.Classes, item).Sum(), 1e-9);
            Assert.Equal(1, Row(result.Shown, result.Classes, item).Sum(), 1e-9);
            Assert.InRange(result.ConfidenceOf(item), 0, 1);
        }
    }, iter: 10);

    [Theory]
    [InlineData(400)]
    [InlineData(2_000)] // Its tables are kept in single precision.
    public void No_runner_changes_a_bit(int workers)
    {
        BatchVotes votes = InventedCrowd.Of(1, items: 12_000, workers: workers, classes: 4).Votes;
        BatchResult one = Infer(votes);
        BatchResult two = BatchInference.Of(votes, null, static (pieces, work) => Parallel.For(0, pieces, work));
        BatchResult last = BatchInference.Of(votes, null, static (pieces, work) =>
        {
            for (int piece = pieces - 1; piece >= 0; piece--) work(piece);
        });
        AssertSame(one, two);
        AssertSame(one, last);
    }

    [Fact]
    public void The_order_of_votes_changes_no_bit() => _crowds.Sample(crowd =>
        AssertSame(Infer(crowd.Votes), Infer(crowd.Votes with { Votes = [.. crowd.Votes.Votes.Reverse()] })), iter: 10);

    [Fact]
    public void Other_numbers_for_items_workers_and_classes_change_nothing() => _crowds.Sample(crowd =>
    {
        BatchVotes votes = crowd.Votes;
        BatchResult plain = Infer(votes);
        BatchResult turned = Infer(votes with { Votes = [.. votes.Votes.Select(v => Turned(v, votes))] });
        for (int item = 0; item < votes.Items; item++)
        {
            for (int option = 0; option < votes.Classes; option++)
            {
                int place = item * votes.Classes + option;
                int other = (votes.Items - item) * votes.Classes - 1 - option;
                Assert.Equal(plain.Posterior[place], turned.Posterior[other], Close);
                Assert.Equal(plain.Shown[place], turned.Shown[other], Close);
            }
        }

        for (int worker = 0; worker < votes.Workers; worker++)
            Assert.Equal(plain.Workers.Skill[worker].Mean, turned.Workers.Skill[votes.Workers - 1 - worker].Mean, Close);
    }, iter: 10);

    [Fact]
    public void A_worker_votes_once_on_an_item()
    {
        BatchVotes votes = new([new BatchVote(0, 1, 0), new BatchVote(1, 1, 0), new BatchVote(0, 1, 1)], 2, 2, 2);
        Assert.Throws<ArgumentException>(() => Infer(votes));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Infer(new BatchVotes([new BatchVote(2, 0, 0)], 2, 1, 2)));
        Assert.Throws<ArgumentException>(() => Infer(new BatchVotes([new BatchVote(0, -1, 0)], 2, 1, 2)));
        Assert.Throws<ArgumentException>(() => Infer(new BatchVotes([new BatchVote(0, 0, 2)], 2, 1, 2)));
        Assert.Throws<ArgumentException>(() => Infer(new BatchVotes([], 2, 1, 1)));
        Gold gold = new(ImmutableSortedDictionary<int, int>.Empty.Add(0, 2));
        Assert.Throws<ArgumentException>(() => BatchInference.Of(new BatchVotes([], 2, 1, 2), gold, Runners.InOrder));
    }

    [Fact]
    public void Items_nobody_votes_on_are_in_doubt()
    {
        BatchResult result = Infer(new BatchVotes([], 3, 2, 4));
        Assert.All(result.Posterior, static chance => Assert.Equal(0.25, chance, 1e-9));
        Assert.Equal(0, Infer(new BatchVotes([], 0, 0, 2)).Items);
    }

    [Fact]
    public void Better_workers_have_more_skill_and_the_answers_gain_by_it()
    {
        InventedCrowd crowd = InventedCrowd.Of(3, items: 1_000, workers: 60, classes: 3, liars: 12);
        BatchResult result = Infer(crowd.Votes);
        double liars = result.Workers.Skill.Take(12).Average(static s => s.Mean);
        Assert.InRange(liars, 0, 0.1);
        Assert.InRange(result.Workers.Skill.Skip(12).Min(static s => s.Mean), 0.4, 1);
        Assert.InRange(crowd.Accuracy(result), crowd.MajorityAccuracy() + 0.05, 1);
    }

    [Fact]
    public void Confusions_are_told_of_workers_with_enough_votes_and_are_chances()
    {
        BatchResult result = Infer(InventedCrowd.Of(4, items: 300, workers: 12).Votes);
        Assert.Equal(12, result.Workers.Confusions.Count);
        Assert.All(result.Workers.Confusions.Values, static confusion =>
        {
            for (int answer = 0; answer < 3; answer++) Assert.Equal(1, confusion.Skip(answer * 3).Take(3).Sum(), 1e-9);
        });
        Assert.Empty(Infer(InventedCrowd.Of(4, items: 40, workers: 12).Votes).Workers.Confusions);
    }

    [Fact]
    public void A_cluster_has_one_vote()
    {
        // Three puppets of one owner against two who stand alone.
        BatchVotes votes = new([.. Enumerable.Range(0, 30).SelectMany(Puppets)], 30, 5, 2);
        int alone = Enumerable.Range(0, 30).Count(item => Infer(votes).AnswerOf(item) == 0);
        BatchResult joined = Infer(votes with { Clusters = [7, 7, 7, 1, 2] });
        Assert.Equal(0, alone);
        Assert.All(Enumerable.Range(0, 30), item => Assert.Equal(0, joined.AnswerOf(item)));
    }

    [Fact]
    public void The_bits_are_these()
    {
        BatchResult result = Infer(Small());
        long[] bits = [.. result.Posterior.Take(6).Concat(result.Shown.Take(6)).Select(BitConverter.DoubleToInt64Bits)];
        Assert.Equal(
            [
                0x3f1973757f66774a, 0x3fefff289138175a, 0x3ed7a637dae46227, 0x3f20ef8e1ea02144, 0x3fee87ea2f9575f7,
                0x3fa7706d788a006d, 0x3f6a38d3509ebc2e, 0x3fefc51fd80b69f4, 0x3f7053aa51fba79e, 0x3f66cfeccb7a56fa,
                0x3feb1169e36e92a0, 0x3fc35f18bf17cc26,
            ],
            bits);
    }

    private static IEnumerable<BatchVote> Puppets(int item) =>
        Enumerable.Range(0, 5).Select(worker => new BatchVote(item, worker, worker < 3 ? 1 : 0));

    private static BatchVotes Small() => new(
        [.. Enumerable.Range(0, 12).SelectMany(static item => Enumerable.Range(0, 5).Where(w => (item + w) % 6 != 0)
            .Select(w => new BatchVote(item, w, item * w % 7 % 3 == 0 ? (item + 1) % 3 : item % 3)))], 12, 5, 3);

    private static BatchVote Turned(BatchVote vote, BatchVotes all) => new(
        all.Items - 1 - vote.Item, all.Workers - 1 - vote.Worker, all.Classes - 1 - vote.Label);

    private static IEnumerable<double> Row(ImmutableArray<double> chances, int classes, int item) =>
        chances.Skip(item * classes).Take(classes);

    private static BatchResult Infer(BatchVotes votes) => BatchInference.Of(votes, null, Runners.InOrder);

    private static void AssertSame(BatchResult one, BatchResult other)
    {
        Assert.True(one.Posterior.AsSpan().SequenceEqual(other.Posterior.AsSpan()));
        Assert.True(one.Shown.AsSpan().SequenceEqual(other.Shown.AsSpan()));
        Assert.True(one.Workers.Skill.AsSpan().SequenceEqual(other.Workers.Skill.AsSpan()));
    }
}
