using System.Diagnostics.CodeAnalysis;

namespace ChainSpace.Protocol.Messages;

/// <summary>
/// A signed message with the moment the node stamped. Its bytes are the journal's leaf:
/// <c>{"message":{…},"moment":"…","signature":"0x…"}</c>, with a <c>signer</c> where a session key signed.
/// </summary>
public sealed record Entry(Envelope Signed, Moment Moment)
{
    public Message Message => Signed.Message;

    /// <summary>The leaf.</summary>
    public byte[] ToBytes() => Signed.Stamp(Moment);

    /// <summary>Writes the leaf to a target of at least twice <see cref="Envelope.SizeLimit"/>; its length.</summary>
    public int Write(Span<byte> target) => Signed.Stamp(Moment, target);

    /// <summary>Reads a leaf; false for anything that is not the one canonical spelling.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> leaf, [NotNullWhen(true)] out Entry? entry, [NotNullWhen(false)] out WireFault? fault)
    {
        entry = null;
        fault = null;
        Moment moment = default;
        SignedReader reader = new(leaf);
        Envelope? signed = reader.Open() ? reader.Read(isStamped: true, out moment) : null;
        if (signed is not null) entry = new Entry(signed, moment);
        else fault = reader.Fault();
        return entry is not null;
    }
}
