using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Batches;
using ChainSpace.Rules.Inference;
using ChainSpace.Rules.Polls;
using ChainSpace.Tests.Rules;

namespace ChainSpace.Tests.Batches;

public sealed class BatchTests
{
    private static readonly string[] People = ["anna", "ben", "cleo", "dan"];

    [Fact]
    public void Items_are_settled_when_the_voting_of_their_whole_group_has_ended()
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch();
        TaskId first = world.PostItem(batch, maximum: 1), second = world.PostItem(batch, maximum: 1);
        world.Vote("anna", first, 1);
        Assert.IsType<Stage.Waiting>(world.Poll(first).Stage);
        Assert.Equal(0UL, world.Earned("anna"));

        world.Vote("ben", second, 0);
        Assert.Equal((1, 0), (world.Outcome(first).Count.Answer, world.Outcome(second).Count.Answer));
        Assert.Equal((12UL, 12UL), (world.Earned("anna"), world.Earned("ben")));
        Assert.Empty(world.State.FindBatch(batch)!.Groups);
    }

    [Fact]
    public void An_item_that_counts_by_itself_waits_for_nobody()
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch();
        TaskId item = world.PostItem(batch, maximum: 1, terms: static message => message with { Aggregation = "majority" });
        world.Vote("anna", item, 1);
        Assert.Equal(12UL, world.Earned("anna"));
    }

    [Fact]
    public void The_last_group_is_settled_once_the_batch_is_closed_and_not_before()
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch();
        TaskId item = world.PostItem(batch, maximum: 1);
        world.Vote("anna", item, 1);
        Assert.IsType<Stage.Waiting>(world.Poll(item).Stage);
        world.Do(new CloseBatch(world.By("rita"), batch));
        Assert.Equal(12UL, world.Earned("anna"));
    }

    [Fact]
    public void The_deadline_closes_a_batch_that_its_requester_forgot()
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch();
        TaskId item = world.PostItem(batch, maximum: 2);
        world.Vote("anna", item, 1);
        world.Tick(World.Day);
        Assert.True(world.State.FindBatch(batch)!.IsClosed);
        Assert.Equal(12UL, world.Earned("anna"));
        Assert.IsType<Refusal.BatchClosed>(world.Apply(world.Terms() with { Batch = batch.Value }));
    }

    [Fact]
    public void Nothing_of_a_batch_stays_in_the_state_for_good()
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch();
        for (int i = 0; i < 5; i++) world.Vote("anna", world.PostItem(batch, maximum: 1), 1);
        world.Tick(World.Day);
        world.Tick(9 * World.Day);
        Assert.Empty(world.State.Batches);
        Assert.Empty(world.State.Polls);
        Assert.Null(world.State.NextDue);
    }

    [Fact]
    public void A_cancelled_item_holds_up_nobody()
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch();
        TaskId first = world.PostItem(batch, maximum: 1), second = world.PostItem(batch, maximum: 1);
        world.Vote("anna", first, 1);
        world.Do(new CancelPoll(world.By("rita"), second));
        Assert.Equal(12UL, world.Earned("anna"));
    }

    [Fact]
    public void Sealed_items_wait_for_each_other_and_for_their_openings()
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch();
        TaskId[] items = [Sealed(), Sealed()];
        foreach (TaskId item in items) world.SealedVote("anna", item, 1);
        world.Open(items[1]);
        Assert.IsType<Stage.Waiting>(world.Poll(items[1]).Stage);
        world.Open(items[0]);
        Assert.Equal(24UL, world.Earned("anna"));

        TaskId Sealed() => world.PostItem(batch, maximum: 1, terms: static message => message with { Voting = "sealed" });
    }

    [Fact]
    public void Who_has_not_answered_what_teaches_may_not_answer_the_rest()
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch(terms: static message => message with { Training = 1, Group = 1 });
        TaskId lesson = world.PostItem(batch, maximum: 3), item = world.PostItem(batch, maximum: 3);
        Assert.Equal(new Refusal.NotEligible("training"), world.Apply(new Vote(world.By("anna"), item, 0)));
        world.Vote("anna", lesson, 0);
        world.Vote("anna", item, 0);
    }

    [Theory]
    [InlineData("category", "fish")]
    [InlineData("format", "ordinal")]
    [InlineData("aggregation", "batch")]
    public void An_item_has_the_terms_of_its_batch(string member, string value)
    {
        World world = World.Founded();
        PostPoll item = world.Terms() with { Batch = world.PostBatch().Value };
        item = member switch
        {
            "category" => item with { Category = value },
            "format" => item with { Format = value },
            _ => item with { Batch = default, Aggregation = value },
        };
        Assert.Equal(member, Assert.IsType<Refusal.InvalidTerm>(world.Apply(item)).Member);
    }

    [Theory]
    [InlineData("labels", 3u, 5u)]
    [InlineData("number:0..10/1~1", 0u, 7u)]
    public void Items_of_any_format_form_a_batch_and_count_by_themselves(string format, uint options, uint answer)
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch(terms: message => message with { Format = format, Options = options });
        PostPoll alike = world.Terms() with { Batch = batch.Value, Format = format, Options = options, Maximum = 1 };
        Assert.Equal("aggregation", Assert.IsType<Refusal.InvalidTerm>(world.Apply(alike with { Aggregation = "batch" })).Member);
        TaskId item = world.PostItem(
            batch, maximum: 1, terms: message => message with { Format = format, Options = options, Aggregation = "majority" });
        world.Vote("anna", item, answer);
        Assert.Equal(12UL, world.Earned("anna"));
        PostBatch paying = world.BatchTerms() with { Format = format, Options = options, Payout = "correlated" };
        Assert.Equal("payout", Assert.IsType<Refusal.InvalidTerm>(world.Apply(paying)).Member);
    }

    [Fact]
    public void Numbers_and_digest_of_items_follow_their_order()
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch();
        Bytes32 before = world.State.FindBatch(batch)!.Chain;
        TaskId[] items = [world.PostItem(batch), world.PostItem(batch), world.PostItem(batch)];
        Batch found = world.State.FindBatch(batch)!;
        Assert.NotEqual(before, found.Chain);
        Assert.Equal([0, 1, 2], items.Select(item => world.Poll(item).Place!.Number));
        Assert.Equal([0, 0, 1], items.Select(item => world.Poll(item).Place!.Group));
    }

    [Theory]
    [InlineData("correlated")]
    [InlineData("determinant")]
    public void Who_answers_without_looking_earns_nothing_where_the_batch_pays_by_agreement(string payout)
    {
        World world = World.Founded();
        world.Join("dan");
        TaskId batch = world.PostBatch(terms: message => message with { Group = 20, Payout = payout });
        TaskId[] items =
        [
            .. Enumerable.Range(0, 20).Select(_ => world.PostItem(
                batch, reward: 8, maximum: 4, terms: static message => message with { Payout = "batch" })),
        ];
        for (int i = 0; i < items.Length; i++)
        {
            uint truth = (uint)(i * 7 % 5 % 2);
            foreach (string who in (string[])["anna", "ben", "cleo"]) world.Vote(who, items[i], truth);
            world.Vote("dan", items[i], 0);
        }

        Assert.Equal([40UL, 40, 40, 0], People.Select(world.Earned));
        Assert.Equal(new Amount(1000 - 120), world.Account("rita").Balance.Total);
        Assert.Equal(Amount.Zero, world.Account("rita").Balance.Escrowed);
    }

    [Fact]
    public void Items_counted_together_have_the_answer_and_the_confidence_of_the_inference()
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch(terms: static message => message with { Group = 6 });
        TaskId[] items = [.. Enumerable.Range(0, 6).Select(_ => world.PostItem(batch, maximum: 3))];
        List<BatchVote> votes = [];
        for (int i = 0; i < items.Length; i++)
        {
            for (int voter = 0; voter < 3; voter++)
            {
                int choice = voter == 2 && i % 2 == 0 ? 1 - i / 3 : i / 3;
                world.Vote(People[voter], items[i], (uint)choice);
                votes.Add(new BatchVote(i, voter, choice));
            }
        }

        BatchResult result = BatchInference.Of(new BatchVotes([.. votes], 6, 3, 2), null, Runners.InOrder);
        for (int i = 0; i < items.Length; i++)
        {
            Count count = world.Outcome(items[i]).Count;
            Assert.Equal((result.AnswerOf(i), result.ConfidenceOf(i)), (count.Answer, count.Confidence));
        }
    }

    [Fact]
    public void A_group_has_no_more_votes_than_the_writer_can_compare()
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch(terms: static message => message with { Group = 10_000, Payout = "correlated" });
        PostPoll item = world.Terms() with { Batch = batch.Value, Aggregation = "batch", Maximum = 11, Reward = new Amount(11) };
        Assert.Equal("maximum", Assert.IsType<Refusal.InvalidTerm>(world.Apply(item)).Member);
        item = item with { Aggregation = "majority", Payout = "batch", Maximum = 1, Reward = new Amount(1) };
        Assert.Equal("maximum", Assert.IsType<Refusal.InvalidTerm>(world.Apply(item)).Member);
    }
}
