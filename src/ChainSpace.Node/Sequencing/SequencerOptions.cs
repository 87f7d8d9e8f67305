namespace ChainSpace.Node.Sequencing;

/// <summary>How a sequencer batches and how often it acts by itself.</summary>
public sealed class SequencerOptions
{
    /// <summary>Most messages waiting for a verdict; more are told to come back. Default 16,384.</summary>
    public int QueueLimit { get; init; } = 16_384;

    /// <summary>Messages after which a batch is written though more wait. Default 2,048.</summary>
    public int BatchLimit { get; init; } = 2_048;

    /// <summary>Longest pause between looks at clock and deadlines, in milliseconds. Default 50.</summary>
    public int BeatMilliseconds { get; init; } = 50;

    /// <summary>Shortest time between two checkpoints, in milliseconds. Default 1,000.</summary>
    public int CheckpointMilliseconds { get; init; } = 1_000;

    /// <summary>Shortest time between two reported blocks on a Sovereign space, in milliseconds. Default 2,000.</summary>
    public int BlockMilliseconds { get; init; } = 2_000;
}
