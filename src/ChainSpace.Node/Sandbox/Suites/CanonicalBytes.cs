using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Sandbox.Suites;

/// <summary>Bytes with one meaning only: each text and list begins with its length (4 bytes, big-endian).</summary>
internal sealed class CanonicalBytes
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <param name="tag">What follows, and in which version of its form.</param>
    public CanonicalBytes(string tag) => Text(tag);

    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    public Bytes32 Hash => Bytes32.Read(SHA256.HashData(Written));

    public CanonicalBytes Number(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(4), value);
        buffer.Advance(4);
        return this;
    }

    public CanonicalBytes Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    public CanonicalBytes Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        buffer.Write(bytes);
        return this;
    }

    public CanonicalBytes Texts(IReadOnlyCollection<string> texts)
    {
        Number(texts.Count);
        foreach (string text in texts) Text(text);
        return this;
    }
}
