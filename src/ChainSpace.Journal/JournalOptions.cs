namespace ChainSpace.Journal;

/// <summary>What an operator may want to trade: memory for proof speed, disk for even write times.</summary>
public sealed class JournalOptions
{
    /// <summary>Tiles kept in memory with all their inner hashes, 16 KiB each. Default 4096 (a million entries).</summary>
    public int CachedTiles { get; init; } = 4096;

    /// <summary>Time between two copies of the write-ahead log into the database. Default 100 ms.</summary>
    public TimeSpan CopyInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Bytes of write-ahead log above which writers wait while its rest is copied. Default 256 MiB.</summary>
    public long WriteAheadLimit { get; init; } = 256L << 20;
}
