namespace ChainSpace.Protocol.Messages;

/// <summary>Why a line is no message. Nothing of it is kept.</summary>
public abstract record WireFault
{
    private WireFault() { }

    /// <summary>Longer than the node takes.</summary>
    public sealed record TooLarge(int Limit) : WireFault;

    /// <summary>Not JSON at all.</summary>
    public sealed record Malformed : WireFault;

    /// <summary>No message of this type is known.</summary>
    public sealed record UnknownType(string Type) : WireFault;

    /// <summary>
    /// JSON, but not the one spelling (RFC 8785, members and values as in spec/messages.md); <paramref name="Member"/> is
    /// the first member that is missing, superfluous, misspelt or out of range, empty where no single one is to blame.
    /// </summary>
    public sealed record NotCanonical(string Member) : WireFault;
}
