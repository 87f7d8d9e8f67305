using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Payouts;
using ChainSpace.Rules.Polls;
using ChainSpace.Rules.State;
using ChainSpace.Tests.Rules;
using StateSnapshot = ChainSpace.Rules.State.Snapshot;

namespace ChainSpace.Tests.Batches;

/// <summary>What a group's lottery pays, and what shown gold means for those it is counted with.</summary>
public sealed class GroupTests
{
    private static readonly string[] People = ["anna", "ben", "cleo", "dan"];

    [Theory]
    [InlineData("lottery", 160, 0)]
    [InlineData("exact-lottery", 80, 45)]
    public void A_later_block_draws_which_votes_earn_by_the_score_of_their_voter(string payout, int mostHonest, int mostLazy)
    {
        World world = World.Founded();
        world.Join("dan");
        TaskId[] items = Voted(world, payout);
        Assert.All(items, item => Assert.IsType<Stage.Raffle>(world.Poll(item).Stage));
        Assert.All(People, who => Assert.Equal(0ul, world.Earned(who)));
        uint[][] chances = [.. items.Select(item => ((Stage.Raffle)world.Poll(item).Stage).Chances.ToArray())];
        AssertSnapshotKeepsAll(world);

        world.Block("beacon");
        ulong[] expected = new ulong[People.Length];
        for (int i = 0; i < items.Length; i++)
        {
            Assert.Equal(OutcomeKind.Closed, world.Outcome(items[i]).Kind);
            for (int voter = 0; voter < People.Length; voter++)
            {
                bool wins = VoteLottery.Wins(World.Hash("beacon"), items[i], World.Id(People[voter]), chances[i][voter] / 1e6);
                if (wins) expected[voter] += 2;
            }
        }

        Assert.Equal(expected, People.Select(world.Earned));
        Assert.InRange(world.Earned("anna"), 1ul, (ulong)mostHonest);
        Assert.InRange(world.Earned("dan"), 0ul, (ulong)mostLazy);
        Assert.Equal(Amount.Zero, world.Account("rita").Balance.Escrowed);
    }

    [Fact]
    public void Gold_shown_while_a_group_waits_turns_a_crowd_of_liars_round()
    {
        uint[] blind = Answers(isShown: false), taught = Answers(isShown: true);
        Assert.Equal(0, blind.Count(static answer => answer == 1));
        Assert.Equal(8, taught.Count(static answer => answer == 1));
    }

    [Fact]
    public void Gold_shown_while_its_item_waits_is_shown_once_and_pays_as_the_votes_say()
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch();
        TaskId gold = world.PostItem(batch, terms: message => WithGold(world, message)), other = world.PostItem(batch);
        foreach (string who in People[..3]) world.Vote(who, gold, 0);
        world.Do(Shown(world, gold));
        Assert.Equal("poll", Assert.IsType<Refusal.InvalidTerm>(world.Apply(Shown(world, gold))).Member);
        AssertSnapshotKeepsAll(world);
        foreach (string who in People[..3]) world.Vote(who, other, 0);

        // All three are paid for the gold item, though gold says they were wrong; by it the other item's answer is not theirs.
        Assert.Equal((0, 1), (world.Outcome(gold).Count.Answer, world.Outcome(other).Count.Answer));
        Assert.Equal(4ul, world.Earned("anna"));
        Assert.Equal(0, world.Poll(gold).Ballots.Count);
        Assert.Equal("poll", Assert.IsType<Refusal.InvalidTerm>(world.Apply(Shown(world, gold))).Member);
    }

    // Two of three always say the same; the third is right. Four items are gold, eight are not.
    private static uint[] Answers(bool isShown)
    {
        World world = World.Founded();
        TaskId batch = world.PostBatch(terms: static message => message with { Group = 12 });
        TaskId[] items =
        [
            .. Enumerable.Range(0, 12).Select(_ => world.PostItem(batch, terms: message => WithGold(world, message))),
        ];
        for (int i = 0; i < items.Length; i++)
        {
            world.Vote("anna", items[i], 1);
            foreach (string liar in People[1..3]) world.Vote(liar, items[i], 0);
            if (isShown && i < 4) world.Do(Shown(world, items[i]));
        }

        return [.. items[4..].Select(item => (uint)world.Outcome(item).Count.Answer!.Value)];
    }

    private static TaskId[] Voted(World world, string payout)
    {
        TaskId batch = world.PostBatch(terms: message => message with { Group = 20, Payout = payout });
        TaskId[] items =
        [
            .. Enumerable.Range(0, 20).Select(_ => world.PostItem(
                batch, reward: 8, maximum: 4, terms: static message => message with { Payout = "batch" })),
        ];
        for (int i = 0; i < items.Length; i++)
        {
            foreach (string who in People[..3]) world.Vote(who, items[i], (uint)(i * 7 % 5 % 2));
            world.Vote("dan", items[i], 0);
        }

        return items;
    }

    private static PostPoll WithGold(World world, PostPoll message) => message with
    {
        Gold = Gold.Commitment(world.State.Domain!, message, new Opening(1, World.Hash("salt"))),
    };

    private static RevealGold Shown(World world, TaskId item) => new(world.By("rita"), item, 1, World.Hash("salt"));

    private static void AssertSnapshotKeepsAll(World world)
    {
        using MemoryStream stream = new();
        StateSnapshot.Write(world.State, stream);
        stream.Position = 0;
        Assert.Equal(StateHash.Of(world.State), StateHash.Of(StateSnapshot.Read(stream)));
    }
}
