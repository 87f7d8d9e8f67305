using System.Buffers.Binary;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Rules.State;

/// <summary>
/// The hashes of all records in 4,096 buckets by the last twelve bits of their id, and a binary Merkle tree over the
/// buckets. Only what was put since the last root is hashed again.
/// </summary>
internal sealed class HashBuckets
{
    public const int Count = 4096;

    private static readonly Bytes32[] EmptyTree = TreeOfNothing();

    private readonly Bucket[] buckets = new Bucket[Count];

    // Node n has the children 2n and 2n + 1; node 1 is the root, the last Count nodes are the buckets.
    private readonly Bytes32[] tree = [.. EmptyTree];
    private readonly bool[] isDirty = new bool[2 * Count];
    private byte[] scratch = [];

    public HashBuckets()
    {
        for (int bucket = 0; bucket < Count; bucket++) buckets[bucket] = new Bucket();
    }

    /// <summary>Sets a record's hash, or removes it; at most once for each record between two roots.</summary>
    public void Put(Kind kind, Bytes32 id, Bytes32? hash)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        id.CopyTo(bytes);
        int bucket = BinaryPrimitives.ReadUInt16BigEndian(bytes[^sizeof(ushort)..]) % Count;
        buckets[bucket].Changes.Add(new Change(kind, id, hash));
        isDirty[Count + bucket] = true;
    }

    public Bytes32 Root()
    {
        for (int bucket = 0; bucket < Count; bucket++)
        {
            if (isDirty[Count + bucket]) tree[Count + bucket] = buckets[bucket].Hash(ref scratch);
        }

        for (int node = Count - 1; node > 0; node--)
        {
            if (!isDirty[2 * node] && !isDirty[2 * node + 1]) continue;
            tree[node] = MerkleHash.Node(tree[2 * node], tree[2 * node + 1]);
            isDirty[node] = true;
        }

        Array.Clear(isDirty);
        return tree[1];
    }

    private static Bytes32[] TreeOfNothing()
    {
        Bytes32[] tree = new Bytes32[2 * Count];
        Array.Fill(tree, MerkleHash.Leaf([]), Count, Count);
        for (int node = Count - 1; node > 0; node--) tree[node] = MerkleHash.Node(tree[2 * node], tree[2 * node + 1]);
        return tree;
    }

    /// <summary>First byte of a key, so that an account and a poll of the same id would still be two records.</summary>
    public enum Kind : byte
    {
        Account = 1,
        Poll = 2,
        Job = 3,
        Party = 4,
        Batch = 5,
    }

    private readonly record struct Change(Kind Kind, Bytes32 Id, Bytes32? Hash) : IComparable<Change>
    {
        public int CompareTo(Change other) => Kind == other.Kind ? Id.CompareTo(other.Id) : Kind.CompareTo(other.Kind);
    }

    private sealed class Bucket
    {
        private const int KeySize = 1 + Bytes32.Size;
        private const int RecordSize = KeySize + Bytes32.Size;

        // Sorted by key, as they are hashed.
        private byte[] records = [];

        public List<Change> Changes { get; private set; } = [];

        public Bytes32 Hash(ref byte[] scratch)
        {
            int limit = records.Length + Changes.Count * RecordSize;
            if (scratch.Length < limit) scratch = new byte[2 * limit];
            Changes.Sort();
            ReadOnlySpan<byte> merged = scratch.AsSpan(0, Merge(scratch));
            if (merged.Length == records.Length) merged.CopyTo(records);
            else records = merged.ToArray();

            // A rebuild passes every record through here; later only a few come at a time.
            if (Changes.Capacity > 64) Changes = [];
            Changes.Clear();
            return MerkleHash.Leaf(records);
        }

        private int Merge(Span<byte> target)
        {
            int written = 0;
            ReadOnlySpan<byte> rest = records;
            Span<byte> key = stackalloc byte[KeySize];
            foreach (Change change in Changes)
            {
                key[0] = (byte)change.Kind;
                change.Id.CopyTo(key[1..]);
                int before = 0;
                while (before < rest.Length && rest.Slice(before, KeySize).SequenceCompareTo(key) < 0) before += RecordSize;
                rest[..before].CopyTo(target[written..]);
                written += before;
                rest = rest[before..];
                if (rest.StartsWith(key)) rest = rest[RecordSize..];
                if (change.Hash is not { } hash) continue;
                key.CopyTo(target[written..]);
                hash.CopyTo(target[(written + KeySize)..]);
                written += RecordSize;
            }

            rest.CopyTo(target[written..]);
            return written + rest.Length;
        }
    }
}
