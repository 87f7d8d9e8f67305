using ChainSpace.Protocol;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;
using CsCheck;

namespace ChainSpace.Tests.State;

public sealed class StateHashTests
{
    [Fact]
    public void What_is_hashed_step_by_step_is_what_is_hashed_from_scratch() =>
        Gen.ULong.Sample(
            seed =>
            {
                Dice dice = new(seed);
                HistoryWriter history = HistoryWriter.Start(isOnChain: seed % 2 == 0);
                StateHash hash = new();
                for (int step = 0; step < 150; step++)
                {
                    if (dice.Roll(3) > 0) Assert.Equal(StateHash.Of(history.State), hash.Compute(history.State));
                    history.Act(dice);
                }
            },
            iter: 20);

    [Fact]
    public void A_hash_that_missed_a_change_would_be_found_out()
    {
        HistoryWriter history = Poll(out TaskId poll);
        StateHash first = new(), second = new();
        first.Compute(history.State);
        second.Compute(history.State);
        history.Vote(2, poll, 1);
        first.Compute(history.State);
        Assert.NotEqual(StateHash.Of(history.State), second.Compute(history.State));
    }

    [Fact]
    public void Random_histories_come_by_every_stage()
    {
        HashSet<Type> stages = [];
        for (ulong seed = 0; seed < 20; seed++)
        {
            Dice dice = new(seed);
            HistoryWriter history = HistoryWriter.Start();
            for (int step = 0; step < 150; step++)
            {
                history.Act(dice);
                stages.UnionWith(history.State.Polls.Select(poll => poll.Stage.GetType()));
            }
        }

        Assert.Equal(typeof(Stage).GetNestedTypes().Where(type => type.IsSealed).ToHashSet(), stages);
    }

    [Fact]
    public void A_refused_message_leaves_the_hash()
    {
        HistoryWriter history = Poll(out TaskId poll);
        Bytes32 before = StateHash.Of(history.State);
        Assert.NotNull(history.Vote(1, poll, 0));
        Assert.NotNull(history.Vote(2, poll, 3));
        Assert.Equal(before, StateHash.Of(history.State));
    }

    [Theory]
    [InlineData("another choice")]
    [InlineData("another voter")]
    [InlineData("another balance")]
    [InlineData("another attribute")]
    [InlineData("another session")]
    [InlineData("another term")]
    [InlineData("another moment")]
    [InlineData("another opening")]
    public void Histories_that_differ_in_one_thing_have_different_hashes(string change)
    {
        Assert.Equal(StateHash.Of(Story("").State), StateHash.Of(Story("").State));
        Assert.NotEqual(StateHash.Of(Story("").State), StateHash.Of(Story(change).State));
    }

    [Fact]
    public void A_request_is_in_the_hash_until_it_has_ended()
    {
        HistoryWriter Asked(int who = 1, ulong amount = 10, long within = 40)
        {
            HistoryWriter history = HistoryWriter.Start(isOnChain: true);
            Assert.Null(history.Expedite(who, amount, within));
            return history;
        }

        Assert.Equal(StateHash.Of(Asked().State), StateHash.Of(Asked().State));
        Assert.NotEqual(StateHash.Of(Asked().State), StateHash.Of(Asked(within: 41).State));
        Assert.NotEqual(StateHash.Of(Asked().State), StateHash.Of(Asked(who: 2).State));
        Assert.NotEqual(StateHash.Of(Asked().State), StateHash.Of(Asked(amount: 11).State));
        HistoryWriter[] ended = [Asked(within: 41), Asked()];
        foreach (HistoryWriter each in ended)
        {
            each.Wait(42);
            Assert.Null(each.Tick());
        }

        Assert.Equal(StateHash.Of(ended[0].State), StateHash.Of(ended[1].State));
    }

    /// <summary>Another value here means another rule set, or another spec/state.md, and checkpoints nobody can check.</summary>
    [Fact]
    public void A_small_history_has_the_hash_it_always_had() => Assert.Equal(
        Bytes32.Parse("0x18c4bc40a202e464f155a7de262250746579cad573c30b42947331a9bd683c93"), StateHash.Of(Story("").State));

    [Fact]
    public void A_space_that_has_not_begun_has_a_hash() =>
        Assert.NotEqual(StateHash.Of(HistoryWriter.Start().State), StateHash.Of(new SpaceState()));

    private static HistoryWriter Poll(out TaskId poll)
    {
        HistoryWriter history = HistoryWriter.Start();
        for (int number = 1; number <= 5; number++) Assert.Null(history.Register(number));
        poll = history.Post(1);
        return history;
    }

    // Every change is one that is not accidentally in the state's header: sizes and supply stay the same.
    private static HistoryWriter Story(string change)
    {
        HistoryWriter history = Poll(out TaskId open);
        TaskId closed = history.Post(1, poll => poll with { Voting = "sealed", Options = change == "another term" ? 4u : 3u });
        Assert.Null(history.Register(2, change == "another attribute" ? "country=AT" : "country=DE"));
        Assert.Null(history.Credit(change == "another balance" ? 3 : 4, 5));
        Assert.Null(history.Delegate(3, change == "another session" ? "post" : "vote"));
        Assert.Null(history.Vote(change == "another voter" ? 3 : 2, open, change == "another choice" ? 2 : 1));
        for (int number = 2; number <= 4; number++) Assert.Null(history.Seal(number, closed, 1));
        history.Wait(change == "another moment" ? 600_001 : 600_000);
        Assert.Null(history.Tick());
        Assert.Null(history.Open(change == "another opening" ? 4 : 3, closed, 1));
        return history;
    }
}
