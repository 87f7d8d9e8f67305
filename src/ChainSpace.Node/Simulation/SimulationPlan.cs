using ChainSpace.Node.Simulation.Planted;

namespace ChainSpace.Node.Simulation;

/// <summary>What to play. The same plan always tells the same story.</summary>
public sealed record SimulationPlan(ulong Seed, long Steps)
{
    /// <summary>How many people there are.</summary>
    public int Actors { get; init; } = 2_000;

    /// <summary>A planted bug, to see it caught.</summary>
    public Sabotage Sabotage { get; init; }

    /// <summary>Steps between two replays of the whole journal; longer as the journal grows, for each reads all of it.</summary>
    public int StepsPerAudit { get; init; } = 500;
}
