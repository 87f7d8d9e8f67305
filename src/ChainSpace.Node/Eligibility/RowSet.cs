using System.Buffers;
using System.Numerics;

namespace ChainSpace.Node.Eligibility;

/// <summary>A set of rows as bits, in an array of the pool. Of one thread; given back when disposed of.</summary>
internal sealed class RowSet : IDisposable
{
    private const int WordBits = 64;

    private readonly ulong[] words;
    private readonly int length, rows;

    private RowSet(int rows)
    {
        (this.rows, length) = (rows, (rows + WordBits - 1) / WordBits);
        words = ArrayPool<ulong>.Shared.Rent(Math.Max(1, length));
        Words.Clear();
    }

    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in Words) count += BitOperations.PopCount(word);
            return count;
        }
    }

    private Span<ulong> Words => words.AsSpan(0, length);

    public static RowSet None(int rows) => new(rows);

    public bool Has(int row) => (words[row / WordBits] >> (row % WordBits) & 1) != 0;

    public void Add(ReadOnlySpan<int> added)
    {
        foreach (int row in added) words[row / WordBits] |= 1UL << (row % WordBits);
    }

    public void Union(ReadOnlySpan<ulong> other)
    {
        Span<ulong> own = Words;
        for (int i = 0; i < own.Length; i++) own[i] |= other[i];
    }

    public void Union(RowSet other) => Union(other.Words);

    public void Intersect(RowSet other)
    {
        Span<ulong> own = Words, others = other.Words;
        for (int i = 0; i < own.Length; i++) own[i] &= others[i];
    }

    public void Invert()
    {
        Span<ulong> own = Words;
        for (int i = 0; i < own.Length; i++) own[i] = ~own[i];
        int tail = rows % WordBits;
        if (tail > 0) own[^1] &= (1UL << tail) - 1;
    }

    /// <summary>The rows, lowest first.</summary>
    public IEnumerable<int> Rows()
    {
        for (int i = 0; i < length; i++)
        {
            for (ulong rest = words[i]; rest != 0; rest &= rest - 1)
                yield return i * WordBits + BitOperations.TrailingZeroCount(rest);
        }
    }

    /// <summary>The bits as bytes, for a hash of the set.</summary>
    public ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.MemoryMarshal.AsBytes(Words);

    public void Dispose() => ArrayPool<ulong>.Shared.Return(words);
}
