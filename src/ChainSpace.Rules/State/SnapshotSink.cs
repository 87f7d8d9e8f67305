using System.Buffers;
using System.Security.Cryptography;

namespace ChainSpace.Rules.State;

/// <summary>One buffer on the way to a stream, hashing what passes.</summary>
internal sealed class SnapshotSink(Stream target) : IBufferWriter<byte>, IDisposable
{
    private const int BufferSize = 1 << 18;

    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] buffer = new byte[BufferSize];
    private int length;

    public void Advance(int count) => length += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        int needed = sizeHint > 0 ? sizeHint : 1;
        if (buffer.Length - length < needed) Drain();
        if (buffer.Length < needed) buffer = new byte[needed];
        return buffer.AsSpan(length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        GetSpan(sizeHint);
        return buffer.AsMemory(length);
    }

    /// <summary>Ends the snapshot with the hash of all of it.</summary>
    public void Complete()
    {
        Drain();
        target.Write(digest.GetHashAndReset());
    }

    public void Dispose() => digest.Dispose();

    private void Drain()
    {
        ReadOnlySpan<byte> written = buffer.AsSpan(0, length);
        digest.AppendData(written);
        target.Write(written);
        length = 0;
    }
}
