using System.Text;

namespace ChainSpace.Node.Sandbox;

/// <summary>Reads a stream of a box to its end, and no more of it than is allowed.</summary>
internal sealed class BoxStream(Stream source, int limit)
{
    private readonly byte[] kept = new byte[limit];

    // Written by the reading task, read by the one that watches.
    private volatile int length;

    public int Length => length;

    /// <summary>Whether more came than is allowed.</summary>
    public bool IsOver { get; private set; }

    public ReadOnlySpan<byte> Kept => kept.AsSpan(0, length);

    public string Text => Encoding.UTF8.GetString(Kept);

    public async Task ReadAsync()
    {
        byte[] rest = new byte[1];
        while (true)
        {
            bool isFull = length == limit;
            int read = await source.ReadAsync(isFull ? rest : kept.AsMemory(length));
            if (read == 0) return;
            if (isFull)
            {
                IsOver = true;
                return;
            }

            length += read;
        }
    }
}
