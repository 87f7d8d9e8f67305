namespace ChainSpace.Journal.Check;

/// <summary>What a check found in a journal with this head; a null fault means that all of it holds together.</summary>
public sealed record JournalReport(JournalHead Head, long Entries, long Tiles, long Checkpoints, JournalFault? Fault)
{
    /// <summary>True if every row was read and agrees with every other.</summary>
    public bool IsWhole => Fault is null;
}
