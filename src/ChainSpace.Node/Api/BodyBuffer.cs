using System.Buffers;

namespace ChainSpace.Node.Api;

/// <summary>A whole request body in a rented buffer.</summary>
internal sealed class BodyBuffer : IDisposable
{
    private const int FirstSize = 4_096;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int length;

    public bool IsTooLarge { get; private set; }

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>True where the first thing in the body is an array.</summary>
    public bool IsArray => Bytes.Span.TrimStart(" \r\n\t"u8).StartsWith("["u8);

    public static async Task<BodyBuffer> ReadAsync(HttpRequest request, int limit)
    {
        BodyBuffer body = new();
        while (true)
        {
            if (body.length == body.buffer.Length) body.Grow();
            int read = await request.Body.ReadAsync(body.buffer.AsMemory(body.length), request.HttpContext.RequestAborted);
            if (read == 0) return body;
            body.length += read;
            if (body.length <= limit) continue;
            body.IsTooLarge = true;
            return body;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
