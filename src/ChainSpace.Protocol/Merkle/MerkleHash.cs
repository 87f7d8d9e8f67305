using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace ChainSpace.Protocol.Merkle;

/// <summary>
/// SHA-256 tree hashing of RFC 9162 §2.1.1. A first byte of 0 for leaves and 1 for nodes keeps anybody from passing a
/// node off as a leaf.
/// </summary>
public static class MerkleHash
{
    private const int StackLimit = 1024;

    /// <summary>The root of a tree without entries: SHA-256 of nothing.</summary>
    public static readonly Bytes32 EmptyRoot = Bytes32.Read(SHA256.HashData([]));

    /// <summary>The hash of one entry: SHA-256(0x00 ‖ entry).</summary>
    [SkipLocalsInit]
    public static Bytes32 Leaf(ReadOnlySpan<byte> entry)
    {
        if (entry.Length < StackLimit) return Leaf(entry, stackalloc byte[StackLimit]);

        byte[] rented = ArrayPool<byte>.Shared.Rent(1 + entry.Length);
        Bytes32 hash = Leaf(entry, rented);
        ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }

    /// <summary>The hash of two subtrees: SHA-256(0x01 ‖ left ‖ right).</summary>
    public static Bytes32 Node(Bytes32 left, Bytes32 right)
    {
        Span<byte> buffer = stackalloc byte[1 + Bytes32.Size + Bytes32.Size];
        buffer[0] = 0x01;
        left.CopyTo(buffer[1..]);
        right.CopyTo(buffer[(1 + Bytes32.Size)..]);
        return Digest(buffer);
    }

    private static Bytes32 Leaf(ReadOnlySpan<byte> entry, Span<byte> buffer)
    {
        buffer[0] = 0x00;
        entry.CopyTo(buffer[1..]);
        return Digest(buffer[..(1 + entry.Length)]);
    }

    private static Bytes32 Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Bytes32.Size];
        SHA256.HashData(bytes, hash);
        return Bytes32.Read(hash);
    }
}
