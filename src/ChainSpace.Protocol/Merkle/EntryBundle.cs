using System.Buffers.Binary;
using System.Collections.Immutable;

namespace ChainSpace.Protocol.Merkle;

/// <summary>The entries under one level-0 tile, each after its length in two big-endian bytes (C2SP tlog-tiles).</summary>
public readonly record struct EntryBundle(long Index, int Width)
{
    /// <summary>The longest entry a bundle, and therefore a journal, can hold.</summary>
    public const int EntryLimit = ushort.MaxValue;

    private const string Prefix = "tile/entries/";

    /// <summary>The path below the log's address, such as <c>tile/entries/x001/067.p/8</c>.</summary>
    public string Path => Prefix + TileNumber.Format(Index, Width);

    /// <inheritdoc/>
    public override string ToString() => Path;

    /// <summary>Reads exactly what <see cref="Path"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<char> path, out EntryBundle bundle)
    {
        bundle = default;
        if (!path.StartsWith(Prefix) || !TileNumber.TryParse(path[Prefix.Length..], out long index, out int width))
            return false;

        bundle = new EntryBundle(index, width);
        return true;
    }

    /// <summary>The body of a bundle that holds these entries.</summary>
    public static byte[] Write(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        byte[] body = new byte[entries.Sum(entry => sizeof(ushort) + entry.Length)];
        Span<byte> rest = body;
        foreach (ReadOnlyMemory<byte> entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)entry.Length));
            entry.Span.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + entry.Length)..];
        }

        return body;
    }

    /// <summary>Takes a body apart without copying; false if a length points past the end or there are over 256.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, out ImmutableArray<ReadOnlyMemory<byte>> entries)
    {
        ImmutableArray<ReadOnlyMemory<byte>>.Builder found = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        entries = [];
        while (!body.IsEmpty)
        {
            if (body.Length < sizeof(ushort) || found.Count == Tile.FullWidth) return false;
            int length = BinaryPrimitives.ReadUInt16BigEndian(body.Span);
            if (body.Length < sizeof(ushort) + length) return false;
            found.Add(body.Slice(sizeof(ushort), length));
            body = body[(sizeof(ushort) + length)..];
        }

        entries = found.ToImmutable();
        return true;
    }
}
