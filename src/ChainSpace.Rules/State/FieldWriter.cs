using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using ChainSpace.Protocol;

namespace ChainSpace.Rules.State;

/// <summary>
/// Lays fields end to end: integers big-endian, doubles by their bits, bytes and text (UTF-8) after their length. See
/// spec/state.md; <see cref="FieldReader"/> is the other direction.
/// </summary>
internal readonly struct FieldWriter(IBufferWriter<byte> target)
{
    public void Tag(byte value)
    {
        target.GetSpan(1)[0] = value;
        target.Advance(1);
    }

    public void Number(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(target.GetSpan(sizeof(int)), value);
        target.Advance(sizeof(int));
    }

    public void Number(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(target.GetSpan(sizeof(long)), value);
        target.Advance(sizeof(long));
    }

    public void Number(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target.GetSpan(sizeof(ulong)), value);
        target.Advance(sizeof(ulong));
    }

    /// <summary>No rounding can happen on the way: the sixty-four bits are the value.</summary>
    public void Score(double value) => Number(BitConverter.DoubleToInt64Bits(value));

    public void Money(Amount value)
    {
        BinaryPrimitives.WriteUInt128BigEndian(target.GetSpan(FieldReader.AmountSize), value.Units);
        target.Advance(FieldReader.AmountSize);
    }

    public void Id(Bytes32 value)
    {
        value.CopyTo(target.GetSpan(Bytes32.Size));
        target.Advance(Bytes32.Size);
    }

    public void Text(string value)
    {
        Number(Encoding.UTF8.GetByteCount(value));
        target.Advance(Encoding.UTF8.GetBytes(value, target.GetSpan(Encoding.UTF8.GetMaxByteCount(value.Length))));
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        target.Write(value);
    }
}
