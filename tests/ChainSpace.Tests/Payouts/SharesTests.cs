using ChainSpace.Protocol;
using ChainSpace.Rules;
using ChainSpace.Rules.Polls;
using ChainSpace.Tests.Rules;
using CsCheck;

namespace ChainSpace.Tests.Payouts;

public sealed class SharesTests
{
    private static readonly string[] Payouts = ["majority", "equal", "lottery"];

    [Fact]
    public void Every_unit_goes_to_voters_or_back_and_no_one_of_two_alike_gets_two_more() =>
        Gen.Select(Gen.UInt[0, 2].Array[0, 9], Gen.ULong[9, 200], Gen.Int[0, 2], Gen.UInt[1, 9], Gen.Bool).Sample(
            (choices, reward, payout, minimum, isRefund) =>
        {
            World world = World.Founded();
            string[] voters = [.. choices.Select(static (_, i) => $"v{i}")];
            world.Join(voters);
            TaskId poll = world.Post(reward, 9, message => message with
            {
                Payout = Payouts[payout],
                Minimum = minimum,
                Options = 3,
                Inconclusive = isRefund ? "refund" : "equal",
            });
            for (int i = 0; i < choices.Length; i++) world.Vote(voters[i], poll, choices[i]);
            Fact.Ended ended = EndOf(world);

            Assert.Equal(choices.Length, ended.Votes.Length);
            Assert.Equal((UInt128)reward, ended.Votes.Aggregate(ended.Refund.Units, static (sum, vote) => sum + vote.Paid.Units));
            ulong[] paid = [.. ended.Votes.Where(static v => v.Paid > Amount.Zero).Select(static v => (ulong)v.Paid.Units)];
            if (paid.Length > 0) Assert.InRange(paid[0] - paid[^1], 0UL, 1UL);
            Assert.True(paid.SequenceEqual(paid.OrderDescending()));
            if (ended.Outcome.Kind == OutcomeKind.Closed && Payouts[payout] == "majority")
                Assert.All(ended.Votes, vote => Assert.Equal(vote.Choice == ended.Outcome.Count.Answer, vote.Paid > Amount.Zero));
            if (ended.Outcome.Kind == OutcomeKind.Expired) Assert.All(paid, each => Assert.Equal(reward / 9, each));
        }, iter: 300);

    private static Fact.Ended EndOf(World world)
    {
        Fact.Ended? ended = null;
        while (ended is null)
        {
            ended = world.Rules.Facts.OfType<Fact.Ended>().SingleOrDefault();
            if (ended is null && world.State.AwaitingBlock.Count > 0) world.Block();
            else if (ended is null) world.Tick(World.Day);
        }

        return ended;
    }
}
