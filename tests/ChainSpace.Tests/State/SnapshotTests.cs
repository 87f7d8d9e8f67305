using ChainSpace.Protocol;
using ChainSpace.Rules.State;
using CsCheck;
using StateSnapshot = ChainSpace.Rules.State.Snapshot;

namespace ChainSpace.Tests.State;

public sealed class SnapshotTests
{
    [Fact]
    public void A_restored_state_has_the_same_hash_and_goes_on_alike() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 200]).Sample(
            (seed, steps) =>
            {
                Dice dice = new(seed);
                HistoryWriter history = HistoryWriter.Start(isOnChain: seed % 2 == 0);
                for (int step = 0; step < steps; step++) history.Act(dice);
                HistoryWriter restored = new(Restore(history.State), history.Nonce, history.Now);
                Assert.Equal(StateHash.Of(history.State), StateHash.Of(restored.State));
                GoOnAlike(history, restored, dice);
            },
            iter: 40);

    [Fact]
    public void A_restored_state_gives_the_same_snapshot() =>
        Gen.ULong.Sample(
            seed =>
            {
                Dice dice = new(seed);
                HistoryWriter history = HistoryWriter.Start(isOnChain: seed % 2 == 0);
                for (int step = 0; step < 150; step++) history.Act(dice);
                byte[] snapshot = Write(history.State).ToArray();
                Assert.Equal(snapshot, Write(Restore(history.State)).ToArray());
            },
            iter: 20);

    [Fact]
    public void A_restored_state_pays_for_an_anchor_and_gives_back_what_is_late()
    {
        HistoryWriter history = HistoryWriter.Start(isOnChain: true);
        Assert.Null(history.Expedite(2, 10, within: 50));
        ulong covered = (ulong)history.State.Size;
        Assert.Null(history.Expedite(1, 20, within: 40));
        HistoryWriter restored = new(Restore(history.State), history.Nonce, history.Now);
        Assert.Equal((new Amount(30), history.Now.Milliseconds + 40),
            (restored.State.ExpeditedAmount, restored.State.ExpeditedBefore?.Milliseconds));
        foreach (HistoryWriter each in (HistoryWriter[])[history, restored])
        {
            Assert.Null(each.Anchor((ulong)each.State.Size - covered));
            Assert.Equal(new Amount(10), each.State.Accounts[^1].Balance.Earned);
            each.Wait(41);
            Assert.Null(each.Tick());
            Assert.Equal((0, Amount.Zero), (each.State.Priorities.Count, each.State.ExpeditedAmount));
        }

        Assert.Equal(StateHash.Of(history.State), StateHash.Of(restored.State));
    }

    [Fact]
    public void A_space_that_has_not_begun_can_be_kept() =>
        Assert.Equal(StateHash.Of(new SpaceState()), StateHash.Of(Restore(new SpaceState())));

    [Fact]
    public void A_restored_state_still_knows_what_was_said()
    {
        HistoryWriter history = HistoryWriter.Start();
        Assert.Null(history.Register(1));
        HistoryWriter restored = new(Restore(history.State), history.Nonce - 1, history.Now);
        Assert.IsType<ChainSpace.Rules.Refusal.AlreadyIn>(restored.Register(1));
        HistoryWriter forgetful = new(Restore(history.State), history.Nonce - 1, history.Now);
        Assert.IsType<ChainSpace.Rules.Refusal.NonceUsed>(forgetful.Register(1, "skill=law"));
    }

    [Fact]
    public void A_damaged_snapshot_is_refused()
    {
        byte[] whole = Write(Busy().State).ToArray();
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[0, 7]).Sample((at, bit) =>
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= (byte)(1 << bit);
            Assert.Throws<InvalidDataException>(() => StateSnapshot.Read(new MemoryStream(damaged)));
        });
        Gen.Int[0, whole.Length - 1].Sample(length =>
            Assert.Throws<InvalidDataException>(() => StateSnapshot.Read(new MemoryStream(whole[..length]))));
        Assert.Throws<InvalidDataException>(() => StateSnapshot.Read(new MemoryStream([.. whole, 0])));
    }

    [Fact]
    public void A_snapshot_may_stand_behind_something_else()
    {
        MemoryStream stream = new();
        stream.Write([1, 2, 3]);
        SpaceState state = Busy().State;
        StateSnapshot.Write(state, stream);
        stream.Position = 3;
        Assert.Equal(StateHash.Of(state), StateHash.Of(StateSnapshot.Read(stream)));
    }

    private static void GoOnAlike(HistoryWriter left, HistoryWriter right, Dice dice)
    {
        Dice same = new(dice.Seed);
        StateHash first = new(), second = new();
        for (int step = 0; step < 60; step++)
        {
            Assert.Equal(left.Act(dice), right.Act(same));
            Assert.Equal(left.State.NextDue, right.State.NextDue);
            Assert.Equal(left.State.NeedsBlock, right.State.NeedsBlock);
            Assert.Equal(first.Compute(left.State), second.Compute(right.State));
        }
    }

    private static HistoryWriter Busy()
    {
        Dice dice = new(5);
        HistoryWriter history = HistoryWriter.Start();
        for (int step = 0; step < 150; step++) history.Act(dice);
        return history;
    }

    private static SpaceState Restore(SpaceState state) => StateSnapshot.Read(Write(state));

    private static MemoryStream Write(SpaceState state)
    {
        MemoryStream stream = new();
        StateSnapshot.Write(state, stream);
        stream.Position = 0;
        return stream;
    }
}
