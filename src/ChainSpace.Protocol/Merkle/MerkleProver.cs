using System.Collections.Immutable;
using System.Numerics;

namespace ChainSpace.Protocol.Merkle;

/// <summary>Roots and proofs over any <see cref="IHashSource"/>, for every size up to the one the source covers.</summary>
public static class MerkleProver
{
    /// <summary>The root of the first <paramref name="size"/> leaves, RFC 9162 §2.1.1.</summary>
    public static Bytes32 Root(IHashSource source, long size)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return size == 0 ? MerkleHash.EmptyRoot : Range(source, 0, size);
    }

    /// <summary>PATH of RFC 9162 §2.1.3.1, walked from the root down and then reversed.</summary>
    public static InclusionProof ProveInclusion(IHashSource source, long index, long size)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);

        ImmutableArray<Bytes32>.Builder path = ImmutableArray.CreateBuilder<Bytes32>(64);
        (long start, long end) = (0, size);
        while (end - start > 1)
        {
            long middle = start + Split(end - start);
            if (index < middle)
            {
                path.Add(Range(source, middle, end));
                end = middle;
            }
            else
            {
                path.Add(Range(source, start, middle));
                start = middle;
            }
        }

        path.Reverse();
        return new InclusionProof(index, size, path.DrainToImmutable());
    }

    /// <summary>SUBPROOF of RFC 9162 §2.1.4.1; empty where the first size is 0 or equals the second.</summary>
    public static ConsistencyProof ProveConsistency(IHashSource source, long first, long second)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        if (first == 0 || first == second) return new ConsistencyProof(first, second, []);

        ImmutableArray<Bytes32>.Builder path = ImmutableArray.CreateBuilder<Bytes32>(64);
        (long start, long end) = (0, second);
        while (end != first)
        {
            long middle = start + Split(end - start);
            if (first <= middle)
            {
                path.Add(Range(source, middle, end));
                end = middle;
            }
            else
            {
                path.Add(Range(source, start, middle));
                start = middle;
            }
        }

        // A subtree that starts at leaf 0 is the first tree itself, whose root the verifier already has.
        if (start > 0) path.Add(Range(source, start, end));
        path.Reverse();
        return new ConsistencyProof(first, second, path.DrainToImmutable());
    }

    private static Bytes32 Range(IHashSource source, long start, long end)
    {
        long count = end - start;
        if (BitOperations.IsPow2(count))
        {
            int level = BitOperations.TrailingZeroCount(count);
            return source.Hash(level, start >> level);
        }

        long middle = start + Split(count);
        return MerkleHash.Node(Range(source, start, middle), Range(source, middle, end));
    }

    // The largest power of two smaller than the count, the k of RFC 9162 §2.1.1.
    private static long Split(long count) => 1L << BitOperations.Log2(unchecked((ulong)(count - 1)));
}
