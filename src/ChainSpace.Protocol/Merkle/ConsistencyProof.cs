using System.Collections.Immutable;
using System.Numerics;

namespace ChainSpace.Protocol.Merkle;

/// <summary>That the tree of the second size begins with all leaves of the tree of the first, in the same order.</summary>
public sealed record ConsistencyProof(long First, long Second, ImmutableArray<Bytes32> Path)
{
    /// <summary>
    /// Verifies by RFC 9162 §2.1.4.2; false for anything malformed. Beyond the RFC, the empty tree begins every tree
    /// and a tree begins itself, both with an empty path.
    /// </summary>
    public bool Proves(Bytes32 firstRoot, Bytes32 secondRoot)
    {
        if (First < 0 || Second < First || Path.IsDefault) return false;
        if (First == Second) return Path.IsEmpty && firstRoot == secondRoot && (First > 0 || IsEmptyRoot(firstRoot));
        if (First == 0) return Path.IsEmpty && IsEmptyRoot(firstRoot);
        if (Path.IsEmpty) return false;

        return BitOperations.IsPow2(First)
            ? Climb(firstRoot, Path.AsSpan(), firstRoot, secondRoot)
            : Climb(Path[0], Path.AsSpan()[1..], firstRoot, secondRoot);
    }

    private bool Climb(Bytes32 start, ReadOnlySpan<Bytes32> path, Bytes32 firstRoot, Bytes32 secondRoot)
    {
        (long node, long last) = (First - 1, Second - 1);
        while ((node & 1) == 1) (node, last) = (node >> 1, last >> 1);

        (Bytes32 first, Bytes32 second) = (start, start);
        foreach (Bytes32 sibling in path)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                first = MerkleHash.Node(sibling, first);
                second = MerkleHash.Node(sibling, second);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                second = MerkleHash.Node(second, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && first == firstRoot && second == secondRoot;
    }

    private static bool IsEmptyRoot(Bytes32 root) => root == MerkleHash.EmptyRoot;
}
