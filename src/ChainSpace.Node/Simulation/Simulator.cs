namespace ChainSpace.Node.Simulation;

/// <summary>
/// Plays one space from a seed: people, faults and time, over the production code on a disk of memory. Plain calls on one
/// thread; nothing is left to the platform's chance, so a fault that was found once is found again.
/// </summary>
public sealed class Simulator : IDisposable
{
    private readonly SimulationPlan plan;
    private readonly Scene scene;
    private readonly (int Weight, Action Act)[] acts;
    private readonly int weights;
    private long step;

    private Simulator(SimulationPlan plan)
    {
        (this.plan, scene) = (plan, new Scene(plan));
        Acts people = new(scene);
        Faults faults = new(scene, people);
        acts =
        [
            (600, people.Fresh), (60, people.Repeat), (40, people.Reordered), (20, people.Expired), (50, people.Forged),
            (10, people.OverBalance), (20, people.Late), (40, scene.Beat), (40, scene.Checkpoint), (40, scene.Block),
            (20, faults.ClockForward), (10, faults.ClockBack), (8, faults.CrashBeforeWriting),
            (8, faults.CrashBeforeAnswering), (4, faults.CrashAtCheckpoint), (2, faults.DiskFull), (6, faults.Snapshot),
            (3, faults.TornSnapshot), (5, faults.Restart), (5, faults.StaleWriter),
        ];
        weights = acts.Sum(static each => each.Weight);
    }

    /// <summary>Plays the plan to its end, or to the first fault.</summary>
    /// <param name="plan">What to play.</param>
    /// <param name="progress">Told the steps done, now and then.</param>
    /// <param name="cancellationToken">Ends the play early; what was played is checked all the same.</param>
    public static SimulationReport Run(SimulationPlan plan, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using Simulator simulator = new(plan);
        SimulationFault? fault = simulator.Play(progress, cancellationToken);
        return SimulationReport.Of(plan, simulator.step, simulator.scene, fault);
    }

    public void Dispose() => scene.Dispose();

    private SimulationFault? Play(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        try
        {
            for (long audit = plan.StepsPerAudit; step < plan.Steps && !cancellationToken.IsCancellationRequested;)
            {
                step++;
                Step();
                if (step >= audit)
                {
                    scene.RunAudit();
                    audit += plan.StepsPerAudit + step / 8;
                }

                if (step % 64 == 0) progress?.Report(step);
            }

            Ending.Play(scene);
            progress?.Report(step);
            return null;
        }
        catch (BrokenInvariantException broken)
        {
            return Fault(broken.Invariant, broken.Message);
        }
        catch (Exception exception)
        {
            // The edge of the simulation: whatever the code under test throws is a finding.
            return Fault(Invariant.NoSurprise, exception.ToString());
        }
    }

    private void Step()
    {
        scene.Clock.Move(scene.Chance.Between(10, 600));
        int at = scene.Chance.Below(weights);
        foreach ((int weight, Action act) in acts)
        {
            at -= weight;
            if (at >= 0) continue;
            act();
            return;
        }
    }

    private SimulationFault Fault(Invariant invariant, string message) => new(
        invariant, step, message, $"chainspace simulate --seed {plan.Seed} --steps {step} --actors {plan.Actors}");
}
