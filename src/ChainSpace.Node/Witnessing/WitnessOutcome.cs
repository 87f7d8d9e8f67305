namespace ChainSpace.Node.Witnessing;

/// <summary>How one look of a witness at a space ended.</summary>
public abstract record WitnessOutcome
{
    private WitnessOutcome() { }

    /// <summary>There is nothing to sign.</summary>
    public sealed record Idle(string Because) : WitnessOutcome;

    /// <summary>The node has this witness's signature now.</summary>
    public sealed record Signed(Vow Vow, long Entries) : WitnessOutcome;

    /// <summary>Something is not as the node says, so nothing was signed; one sentence says what.</summary>
    public sealed record Refused(string Size, string Sentence) : WitnessOutcome;
}
