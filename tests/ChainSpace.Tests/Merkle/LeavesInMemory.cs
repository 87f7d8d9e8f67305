using System.Buffers.Binary;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Tests.Merkle;

// The definition of RFC 9162 §2.1.1, word for word: slow, and nothing in common with what it is compared to.
internal sealed class LeavesInMemory(IReadOnlyList<Bytes32> leaves) : IHashSource
{
    public static LeavesInMemory Numbered(int count) =>
        new([.. Enumerable.Range(0, count).Select(number => MerkleHash.Leaf(Entry(number)))]);

    public static byte[] Entry(int number)
    {
        byte[] entry = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(entry, number);
        return entry;
    }

    public Bytes32 Leaf(int index) => leaves[index];

    public Bytes32 Root(int size) => size == 0 ? MerkleHash.EmptyRoot : Root(0, size);

    public Bytes32 Hash(int level, long index) => Root((int)index << level, ((int)index + 1) << level);

    private Bytes32 Root(int start, int end)
    {
        if (end - start == 1) return leaves[start];
        int split = 1;
        while (split * 2 < end - start) split *= 2;
        return MerkleHash.Node(Root(start, start + split), Root(start + split, end));
    }
}
