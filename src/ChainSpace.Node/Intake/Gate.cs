using System.Collections.Immutable;
using ChainSpace.Node.Sequencing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Node.Intake;

/// <summary>
/// From bytes to <see cref="Authentic"/>: well formed, in time, with its content, signed. Any number of threads may use
/// one gate. Cheap checks come first, for signatures are what costs.
/// </summary>
/// <param name="keys">The space's domain, and the key that opens sealed votes.</param>
/// <param name="verifier">Checks signatures; its directory fills as keys are seen.</param>
/// <param name="time">The node's clock.</param>
/// <param name="registered">Looks up the key an account registered before this node started.</param>
/// <param name="limit">Of each account; null where only the node itself sends.</param>
public sealed class Gate(
    SpaceKeys keys, P256Verifier verifier, TimeProvider time, Func<AccountId, P256PublicKey?> registered, SenderLimit? limit)
{
    /// <summary>Looks at what sealed votes bring; null where nobody looks.</summary>
    public AnswerContents? Answers { get; init; }

    /// <summary>The least that work pays an hour; null where nobody asks.</summary>
    public PayFloor? Floor { get; init; }

    /// <summary>A message with a signature that holds, or why there is none.</summary>
    public Ruling<Authentic, Rejection> Admit(ReadOnlySpan<byte> line)
    {
        if (!Envelope.TryRead(line, out Envelope? envelope, out WireFault? fault)) return new Rejection.Wire(fault);
        Moment expires = envelope.Message.Header.Expires;
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (expires.Milliseconds < now) return new Rejection.Ruled(new Refusal.Stale(expires));
        if (PollContents.Fault(envelope) is { } because) return new Rejection.WrongContent(because);
        if (Floor?.Fault(envelope) is { } little) return new Rejection.LowPay(little);
        Learn(envelope.Message);
        MessageId id = TypedData.Digest(keys.Domain, envelope.Message);
        SignatureAnswer answer = Verify(envelope, id);
        if (answer != SignatureAnswer.Valid) return new Rejection.Signature(answer);
        if (limit?.Admits(envelope.Message.Header.Account) == false) return new Rejection.TooMany();
        if (envelope.Message is not SealedVote vote) return new Authentic(envelope, id);
        if (keys.Read(vote) is not { } opening) return new Rejection.UnreadableOpening();
        return Answers?.Fault(vote, opening, envelope.Attachment.AsSpan()) is { } misfit
            ? new Rejection.WrongContent(misfit)
            : new Authentic(envelope, id, opening);
    }

    /// <summary>Remembers the keys of lines that bring one, before any of the lines is admitted.</summary>
    public void LearnFrom(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        foreach (ReadOnlyMemory<byte> line in lines)
        {
            bool isBringing = line.Span.IndexOf("\"key\":\"0x"u8) >= 0;
            if (isBringing && Envelope.TryRead(line.Span, out Envelope? envelope, out _)) Learn(envelope.Message);
        }
    }

    private SignatureAnswer Verify(Envelope envelope, MessageId id)
    {
        SignatureAnswer answer = SignatureCheck.Verify(envelope.Signer, envelope.Signature.AsSpan(), id.Value, verifier);
        if (answer != SignatureAnswer.UnknownKey || registered(envelope.Signer) is not { } key) return answer;
        verifier.Directory.Add(key);
        return SignatureCheck.Verify(envelope.Signer, envelope.Signature.AsSpan(), id.Value, verifier);
    }

    /// <summary>Remembers the keys a message brings; a key is its own proof, for accounts are hashes of keys.</summary>
    public void Learn(Message message)
    {
        ImmutableArray<byte> key = message switch
        {
            Register register => register.Key,
            Protocol.Messages.Delegate delegation => delegation.Key,
            CreateSpace create => create.Key,
            _ => [],
        };
        if (!key.IsEmpty && P256PublicKey.TryRead(key.AsSpan(), out P256PublicKey read)) verifier.Directory.Add(read);
    }
}
