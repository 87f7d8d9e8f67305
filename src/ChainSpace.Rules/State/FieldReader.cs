using System.Buffers.Binary;
using System.Text;
using ChainSpace.Protocol;

namespace ChainSpace.Rules.State;

/// <summary>Reads what <see cref="FieldWriter"/> wrote, through one buffer, whatever the length of the whole.</summary>
internal sealed class FieldReader(Stream source)
{
    public const int AmountSize = 16;

    private const int BufferSize = 1 << 18;

    private byte[] buffer = new byte[BufferSize];
    private int start, end;

    public byte Tag() => Take(1)[0];

    public int Number32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    public long Number64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public ulong Unsigned64() => BinaryPrimitives.ReadUInt64BigEndian(Take(sizeof(ulong)));

    public double Score() => BitConverter.Int64BitsToDouble(Number64());

    public Amount Money() => new(BinaryPrimitives.ReadUInt128BigEndian(Take(AmountSize)));

    public Bytes32 Id() => Bytes32.Read(Take(Bytes32.Size));

    public AccountId Account() => new(Id());

    public EntryIndex Index() => new(Number64());

    public Moment Moment() => new(Number64());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>Valid until the next read.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(Number32());

    /// <summary>The next bytes as they stand; valid until the next read.</summary>
    /// <exception cref="InvalidDataException">The source ends before.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (end - start < count) Fill(count);
        ReadOnlySpan<byte> taken = buffer.AsSpan(start, count);
        start += count;
        return taken;
    }

    private void Fill(int count)
    {
        byte[] target = count <= buffer.Length ? buffer : new byte[count];
        buffer.AsSpan(start..end).CopyTo(target);
        (buffer, end, start) = (target, end - start, 0);
        end += source.ReadAtLeast(buffer.AsSpan(end), count - end, throwOnEndOfStream: false);
        if (end < count) throw new InvalidDataException("The snapshot ends too early.");
    }
}
