namespace ChainSpace.Rules.Inference;

/// <summary>The large arrays of a fit, made once for the widest model of a batch and lent to one model after the other.</summary>
internal sealed class Workspace
{
    // Larger tables leave the near caches of a server's core, and waiting for them takes longer than reckoning.
    private const long NearBytes = 1 << 19;

    public Workspace(VoteTable table, int levels)
    {
        int size = checked(table.Workers * table.Classes * Lanes.Padded(table.Classes * levels));
        int cellBytes = (long)size * DoubleCells.Bytes <= NearBytes ? DoubleCells.Bytes : SingleCells.Bytes;
        Chunks = table.Chunks((long)size * cellBytes);
        Groups = table.Groups();
        Weights = PackedTable.Of(size, cellBytes);
        Counts = new PackedTable[Chunks.Length - 1];
        for (int chunk = 0; chunk < Counts.Length; chunk++) Counts[chunk] = PackedTable.Of(size, cellBytes);
    }

    public int[] Chunks { get; }

    public int[] Groups { get; }

    /// <summary>Per worker, label and state: what a vote adds to the logarithm of the state's chance.</summary>
    public PackedTable Weights { get; }

    /// <summary>Per chunk, and per worker, label and state: how often. The first becomes the sum of all.</summary>
    public PackedTable[] Counts { get; }
}
