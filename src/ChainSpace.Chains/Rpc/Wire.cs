using System.Globalization;
using System.Text.Json;

namespace ChainSpace.Chains.Rpc;

/// <summary>
/// Values as nodes write them: quantities in hexadecimal without leading zeros, bytes with two digits each. Digits of
/// either case are taken, because nodes write both. Nothing here throws on a stranger's value.
/// </summary>
internal static class Wire
{
    public const string MalformedText = "A member is missing or has the wrong form.";

    /// <summary>Above any number of blocks, transactions or units of gas there will ever be.</summary>
    public const ulong CountMax = 1UL << 48;

    public static string Write(ulong quantity) => "0x" + quantity.ToString("x", CultureInfo.InvariantCulture);

    public static string Write(UInt128 quantity) => "0x" + quantity.ToString("x", CultureInfo.InvariantCulture);

    // The platform refuses to make text of half a surrogate pair by throwing.
    public static string? TryText(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String) return null;
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static string? TryText(JsonElement parent, ReadOnlySpan<byte> member) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(member, out JsonElement element)
            ? TryText(element)
            : null;

    public static bool TryQuantity(JsonElement element, out UInt128 value) => TryQuantity(TryText(element), out value);

    public static bool TryQuantity(JsonElement parent, ReadOnlySpan<byte> member, out UInt128 value) =>
        TryQuantity(TryText(parent, member), out value);

    public static bool TryQuantity(JsonElement element, out ulong value) => Narrow(TryText(element), out value);

    public static bool TryQuantity(JsonElement parent, ReadOnlySpan<byte> member, out ulong value) =>
        Narrow(TryText(parent, member), out value);

    public static bool TryBlock(JsonElement element, out BlockNumber block) => Bound(TryText(element), out block);

    public static bool TryBlock(JsonElement parent, ReadOnlySpan<byte> member, out BlockNumber block) =>
        Bound(TryText(parent, member), out block);

    public static bool TryBytes(JsonElement element, out byte[] bytes) => TryBytes(TryText(element), out bytes);

    public static bool TryBytes(JsonElement parent, ReadOnlySpan<byte> member, out byte[] bytes) =>
        TryBytes(TryText(parent, member), out bytes);

    public static bool TryBytes(string? text, out byte[] bytes)
    {
        bytes = [];
        if (text is null || text.Length % 2 != 0 || !text.StartsWith("0x", StringComparison.Ordinal)) return false;
        bytes = new byte[text.Length / 2 - 1];
        return Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    public static bool TryWord(JsonElement element, out Bytes32 word)
    {
        bool isRead = TryBytes(element, out byte[] bytes) && bytes.Length == Bytes32.Size;
        word = isRead ? Bytes32.Read(bytes) : default;
        return isRead;
    }

    public static bool TryWord(JsonElement parent, ReadOnlySpan<byte> member, out Bytes32 word)
    {
        word = default;
        return parent.ValueKind == JsonValueKind.Object
            && parent.TryGetProperty(member, out JsonElement element) && TryWord(element, out word);
    }

    public static bool TryAddress(JsonElement parent, ReadOnlySpan<byte> member, out Address address)
    {
        bool isRead = TryBytes(parent, member, out byte[] bytes) && bytes.Length == Address.Size;
        address = isRead ? Address.Read(bytes) : default;
        return isRead;
    }

    // No network gets there; whoever says so wants an overflow.
    private static bool Bound(string? text, out BlockNumber block)
    {
        bool isRead = Narrow(text, out ulong number) && number < CountMax;
        block = new BlockNumber(isRead ? number : 0);
        return isRead;
    }

    private static bool Narrow(string? text, out ulong value)
    {
        bool isRead = TryQuantity(text, out UInt128 wide) && wide <= ulong.MaxValue;
        value = isRead ? (ulong)wide : 0;
        return isRead;
    }

    private static bool TryQuantity(string? text, out UInt128 value)
    {
        value = 0;
        return text is { Length: > 2 and <= 34 } && text.StartsWith("0x", StringComparison.Ordinal)
            && UInt128.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
