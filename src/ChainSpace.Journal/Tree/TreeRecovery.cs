using ChainSpace.Journal.Media;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Journal.Tree;

// Builds the right edge again from at most 255 entries and 255 tile roots of each level: what this costs does not grow
// with the journal.
internal static class TreeRecovery
{
    public static GrowingTree Restore(IJournalMedium medium, JournalHead head)
    {
        List<List<Bytes32>> levels = [];
        for (long count = head.Size; count > 0; count /= Tile.FullWidth)
        {
            int width = (int)(count % Tile.FullWidth);
            levels.Add(levels.Count == 0
                ? Leaves(medium, count - width, width)
                : [.. medium.ReadTileRoots(levels.Count - 1, count - width, width).Select(root => Bytes32.Read(root))]);
        }

        GrowingTree tree = GrowingTree.Restore(head.Size, levels);
        if (tree.Root() != head.Root)
            throw new JournalCorruptException($"The rows at the end of the journal do not give its root {head.Root}.");
        return tree;
    }

    private static List<Bytes32> Leaves(IJournalMedium medium, long from, int count)
    {
        List<Bytes32> leaves = [];
        medium.ReadEntries(from, count, (_, bytes) => leaves.Add(MerkleHash.Leaf(bytes)));
        return leaves;
    }
}
