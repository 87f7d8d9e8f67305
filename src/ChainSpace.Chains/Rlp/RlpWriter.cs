using System.Buffers;
using System.Buffers.Binary;

namespace ChainSpace.Chains.Rlp;

/// <summary>Writes items; each has exactly one form.</summary>
public static class RlpWriter
{
    /// <summary>The bytes of the item.</summary>
    public static byte[] Write(RlpItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArrayBufferWriter<byte> target = new();
        Write(item, target);
        return target.WrittenSpan.ToArray();
    }

    private static void Write(RlpItem item, ArrayBufferWriter<byte> target)
    {
        switch (item)
        {
            case RlpItem.Text { Bytes: { Length: 1 } one } when one.Span[0] < RlpReader.TextBase:
                target.Write(one.Span);
                return;
            case RlpItem.Text text:
                WritePrefix(RlpReader.TextBase, text.Bytes.Length, target);
                target.Write(text.Bytes.Span);
                return;
            case RlpItem.Many many:
                ArrayBufferWriter<byte> body = new();
                foreach (RlpItem each in many.Items) Write(each, body);
                WritePrefix(RlpReader.ListBase, body.WrittenCount, target);
                target.Write(body.WrittenSpan);
                return;
        }
    }

    private static void WritePrefix(byte start, int length, ArrayBufferWriter<byte> target)
    {
        if (length <= RlpReader.ShortMax)
        {
            target.Write([(byte)(start + length)]);
            return;
        }

        Span<byte> digits = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(digits, length);
        digits = digits[digits.IndexOfAnyExcept((byte)0)..];
        target.Write([(byte)(start + RlpReader.ShortMax + digits.Length)]);
        target.Write(digits);
    }
}
