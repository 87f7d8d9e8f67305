using ChainSpace.Protocol;

namespace ChainSpace.Node.Simulation.World;

/// <summary>The clock of the simulated machine. Unlike entries it may go back, as clocks do.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    public Moment Now { get; private set; } = new(1_800_000_000_000);

    public void Move(long milliseconds) => Now = new Moment(Now.Milliseconds + milliseconds);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Now.Milliseconds);
}
