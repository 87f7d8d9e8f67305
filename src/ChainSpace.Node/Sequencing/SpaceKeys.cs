using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Merkle;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Sequencing;

/// <summary>The secrets with which a node runs one space. They never leave it.</summary>
/// <param name="Domain">Of the space they are for.</param>
/// <param name="Operator">Signs the operator's messages.</param>
/// <param name="Checkpoints">Signs checkpoints, under the space's origin.</param>
/// <param name="Sealing">Opens sealed votes.</param>
public sealed record SpaceKeys(Domain Domain, P256Signer Operator, NoteSigner Checkpoints, SealingKey Sealing)
{
    public SpaceId Space => Domain.Space;

    /// <summary>Origin line of the space's checkpoints, and the name that signs them.</summary>
    public static string OriginOf(SpaceId space) => string.Concat("chainspace/", space.ToString().AsSpan(2));

    /// <summary>The message with the operator's signature.</summary>
    public Authentic Sign(Message message)
    {
        MessageId id = TypedData.Digest(Domain, message);
        return new Authentic(new Envelope(message, Operator.Account, [.. Operator.Sign(id.Value)]), id);
    }

    /// <summary>What a sealed vote hides, or null where its encrypted opening does not open its commitment.</summary>
    public Opening? Read(SealedVote vote)
    {
        if (!Sealing.TryOpen(vote.Opening.AsSpan(), vote.Commitment, out byte[]? plain)) return null;
        if (plain.Length != Openings.OpeningSize) return null;
        Opening opening = PackedOpening.Read(plain);
        return Domain.Commitment(vote.Poll, vote.Header.Account, opening) == vote.Commitment ? opening : null;
    }
}
