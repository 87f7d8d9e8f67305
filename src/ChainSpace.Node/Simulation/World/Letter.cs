using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Simulation.World;

/// <summary>
/// A message as its author knows it. What the author meant is kept beside the bytes, so that a vote can later be compared
/// with the choice that was made and not only with what the journal says of it.
/// </summary>
internal sealed record Letter(Envelope Envelope, MessageId Id)
{
    /// <summary>What the author of a vote chose; null for every other message.</summary>
    public uint? Choice { get; init; }

    /// <summary>The opening of a sealed vote, for its author's own use.</summary>
    public Opening? Opening { get; init; }

    /// <summary>A sealed vote whose box nobody can read, let in by a node that did not look.</summary>
    public bool IsOpaque { get; init; }

    /// <summary>The same message signed once more; only keys of browsers sign differently each time.</summary>
    public Envelope? Resigned { get; set; }

    public Message Message => Envelope.Message;

    public Moment Expires => Message.Header.Expires;
}
