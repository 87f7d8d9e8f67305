using ChainSpace.Protocol.Messages;

namespace ChainSpace.Client.Writing;

/// <summary>
/// A sealed vote, and what it hides. Only who keeps the opening can open the vote himself, should the node not.
/// </summary>
public sealed record SealedBallot(Envelope Message, Opening Opening)
{
    // A record would print the choice and the salt, which are the voter's secret until the poll has closed.
    public override string ToString() => nameof(SealedBallot);
}
