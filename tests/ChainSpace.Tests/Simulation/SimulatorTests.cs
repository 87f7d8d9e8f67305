using ChainSpace.Node.Simulation;
using ChainSpace.Node.Simulation.Planted;

namespace ChainSpace.Tests.Simulation;

public sealed class SimulatorTests
{
    private const int Crowd = 400;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_promise_holds_through_crashes_cheats_and_wrong_clocks(ulong seed)
    {
        SimulationReport report = Simulator.Run(new SimulationPlan(seed, 3_000) { Actors = Crowd });
        Assert.True(report.Fault is null, report.Fault?.ToString());
        Assert.True(report.Entries > 3_000, $"{report.Entries} entries");
        Assert.All(
            ["Closed (Confidence)", "Closed (Maximum)", "Expired (Deadline)", "Cancelled (Cancelled)"],
            outcome => Assert.True(report.Polls.GetValueOrDefault(outcome) > 0, outcome));
        Assert.Equal(3, report.Starts.Count);
        Assert.True(report.Faults["entries found that nobody was told of"] > 0);
        Assert.Equal(2, report.Forged.Count);
    }

    [Fact]
    public void A_seed_tells_the_same_story_twice()
    {
        SimulationPlan plan = new(9, 600) { Actors = Crowd };
        SimulationReport first = Simulator.Run(plan), second = Simulator.Run(plan);
        Assert.Equal(first.StateHash, second.StateHash);
        Assert.Equal(first.History, second.History);
        Assert.Equal(first.Refused, second.Refused);
        Assert.Equal(first.Polls, second.Polls);
        Assert.NotEqual(first.History, Simulator.Run(plan with { Seed = 10 }).History);
    }

    // The canaries: an invariant that no planted bug breaks says nothing.
    [Theory]
    [InlineData(Sabotage.AcknowledgeBeforeWriting, Invariant.AcknowledgedIsKept)]
    [InlineData(Sabotage.CutJournal, Invariant.AcknowledgedIsKept)]
    [InlineData(Sabotage.ForgetOpenings, Invariant.ChoiceIsCounted)]
    [InlineData(Sabotage.PayTwice, Invariant.SumsBalance)]
    [InlineData(Sabotage.DropTail, Invariant.ReplayAgrees)]
    [InlineData(Sabotage.SignBeforeAppend, Invariant.CheckpointsAgree)]
    [InlineData(Sabotage.MissChange, Invariant.CheckpointsAgree)]
    [InlineData(Sabotage.BackDate, Invariant.TimeNeverGoesBack)]
    [InlineData(Sabotage.ForgetNonces, Invariant.ExactlyOnce)]
    [InlineData(Sabotage.EnterRefused, Invariant.RefusedStaysOut)]
    [InlineData(Sabotage.TrustForgeries, Invariant.ForgedStaysOut)]
    [InlineData(Sabotage.Unfenced, Invariant.StaleWriterIsFenced)]
    [InlineData(Sabotage.DropBlocks, Invariant.Progress)]
    [InlineData(Sabotage.OpenDoors, Invariant.OnlyTheAdmitted)]
    [InlineData(Sabotage.CrashPanel, Invariant.OnlyThePanel)]
    public void A_planted_bug_breaks_the_invariant_that_guards_against_it(Sabotage sabotage, Invariant guard)
    {
        List<SimulationFault> faults = [];
        foreach (ulong seed in (ulong[])[1, 2, 3])
        {
            SimulationPlan plan = new(seed, 6_000) { Actors = Crowd, Sabotage = sabotage };
            SimulationFault? fault = Simulator.Run(plan).Fault;
            Assert.NotNull(fault);
            faults.Add(fault);
        }

        // Another invariant may be the first to notice on one seed, but the guard itself must notice on most.
        Assert.True(faults.Count(fault => fault.Invariant == guard) >= 2, string.Join('\n', faults));
    }

    [Fact]
    public void Every_invariant_and_every_planted_bug_has_a_canary()
    {
        object?[][] rows = [.. typeof(SimulatorTests)
            .GetMethod(nameof(A_planted_bug_breaks_the_invariant_that_guards_against_it))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(row => row.Data)];
        Assert.Equal(Enum.GetValues<Sabotage>().Except([Sabotage.None]).Order(), rows.Select(row => (Sabotage)row[0]!).Order());

        // What nothing but the simulator's own code could plant needs no seam: any exception is a surprise.
        Assert.Equal(
            Enum.GetValues<Invariant>().Except([Invariant.NoSurprise]).Order(),
            rows.Select(row => (Invariant)row[1]!).Distinct().Order());
    }
}
