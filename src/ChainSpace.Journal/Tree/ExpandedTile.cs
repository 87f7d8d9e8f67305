using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Journal.Tree;

// A tile with the inner hashes above its 256: 511 in all, level by level. It grows by one owner only; hashes once there
// never change, so others may read those of which they learned after they were written.
internal sealed class ExpandedTile
{
    public const int Height = 8;

    private readonly Bytes32[] hashes = new Bytes32[2 * Tile.FullWidth - 1];

    public int Width { get; private set; }

    public bool IsFull => Width == Tile.FullWidth;

    public Bytes32 Root => Hash(Height, 0);

    public static ExpandedTile Read(ReadOnlySpan<byte> bytes)
    {
        ExpandedTile tile = new();
        for (; !bytes.IsEmpty; bytes = bytes[Bytes32.Size..]) tile.Append(Bytes32.Read(bytes[..Bytes32.Size]));
        return tile;
    }

    public Bytes32 Hash(int level, int index) => hashes[Start(level) + index];

    public void Append(Bytes32 hash)
    {
        hashes[Width++] = hash;
        for (int level = 1; level <= Height && Width % (1 << level) == 0; level++)
        {
            int index = (Width >> level) - 1;
            hashes[Start(level) + index] = MerkleHash.Node(Hash(level - 1, 2 * index), Hash(level - 1, 2 * index + 1));
        }
    }

    public byte[] Write(int width)
    {
        byte[] bytes = new byte[width * Bytes32.Size];
        for (int place = 0; place < width; place++) hashes[place].CopyTo(bytes.AsSpan(place * Bytes32.Size));
        return bytes;
    }

    private static int Start(int level) => 2 * Tile.FullWidth - (2 * Tile.FullWidth >> level);
}
