using ChainSpace.Protocol;

namespace ChainSpace.Node.Audit;

/// <summary>Neighbouring entries one after another in one array, for an array each would cost more than reading them.</summary>
public sealed class EntryBatch(long from, int capacity)
{
    private const int UsualSize = 640;

    private readonly int[] ends = new int[capacity];
    private byte[] bytes = new byte[capacity * UsualSize];

    /// <summary>Index of the first entry.</summary>
    public long From { get; } = from;

    public int Count { get; private set; }

    /// <summary>Leaf hashes as the source's tiles give them, of as many entries as it has them for.</summary>
    public List<Bytes32> Hashes { get; } = [];

    public ReadOnlySpan<byte> this[int place]
    {
        get
        {
            int start = place == 0 ? 0 : ends[place - 1];
            return bytes.AsSpan(start, ends[place] - start);
        }
    }

    public void Add(ReadOnlySpan<byte> entry)
    {
        int start = Count == 0 ? 0 : ends[Count - 1];
        if (start + entry.Length > bytes.Length) Array.Resize(ref bytes, 2 * bytes.Length + entry.Length);
        entry.CopyTo(bytes.AsSpan(start));
        ends[Count++] = start + entry.Length;
    }
}
