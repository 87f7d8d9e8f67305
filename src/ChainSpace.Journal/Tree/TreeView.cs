using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Journal.Tree;

// A committed tree, never changed once readers have it: full tiles come from the cache, the others from the edge.
internal sealed class TreeView(JournalHead head, ImmutableArray<ExpandedTile> edge, TileCache cache) : IHashSource
{
    public JournalHead Head => head;

    public Bytes32 Hash(int level, long index)
    {
        (int tileLevel, int inner) = Math.DivRem(level, ExpandedTile.Height);
        int width = Tile.FullWidth >> inner;
        return TileAt(tileLevel, index / width).Hash(inner, (int)(index % width));
    }

    // The hashes of a tile as others fetch it, or null where the committed tree does not reach so far.
    public byte[]? Read(Tile tile)
    {
        int shift = ExpandedTile.Height * (tile.Level + 1);
        if (shift >= 63 || tile.Index < 0 || tile.Index > head.Size >> shift) return null;

        long committed = (head.Size >> (ExpandedTile.Height * tile.Level)) - tile.Index * Tile.FullWidth;
        return tile.Width < 1 || tile.Width > committed || tile.Width > Tile.FullWidth
            ? null
            : TileAt(tile.Level, tile.Index).Write(tile.Width);
    }

    private ExpandedTile TileAt(int level, long index) =>
        index == head.Size >> (ExpandedTile.Height * (level + 1)) ? edge[level] : cache.Get(level, index);
}
