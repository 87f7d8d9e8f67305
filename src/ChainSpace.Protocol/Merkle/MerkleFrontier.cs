using System.Buffers.Binary;
using System.Numerics;

namespace ChainSpace.Protocol.Merkle;

/// <summary>
/// The roots of the perfect subtrees a tree of this size consists of, largest first: all one must remember to append and
/// to know the root. Needs 32 bytes for every bit set in the size.
/// </summary>
public sealed class MerkleFrontier
{
    private readonly List<Bytes32> peaks = [];

    /// <summary>Number of leaves appended.</summary>
    public long Size { get; private set; }

    /// <summary>Length of the serialised form in bytes.</summary>
    public int WrittenLength => sizeof(long) + peaks.Count * Bytes32.Size;

    /// <summary>Takes the next leaf hash; equal neighbours merge upwards like a carry.</summary>
    public void Append(Bytes32 leaf)
    {
        Bytes32 carry = leaf;
        for (long size = Size; (size & 1) == 1; size >>= 1)
        {
            carry = MerkleHash.Node(peaks[^1], carry);
            peaks.RemoveAt(peaks.Count - 1);
        }

        peaks.Add(carry);
        Size++;
    }

    /// <summary>The root of RFC 9162 §2.1.1 over all leaves appended.</summary>
    public Bytes32 Root()
    {
        if (peaks.Count == 0) return MerkleHash.EmptyRoot;

        Bytes32 root = peaks[^1];
        for (int place = peaks.Count - 2; place >= 0; place--) root = MerkleHash.Node(peaks[place], root);
        return root;
    }

    /// <summary>Writes the size as eight big-endian bytes, then the peaks; returns the bytes written.</summary>
    public int Write(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64BigEndian(target, Size);
        for (int place = 0; place < peaks.Count; place++)
            peaks[place].CopyTo(target[(sizeof(long) + place * Bytes32.Size)..]);
        return WrittenLength;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">The size is negative or does not fit the number of peaks.</exception>
    public static MerkleFrontier Read(ReadOnlySpan<byte> source)
    {
        if (source.Length < sizeof(long)) throw new FormatException("A frontier starts with eight bytes of size.");

        long size = BinaryPrimitives.ReadInt64BigEndian(source);
        int count = BitOperations.PopCount(unchecked((ulong)size));
        if (size < 0 || source.Length != sizeof(long) + count * Bytes32.Size)
            throw new FormatException($"A frontier of size {size} does not have {source.Length} bytes.");

        MerkleFrontier frontier = new() { Size = size };
        for (int place = 0; place < count; place++)
            frontier.peaks.Add(Bytes32.Read(source.Slice(sizeof(long) + place * Bytes32.Size, Bytes32.Size)));
        return frontier;
    }
}
