using ChainSpace.Protocol;

namespace ChainSpace.Client.Writing;

/// <summary>The node's answer to one message.</summary>
public abstract record Sent
{
    private Sent() { }

    /// <summary>It stands in the journal. Sending it again gives the same answer.</summary>
    public sealed record Accepted(MessageId Id, EntryIndex Index, Moment Moment) : Sent;

    /// <summary>It does not. HTTP status, stable code (spec/refusals.md), and a sentence.</summary>
    public sealed record Refused(int Status, string Code, string Detail) : Sent;
}
