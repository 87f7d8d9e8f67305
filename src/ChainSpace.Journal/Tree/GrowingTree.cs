using System.Collections.Immutable;
using System.Numerics;
using ChainSpace.Journal.Media;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Journal.Tree;

// The right edge of the journal's tree: of each tile level the tile that is not full yet. Owned by the writer.
internal sealed class GrowingTree
{
    private readonly List<ExpandedTile> edge = [];

    public long Size { get; private set; }

    // The edge as readers may keep it: tiles in it only gain hashes that belong to larger sizes.
    public ImmutableArray<ExpandedTile> Edge => [.. edge];

    // Puts the edge of a tree of this size together again, lowest level first; the hashes are those since the last full
    // tile of each level.
    public static GrowingTree Restore(long size, IEnumerable<IEnumerable<Bytes32>> levels)
    {
        GrowingTree tree = new() { Size = size };
        foreach (IEnumerable<Bytes32> hashes in levels)
        {
            ExpandedTile tile = new();
            foreach (Bytes32 hash in hashes) tile.Append(hash);
            tree.edge.Add(tile);
        }

        return tree;
    }

    // Takes the next leaf; each tile it fills is handed over, lowest level first.
    public void Append(Bytes32 leaf, Action<StoredTile, ExpandedTile> filled)
    {
        Size++;
        Bytes32 hash = leaf;
        for (int level = 0; ; level++)
        {
            if (level == edge.Count) edge.Add(new ExpandedTile());

            ExpandedTile tile = edge[level];
            tile.Append(hash);
            if (!tile.IsFull) return;

            hash = tile.Root;
            long index = (Size >> (ExpandedTile.Height * (level + 1))) - 1;
            filled(new StoredTile(level, index, hash.ToArray(), tile.Write(Tile.FullWidth)), tile);
            edge[level] = new ExpandedTile();
        }
    }

    // Folds the peaks from the smallest up, RFC 9162 §2.1.1.
    public Bytes32 Root()
    {
        Bytes32? root = null;
        foreach (ExpandedTile tile in edge)
        {
            for (int rest = tile.Width; rest != 0; rest &= rest - 1)
            {
                int level = BitOperations.TrailingZeroCount(rest);
                Bytes32 peak = tile.Hash(level, (tile.Width >> level) - 1);
                root = root is { } right ? MerkleHash.Node(peak, right) : peak;
            }
        }

        return root ?? MerkleHash.EmptyRoot;
    }
}
