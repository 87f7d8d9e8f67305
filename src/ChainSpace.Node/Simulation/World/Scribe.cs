using System.Collections.Immutable;
using ChainSpace.Node.Sequencing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Simulation.World;

/// <summary>Puts messages into form: header, digest, signature, and the box of a sealed vote.</summary>
internal sealed class Scribe(SpaceKeys keys, SealingSession sealing, SimulatedClock clock)
{
    private const long ValidityMilliseconds = 60 * 60 * 1000;

    // Above every journal size, so that the operator's two ways of speaking never use one nonce.
    private ulong operatorNonce = 1UL << 40;

    /// <summary>The latest moment there is reason to believe in: people's clocks are right when the machine's is not.</summary>
    public Moment Now { get; set; }

    public AccountId Operator => keys.Operator.Account;

    public Header HeaderOf(Actor actor, long validity = ValidityMilliseconds) =>
        new(actor.Account, actor.NextNonce(), Later(validity));

    public Header OperatorHeader() => new(Operator, ++operatorNonce, Later(ValidityMilliseconds));

    public Moment Later(long milliseconds) => new(Math.Max(Now.Milliseconds, clock.Now.Milliseconds) + milliseconds);

    /// <summary>The message signed for this space, or for another one.</summary>
    public Letter Sign(Message message, Signer signer, ImmutableArray<byte> attachment = default, Domain? domain = null)
    {
        MessageId id = TypedData.Digest(domain ?? keys.Domain, message);
        Envelope envelope = new(message, signer.Account, [.. signer.Sign(id.Value)])
        {
            Attachment = attachment.IsDefault ? [] : attachment,
        };
        return new Letter(envelope, id);
    }

    public Letter SignAsOperator(Message message) => Sign(message, keys.Operator);

    /// <summary>A vote as the poll takes it; opaque where its box is to hold what nobody can read.</summary>
    public Letter Vote(Actor voter, KnownPoll poll, Opening opening, bool isOpaque)
    {
        Header header = HeaderOf(voter);
        if (!poll.IsSealed) return Sign(new Vote(header, poll.Id, opening.Choice), voter.Signer) with { Choice = opening.Choice };
        Bytes32 commitment = keys.Domain.Commitment(poll.Id, voter.Account, opening);
        byte[] plain = new byte[Openings.OpeningSize];
        PackedOpening.Write(opening, plain);
        byte[] box = SealedBox.Seal(keys.Sealing.PublicKey, sealing, commitment, plain);
        if (isOpaque) box[^1] ^= 1;
        Letter letter = Sign(new SealedVote(header, poll.Id, commitment, [.. box]), voter.Signer);
        return letter with { Choice = opening.Choice, Opening = opening, IsOpaque = isOpaque };
    }
}
