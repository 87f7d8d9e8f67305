using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Node.Audit;

/// <summary>
/// The tree as it grows, and its root at sizes that are asked about later. Blocks only ever report growing sizes, so one
/// frontier follows behind, and only the leaves between the two are kept.
/// </summary>
internal sealed class GrowingRoot
{
    private readonly MerkleFrontier front = new(), behind = new();
    private readonly Queue<Bytes32> between = [];

    public long Size => front.Size;

    public Bytes32 Root => front.Root();

    public void Append(Bytes32 leaf)
    {
        front.Append(leaf);
        between.Enqueue(leaf);
    }

    /// <summary>The root at a size not below that of the last question.</summary>
    public Bytes32 RootAt(long size)
    {
        while (behind.Size < size) behind.Append(between.Dequeue());
        return behind.Root();
    }
}
