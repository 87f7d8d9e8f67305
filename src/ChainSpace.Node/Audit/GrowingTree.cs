using ChainSpace.Journal.Check;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Node.Audit;

/// <summary>
/// Somebody says that the first <paramref name="Size"/> entries have this root.
/// </summary>
/// <param name="Made">Entries before it was said; never less than the size.</param>
/// <param name="Size">Never less than that of a claim made before.</param>
/// <param name="Root">The root as claimed.</param>
/// <param name="Otherwise">What is wrong where it is another.</param>
internal readonly record struct RootClaim(long Made, long Size, Bytes32 Root, AuditFault Otherwise);

/// <summary>
/// The tree over the entries, and what is claimed of its roots. It grows beside the fold, a batch behind, for hashing a
/// tree takes as long as ruling on its entries.
/// </summary>
/// <param name="check">Of the tree kept beside the entries, which grows the same tree; null where there is none.</param>
internal sealed class GrowingTree(JournalCheck? check)
{
    // The second one follows behind for claims of smaller sizes, and only the leaves between the two are kept.
    private readonly MerkleFrontier front = new(), behind = new();
    private readonly Queue<Bytes32> between = [];
    private long size;

    /// <summary>Takes the leaves of a batch, and answers what was claimed while it was folded.</summary>
    public AuditFault? Grow(Examined[] batch, IReadOnlyList<RootClaim> claims)
    {
        int next = 0;
        for (int place = 0; ; place++)
        {
            for (; next < claims.Count && claims[next].Made == size; next++)
                if (RootAt(claims[next].Size) != claims[next].Root) return claims[next].Otherwise;
            if (place == batch.Length) return null;
            Append(batch[place].Leaf);
        }
    }

    /// <summary>True where the tree kept beside the entries is the same to its end.</summary>
    public bool EndsWhole() => check is null || check.End().Fault is null;

    private void Append(Bytes32 leaf)
    {
        if (check is null) front.Append(leaf);
        else check.Take(leaf);
        between.Enqueue(leaf);
        size++;
    }

    private Bytes32 RootAt(long claimed)
    {
        if (claimed == size) return check?.Root ?? front.Root();
        while (behind.Size < claimed) behind.Append(between.Dequeue());
        return behind.Root();
    }
}
