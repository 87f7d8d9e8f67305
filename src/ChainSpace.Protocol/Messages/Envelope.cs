using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ChainSpace.Protocol.Messages;

/// <summary>
/// A message with a signature nobody has checked yet, as it travels:
/// <c>{"attachment":"…","message":{…},"signature":"0x…","signer":"0x…"}</c>. The attachment (base64) is content that the
/// message refers to by hash; the signer is named only where a session key speaks for the account.
/// </summary>
public sealed record Envelope(Message Message, AccountId Signer, ImmutableArray<byte> Signature)
{
    /// <summary>Longest line, attachment included, in bytes.</summary>
    public const int SizeLimit = 65_536;

    /// <summary>Content that travels beside the message; empty where there is none.</summary>
    public ImmutableArray<byte> Attachment { get; init; } = [];

    /// <summary>Reads the one canonical spelling; on false, <paramref name="fault"/> says what is wrong with it.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> line, [NotNullWhen(true)] out Envelope? envelope, [NotNullWhen(false)] out WireFault? fault)
    {
        envelope = null;
        fault = line.Length > SizeLimit ? new WireFault.TooLarge(SizeLimit) : null;
        if (fault is not null) return false;
        SignedReader reader = new(line);
        ImmutableArray<byte> attachment = reader.Attachment();
        envelope = reader.Read(isStamped: false, out _) is { } read ? read with { Attachment = attachment } : null;
        if (envelope is not null) return true;
        fault = IsJson(line) ? reader.Fault() : new WireFault.Malformed();
        return false;
    }

    /// <summary>The line to send.</summary>
    public byte[] ToBytes() => Write(stamp: null, Attachment);

    /// <summary>The journal's leaf: the message, the moment the node stamped, and the signature; never the attachment.</summary>
    internal byte[] Stamp(Moment moment) => Write(moment, []);

    /// <inheritdoc cref="Stamp(Moment)"/>
    internal int Stamp(Moment moment, Span<byte> target) => Write(target, moment, []);

    private byte[] Write(Moment? stamp, ImmutableArray<byte> attachment)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(2 * SizeLimit);
        int length = Write(buffer, stamp, attachment);
        byte[] bytes = buffer.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        return bytes;
    }

    private int Write(Span<byte> target, Moment? stamp, ImmutableArray<byte> attachment)
    {
        LineWriter line = new(target);
        if (attachment.Length > 0) line.Base64("{\"attachment\":\""u8, attachment.AsSpan());
        line.Text(attachment.Length > 0 ? "\",\"message\":"u8 : "{\"message\":"u8);
        CanonicalJson json = new(line.Rest);
        Message.WriteTo(ref json);
        json.End();
        line.Advance(json.Length);
        if (stamp is { } moment) line.Number(",\"moment\":\""u8, moment.Milliseconds);
        line.Hex(stamp is null ? ",\"signature\":\""u8 : "\",\"signature\":\""u8, Signature.AsSpan());
        if (Signer != Message.Header.Account) line.Hex("\",\"signer\":\""u8, Signer.Value.ToArray());
        line.Text("\"}"u8);
        return line.Length;
    }

    private static bool IsJson(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader json = new(line);
            while (json.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private ref struct LineWriter(Span<byte> target)
    {
        private readonly Span<byte> target = target;

        public int Length { get; private set; }

        public readonly Span<byte> Rest => target[Length..];

        public void Advance(int count) => Length += count;

        public void Text(scoped ReadOnlySpan<byte> text)
        {
            text.CopyTo(Rest);
            Length += text.Length;
        }

        public void Hex(ReadOnlySpan<byte> before, ReadOnlySpan<byte> value)
        {
            Text(before);
            Length += Protocol.Hex.Encode(value, Rest);
        }

        public void Number(ReadOnlySpan<byte> before, long value)
        {
            Text(before);
            Utf8Formatter.TryFormat(value, Rest, out int written);
            Length += written;
        }

        public void Base64(ReadOnlySpan<byte> before, ReadOnlySpan<byte> value)
        {
            Text(before);
            System.Buffers.Text.Base64.EncodeToUtf8(value, Rest, out _, out int written);
            Length += written;
        }
    }
}
