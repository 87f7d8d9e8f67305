namespace ChainSpace.Client.Writing;

/// <summary>The answer to a delegation.</summary>
public abstract record Delegated
{
    private Delegated() { }

    /// <summary>The session speaks for the account now; it owns its new key, which lives in this process only.</summary>
    public sealed record Granted(SpaceSession Session, Sent.Accepted Answer) : Delegated;

    /// <summary>The new key was thrown away.</summary>
    public sealed record Refused(Sent.Refused Answer) : Delegated;
}
