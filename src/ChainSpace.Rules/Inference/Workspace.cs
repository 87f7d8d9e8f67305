namespace ChainSpace.Rules.Inference;

/// <summary>The large arrays of a fit, made once for the widest model of a batch and lent to one model after the other.</summary>
internal sealed class Workspace
{
    public Workspace(VoteTable table, int levels)
    {
        int width = Lanes.Padded(table.Classes * levels);
        Chunks = table.Chunks(width);
        Groups = table.Groups();
        int size = checked(table.Workers * table.Classes * width);
        Weights = new PackedTable(size);
        Counts = new PackedTable[Chunks.Length - 1];
        for (int chunk = 0; chunk < Counts.Length; chunk++) Counts[chunk] = new PackedTable(size);
    }

    public int[] Chunks { get; }

    public int[] Groups { get; }

    /// <summary>Per worker, label and state: what a vote adds to the logarithm of the state's chance.</summary>
    public PackedTable Weights { get; }

    /// <summary>Per chunk, and per worker, label and state: how often. The first becomes the sum of all.</summary>
    public PackedTable[] Counts { get; }
}
