using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace ChainSpace.Chains.Rlp;

/// <summary>
/// Reads strangers' bytes: never throws, and takes nothing that <see cref="RlpWriter"/> would have written differently.
/// </summary>
public static class RlpReader
{
    internal const byte TextBase = 0x80;
    internal const byte ListBase = 0xC0;
    internal const int ShortMax = 55;

    // A transaction nests four deep; whoever sends more wants our stack.
    private const int DepthMax = 16;

    /// <summary>Reads one item that takes up all bytes.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> source, [NotNullWhen(true)] out RlpItem? item) =>
        TryRead(ref source, 0, out item) && source.IsEmpty;

    /// <summary>The number in a string of bytes; false for a list, a leading zero or more than 16 bytes.</summary>
    public static bool TryReadNumber(RlpItem item, out UInt128 number)
    {
        number = 0;
        if (item is not RlpItem.Text { Bytes: { Length: <= 16 } bytes }) return false;
        if (bytes.Length > 0 && bytes.Span[0] == 0) return false;
        number = (UInt128)new BigInteger(bytes.Span, isUnsigned: true, isBigEndian: true);
        return true;
    }

    /// <summary>The number in a string of bytes, if it fits into 64 bits.</summary>
    public static bool TryReadNumber(RlpItem item, out ulong number)
    {
        bool isRead = TryReadNumber(item, out UInt128 wide) && wide <= ulong.MaxValue;
        number = isRead ? (ulong)wide : 0;
        return isRead;
    }

    private static bool TryRead(ref ReadOnlyMemory<byte> source, int depth, [NotNullWhen(true)] out RlpItem? item)
    {
        item = null;
        if (source.IsEmpty || depth == DepthMax) return false;
        byte prefix = source.Span[0];
        if (prefix < TextBase)
        {
            item = new RlpItem.Text(source[..1]);
            source = source[1..];
            return true;
        }

        byte start = prefix < ListBase ? TextBase : ListBase;
        if (!TryTakeBody(ref source, prefix - start, out ReadOnlyMemory<byte> body)) return false;
        if (start == TextBase)
        {
            if (body.Length == 1 && body.Span[0] < TextBase) return false;
            item = new RlpItem.Text(body);
            return true;
        }

        return TryReadItems(body, depth, out item);
    }

    private static bool TryReadItems(ReadOnlyMemory<byte> body, int depth, [NotNullWhen(true)] out RlpItem? item)
    {
        item = null;
        ImmutableArray<RlpItem>.Builder items = ImmutableArray.CreateBuilder<RlpItem>();
        while (!body.IsEmpty)
        {
            if (!TryRead(ref body, depth + 1, out RlpItem? each)) return false;
            items.Add(each);
        }

        item = new RlpItem.Many(items.ToImmutable());
        return true;
    }

    private static bool TryTakeBody(ref ReadOnlyMemory<byte> source, int size, out ReadOnlyMemory<byte> body)
    {
        body = default;
        int digits = Math.Max(0, size - ShortMax);
        if (digits > sizeof(int) || source.Length < 1 + digits) return false;
        long length = size;
        if (digits > 0)
        {
            ReadOnlySpan<byte> written = source.Span.Slice(1, digits);
            length = 0;
            foreach (byte each in written) length = (length << 8) | each;
            if (written[0] == 0 || length <= ShortMax) return false;
        }

        if (source.Length - 1 - digits < length) return false;
        body = source.Slice(1 + digits, (int)length);
        source = source[(1 + digits + (int)length)..];
        return true;
    }
}
