namespace ChainSpace.Protocol.Merkle;

/// <summary>
/// Up to 256 neighbouring hashes of tree level 8 × <paramref name="Level"/>, as other readers of a log fetch them
/// (C2SP tlog-tiles). A tile of width 256 never changes; a narrower one is a prefix of it.
/// </summary>
public readonly record struct Tile(int Level, long Index, int Width)
{
    /// <summary>Hashes in a full tile.</summary>
    public const int FullWidth = 256;

    private const int MaximumLevel = 63;

    /// <summary>True for a tile that will never be extended.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>The path below the log's address, such as <c>tile/0/x001/x234/067.p/8</c>.</summary>
    public string Path => $"tile/{Level}/{TileNumber.Format(Index, Width)}";

    /// <inheritdoc/>
    public override string ToString() => Path;

    /// <summary>Reads exactly what <see cref="Path"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<char> path, out Tile tile)
    {
        tile = default;
        if (!path.StartsWith("tile/")) return false;

        ReadOnlySpan<char> rest = path["tile/".Length..];
        int slash = rest.IndexOf('/');
        if (slash < 1 || !TileNumber.TryParseDecimal(rest[..slash], MaximumLevel, out int level)) return false;
        if (!TileNumber.TryParse(rest[(slash + 1)..], out long index, out int width)) return false;

        tile = new Tile(level, index, width);
        return true;
    }
}
