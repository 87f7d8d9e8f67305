using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;

namespace ChainSpace.Protocol.Messages;

/// <summary>Reads the members around a message: those of an envelope, or of an entry, which also has a moment.</summary>
internal ref struct SignedReader(ReadOnlySpan<byte> line)
{
    private const int SignatureLimit = 65;

    private ReadOnlySpan<byte> rest = line;
    private string fault = "";
    private string? unknownType;

    /// <summary>Why the last read gave nothing.</summary>
    public readonly WireFault Fault() =>
        unknownType is null ? new WireFault.NotCanonical(fault) : new WireFault.UnknownType(unknownType);

    /// <summary>True where nothing is left to read.</summary>
    public readonly bool IsAtEnd => rest.IsEmpty;

    /// <summary>Steps into the object.</summary>
    public bool Open() => Skip("{"u8);

    /// <summary>The leading attachment, empty where there is none.</summary>
    public ImmutableArray<byte> Attachment()
    {
        if (!Open() || !Skip("\"attachment\":\""u8)) return [];

        int length = rest.IndexOf((byte)'"');
        if (length < 0) return [];
        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(length)];
        OperationStatus status = Base64.DecodeFromUtf8(rest[..length], bytes, out int used, out int written);
        bool isRead = status == OperationStatus.Done && used == length && written > 0;
        isRead = isRead && IsCanonical(rest[..length], bytes.AsSpan(0, written));
        rest = rest[length..];
        if (isRead && Skip("\","u8)) return [.. bytes.AsSpan(0, written)];
        fault = "attachment";
        rest = default;
        return [];
    }

    /// <summary>Message, moment where <paramref name="isStamped"/>, signature and signer, to the end of the line.</summary>
    public Envelope? Read(bool isStamped, out Moment moment)
    {
        moment = default;
        if (!Skip("\"message\":"u8)) return Fail(fault.Length > 0 ? fault : "message");
        if (ReadMessage() is not { } message) return null;
        if (isStamped && !Stamp(out moment)) return Fail("moment");
        if (!Skip(",\"signature\":\""u8)) return Fail("signature");
        Span<byte> signature = stackalloc byte[SignatureLimit];
        if (Signature(signature) is not (> 0 and int size)) return Fail("signature");
        AccountId signer = message.Header.Account;
        if (!rest.SequenceEqual("\"}"u8) && !Signer(ref signer)) return Fail("signer");
        return new Envelope(message, signer, [.. signature[..size]]);
    }

    /// <summary>One message object; null where it is none.</summary>
    public Message? ReadMessage()
    {
        ReadOnlySpan<byte> marker = "\"type\":\""u8;
        int at = rest.IndexOf(marker);
        ReadOnlySpan<byte> type = at < 0 ? default : rest[(at + marker.Length)..];
        int length = type.IndexOf((byte)'"');
        if (length < 0)
        {
            fault = "type";
            return null;
        }

        CanonicalFields fields = new(rest);
        Message? message = MessageReader.Read(type[..length], ref fields);
        if (message is null) unknownType = Encoding.ASCII.GetString(type[..Math.Min(length, 32)]);
        if (!fields.End()) message = null;
        fault = fields.Fault ?? "";
        rest = fields.Rest;
        return message;
    }

    private bool Stamp(out Moment moment)
    {
        moment = default;
        if (!Skip(",\"moment\":\""u8) || !Utf8Parser.TryParse(rest, out long value, out int used)) return false;
        // The parser takes signs, even that of -0, and leading zeros.
        bool isCanonical = char.IsAsciiDigit((char)rest[0]) && (rest[0] != '0' || used == 1);
        moment = new Moment(value);
        rest = rest[used..];
        return isCanonical && Skip("\""u8);
    }

    private int Signature(scoped Span<byte> target)
    {
        int length = rest.IndexOf((byte)'"');
        int size = (length - 2) / 2;
        if (size is not (64 or SignatureLimit) || !Hex.TryDecode(rest[..length], target[..size])) return 0;
        rest = rest[length..];
        return size;
    }

    private bool Signer(ref AccountId signer)
    {
        if (!Skip("\",\"signer\":\""u8) || rest.Length != Bytes32.TextSize + 2) return false;
        bool isRead = Bytes32.TryParse(rest[..Bytes32.TextSize], out Bytes32 id) && id != signer.Value;
        isRead &= rest[Bytes32.TextSize..].SequenceEqual("\"}"u8);
        if (isRead) signer = new AccountId(id);
        return isRead;
    }

    // A second spelling of the same bytes (stray bits behind the padding) would be a second line for one message.
    private static bool IsCanonical(ReadOnlySpan<byte> text, ReadOnlySpan<byte> bytes)
    {
        byte[] again = new byte[Base64.GetMaxEncodedToUtf8Length(bytes.Length)];
        Base64.EncodeToUtf8(bytes, again, out _, out int written);
        return text.SequenceEqual(again.AsSpan(0, written));
    }

    private bool Skip(ReadOnlySpan<byte> expected)
    {
        bool isThere = rest.StartsWith(expected);
        if (isThere) rest = rest[expected.Length..];
        return isThere;
    }

    private Envelope? Fail(string member)
    {
        fault = member;
        return null;
    }
}
