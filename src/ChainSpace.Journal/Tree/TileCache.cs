using ChainSpace.Journal.Media;

namespace ChainSpace.Journal.Tree;

// Full tiles with their inner hashes, least recently used first to go. Any thread.
internal sealed class TileCache(IJournalMedium medium, int capacity)
{
    private readonly Lock access = new();
    private readonly Dictionary<(int Level, long Index), LinkedListNode<Cached>> found = [];
    private readonly LinkedList<Cached> byUse = [];

    public ExpandedTile Get(int level, long index)
    {
        lock (access)
        {
            if (found.TryGetValue((level, index), out LinkedListNode<Cached>? node))
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
                return node.Value.Tile;
            }
        }

        // Two readers may both read a missing tile; they find the same, and one of them is kept.
        StoredTile stored = medium.ReadTile(level, index)
            ?? throw new JournalCorruptException($"Tile {index} of level {level} is missing.");
        ExpandedTile tile = ExpandedTile.Read(stored.Hashes);
        Add(level, index, tile);
        return tile;
    }

    public void Add(int level, long index, ExpandedTile tile)
    {
        lock (access)
        {
            if (found.ContainsKey((level, index))) return;
            if (byUse.Count >= capacity && byUse.Last is { } oldest)
            {
                found.Remove((oldest.Value.Level, oldest.Value.Index));
                byUse.RemoveLast();
            }

            found[(level, index)] = byUse.AddFirst(new Cached(level, index, tile));
        }
    }

    private sealed record Cached(int Level, long Index, ExpandedTile Tile);
}
