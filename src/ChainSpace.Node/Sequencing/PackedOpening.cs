using System.Buffers.Binary;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Sequencing;

/// <summary>An opening as 36 bytes: choice, big-endian, and salt.</summary>
internal static class PackedOpening
{
    public static Opening Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt32BigEndian(bytes), Bytes32.Read(bytes.Slice(4, Bytes32.Size)));

    /// <summary>Writes an opening, or the mark of one that cannot be read.</summary>
    public static void Write(Opening? opening, Span<byte> target)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target, opening?.Choice ?? Openings.Unreadable);
        (opening?.Salt ?? default).CopyTo(target[4..]);
    }
}
