namespace ChainSpace.Node.Anchoring;

/// <summary>What waits in a space for its next anchor. Money is in whole units of the space's currency.</summary>
public sealed record AnchorDemand
{
    /// <summary>Whether the journal has entries that no anchor covers, but for the report of the last one.</summary>
    public bool HasNews { get; init; }

    /// <summary>Whether the space has a vault that can take an anchor now.</summary>
    public bool MayAnchorVault { get; init; }

    /// <summary>
    /// Whether only an anchor in the vault protects what is new: no root there has ever become good, or the vault cannot
    /// take a super-root over.
    /// </summary>
    public bool NeedsVault { get; init; }

    /// <summary>Withdrawn since the last anchor in the vault.</summary>
    public double Withdrawn { get; init; }

    /// <summary>Deposited or earned since then.</summary>
    public double Moved { get; init; }

    /// <summary>Offered for priority by messages that no anchor in the vault covers.</summary>
    public double Paid { get; init; }

    /// <summary>Time since the last anchor in the vault was made; long where there was none.</summary>
    public TimeSpan SinceVault { get; init; } = TimeSpan.MaxValue;

    /// <summary>Time since the last anchor of any kind was made; long where there was none.</summary>
    public TimeSpan SinceProof { get; init; } = TimeSpan.MaxValue;

    /// <summary>How much of the time has passed after which anybody may end the space for want of a good root; 0 to 1.</summary>
    public double ExitShare { get; init; }
}
