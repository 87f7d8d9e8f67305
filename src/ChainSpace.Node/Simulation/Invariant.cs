namespace ChainSpace.Node.Simulation;

/// <summary>What must hold whatever happens. Each has a planted bug that it catches: <see cref="Planted.Sabotage"/>.</summary>
public enum Invariant
{
    /// <summary>What a sender was told is in the journal, at that index, with that moment and exactly those bytes.</summary>
    AcknowledgedIsKept,

    /// <summary>A poll ends with every vote that was entered, each with the choice its voter made.</summary>
    ChoiceIsCounted,

    /// <summary>Balances sum to the supply, escrow to the rewards of live polls, payouts to the reward.</summary>
    SumsBalance,

    /// <summary>The journal folded from its first entry gives the live state, and so do a snapshot and the tail.</summary>
    ReplayAgrees,

    /// <summary>Every checkpoint ever given out extends the one before it and speaks of the replayed tree and state.</summary>
    CheckpointsAgree,

    /// <summary>Moments of entries never go back, whatever the machine's clock does.</summary>
    TimeNeverGoesBack,

    /// <summary>A message has one index; who sends it again is told that one.</summary>
    ExactlyOnce,

    /// <summary>Nothing that was refused is in the journal.</summary>
    RefusedStaysOut,

    /// <summary>Nothing is in the journal that its author did not sign for this space.</summary>
    ForgedStaysOut,

    /// <summary>A writer that has been superseded writes nothing.</summary>
    StaleWriterIsFenced,

    /// <summary>Once faults stop, every poll ends, a new vote enters, and the operator is heard.</summary>
    Progress,

    /// <summary>Where the operator admits voters, only they vote; to a draw nobody is admitted too late.</summary>
    OnlyTheAdmitted,

    /// <summary>Where a batch draws a panel, nobody else votes on its items, and nobody before the draw.</summary>
    OnlyThePanel,

    /// <summary>Nothing fails but what was made to fail.</summary>
    NoSurprise,
}

/// <summary>An invariant does not hold.</summary>
internal sealed class BrokenInvariantException(Invariant invariant, string message, Exception? cause = null)
    : Exception(message, cause)
{
    public Invariant Invariant { get; } = invariant;

    /// <summary>Throws where the statement is false.</summary>
    public static void Unless(bool holds, Invariant invariant, string message)
    {
        if (!holds) throw new BrokenInvariantException(invariant, message);
    }
}
