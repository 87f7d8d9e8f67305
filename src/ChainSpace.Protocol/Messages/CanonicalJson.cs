using System.Buffers.Text;
using System.Text;

namespace ChainSpace.Protocol.Messages;

/// <summary>
/// Writes a message as RFC 8785 JSON. Every value is a string of characters that need no escape, so the canonical form is
/// sorted members without white space and nothing else.
/// </summary>
internal ref struct CanonicalJson(Span<byte> target) : IFieldWriter
{
    private readonly Span<byte> target = target;
    private bool isOpen;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    public void Type(scoped ReadOnlySpan<byte> name)
    {
        Start("type"u8);
        Append(name);
        Append("\""u8);
    }

    public void Id(scoped ReadOnlySpan<byte> name, Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        value.CopyTo(bytes);
        Bytes(name, bytes);
    }

    public void Number(scoped ReadOnlySpan<byte> name, uint value) => Number(name, (ulong)value);

    public void Number(scoped ReadOnlySpan<byte> name, ulong value)
    {
        Start(name);
        Utf8Formatter.TryFormat(value, target[Length..], out int written);
        Length += written;
        Append("\""u8);
    }

    public void Number(scoped ReadOnlySpan<byte> name, Amount value)
    {
        Start(name);
        value.Units.TryFormat(target[Length..], out int written, default, System.Globalization.CultureInfo.InvariantCulture);
        Length += written;
        Append("\""u8);
    }

    public void Text(scoped ReadOnlySpan<byte> name, string value)
    {
        Start(name);
        Length += Encoding.ASCII.GetBytes(value, target[Length..]);
        Append("\""u8);
    }

    public void Bytes(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        Start(name);
        Length += Hex.Encode(value, target[Length..]);
        Append("\""u8);
    }

    public void Ids(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<AccountId> value)
    {
        Separate();
        Append("\""u8);
        Append(name);
        Append("\":["u8);
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        for (int i = 0; i < value.Length; i++)
        {
            value[i].Value.CopyTo(bytes);
            Append(i == 0 ? "\""u8 : ",\""u8);
            Length += Hex.Encode(bytes, target[Length..]);
            Append("\""u8);
        }

        Append("]"u8);
    }

    /// <summary>Closes the object.</summary>
    public void End() => Append("}"u8);

    private void Start(scoped ReadOnlySpan<byte> name)
    {
        Separate();
        Append("\""u8);
        Append(name);
        Append("\":\""u8);
    }

    private void Separate()
    {
        Append(isOpen ? ","u8 : "{"u8);
        isOpen = true;
    }

    private void Append(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(target[Length..]);
        Length += text.Length;
    }
}
