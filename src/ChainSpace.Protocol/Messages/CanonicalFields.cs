using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ChainSpace.Protocol.Messages;

/// <summary>
/// Reads the members of one canonical object in the order asked for; anything but the one canonical spelling makes it
/// unsound and names the member where it went wrong. Never throws on what strangers send.
/// </summary>
internal ref struct CanonicalFields(ReadOnlySpan<byte> text)
{
    /// <summary>Longest text value, in characters.</summary>
    public const int TextLimit = 512;

    /// <summary>Most accounts in one list.</summary>
    public const int IdsLimit = 500;

    // Printable ASCII but the quotation mark and the backslash: what JSON writes without escapes.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x5f).Select(static i => (byte)i).Where(static b => b is not ((byte)'"' or (byte)'\\'))]);

    private ReadOnlySpan<byte> rest = text;
    private bool isOpen;

    /// <summary>Name of the member that is missing or misspelt; null while everything read was canonical.</summary>
    public string? Fault { get; private set; }

    public readonly bool IsSound => Fault is null;

    /// <summary>True at the end of the object; its closing brace is consumed.</summary>
    public bool End()
    {
        bool isEnd = IsSound && Skip("}"u8);
        if (!isEnd) Fault ??= "";
        return isEnd;
    }

    /// <summary>What follows the object.</summary>
    public readonly ReadOnlySpan<byte> Rest => rest;

    public void Type(ReadOnlySpan<byte> name)
    {
        if (!Text("type"u8, out ReadOnlySpan<byte> value) || !value.SequenceEqual(name)) Fail("type"u8);
    }

    public Bytes32 Id(ReadOnlySpan<byte> name)
    {
        if (!Text(name, out ReadOnlySpan<byte> value) | !Bytes32.TryParse(value, out Bytes32 id)) Fail(name);
        return id;
    }

    public ulong Number(ReadOnlySpan<byte> name, ulong maximum = ulong.MaxValue)
    {
        bool isRead = Text(name, out ReadOnlySpan<byte> value) & IsDecimal(value);
        if (!isRead | !Utf8Parser.TryParse(value, out ulong number, out int used) || used != value.Length || number > maximum)
            Fail(name);
        return IsSound ? number : 0;
    }

    public uint Number32(ReadOnlySpan<byte> name) => (uint)Number(name, uint.MaxValue);

    public Moment Moment(ReadOnlySpan<byte> name) => new((long)Number(name, long.MaxValue));

    public Amount Amount(ReadOnlySpan<byte> name)
    {
        bool isRead = Text(name, out ReadOnlySpan<byte> value) & IsDecimal(value);
        if (!isRead | !UInt128.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 units)) Fail(name);
        return new Amount(units);
    }

    public string Text(ReadOnlySpan<byte> name)
    {
        if (!Text(name, out ReadOnlySpan<byte> value) || value.Length > TextLimit) Fail(name);
        return IsSound ? Encoding.ASCII.GetString(value) : "";
    }

    /// <summary>Bytes of a length between the two limits.</summary>
    public ImmutableArray<byte> Bytes(ReadOnlySpan<byte> name, int minimum, int maximum)
    {
        bool isRead = Text(name, out ReadOnlySpan<byte> value) && value.Length >= 2;
        int length = isRead ? (value.Length - 2) / 2 : 0;
        byte[] bytes = new byte[length <= maximum ? length : 0];
        if (!isRead || length < minimum || length > maximum || !Hex.TryDecode(value, bytes)) Fail(name);
        return Freeze(bytes);
    }

    public ImmutableArray<AccountId> Ids(ReadOnlySpan<byte> name)
    {
        if (!Member(name) || !Skip("["u8)) Fail(name);
        ImmutableArray<AccountId>.Builder ids = ImmutableArray.CreateBuilder<AccountId>();
        while (IsSound && !Skip("]"u8))
        {
            bool isRead = (ids.Count == 0 || Skip(","u8)) && Quoted(out ReadOnlySpan<byte> value) && Id(value, ids);
            if (!isRead || ids.Count > IdsLimit) Fail(name);
        }

        return ids.ToImmutable();
    }

    private static bool Id(ReadOnlySpan<byte> value, ImmutableArray<AccountId>.Builder ids)
    {
        bool isRead = Bytes32.TryParse(value, out Bytes32 id);
        ids.Add(new AccountId(id));
        return isRead;
    }

    private static ImmutableArray<byte> Freeze(byte[] bytes) =>
        System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(bytes);

    // One spelling per number: digits only, no leading zero.
    private static bool IsDecimal(ReadOnlySpan<byte> value) =>
        value.Length > 0 && (value[0] != '0' || value.Length == 1) && !value.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private bool Text(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        return Member(name) && Quoted(out value);
    }

    private bool Member(ReadOnlySpan<byte> name)
    {
        if (!IsSound || !Skip(isOpen ? ",\""u8 : "{\""u8)) return false;
        isOpen = true;
        return Skip(name) && Skip("\":"u8);
    }

    private bool Quoted(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!Skip("\""u8)) return false;
        int length = rest.IndexOf((byte)'"');
        if (length < 0) return false;
        value = rest[..length];
        rest = rest[(length + 1)..];
        return !value.ContainsAnyExcept(Plain);
    }

    private bool Skip(ReadOnlySpan<byte> expected)
    {
        bool isThere = rest.StartsWith(expected);
        if (isThere) rest = rest[expected.Length..];
        return isThere;
    }

    private void Fail(ReadOnlySpan<byte> name) => Fault ??= Encoding.ASCII.GetString(name);
}
