using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Audit;

/// <summary>What the operator of a space has reported of its chain, in the order of entries.</summary>
public sealed class ChainReports
{
    private readonly List<ReportedAnchor> anchors = [];
    private readonly List<ReportedBlock> blocks = [];

    // Moments of entries, as long as something waits for a block and one of them may be what it waits since.
    private readonly Dictionary<long, Moment> waiting = [];

    public ChainReports()
    {
    }

    public ChainReports(IEnumerable<ReportedAnchor> anchors, IEnumerable<ReportedBlock> blocks)
    {
        this.anchors.AddRange(anchors);
        this.blocks.AddRange(blocks);
    }

    public IReadOnlyList<ReportedAnchor> Anchors => anchors;

    public IReadOnlyList<ReportedBlock> Blocks => blocks;

    /// <summary>Those of this entry and later ones.</summary>
    public ChainReports From(EntryIndex entry) => new(
        anchors.Where(each => each.Entry.Value >= entry.Value), blocks.Where(each => each.Entry.Value >= entry.Value));

    /// <summary>To be called after each entry that the fold has taken.</summary>
    /// <param name="awaited">What waited for a block before it.</param>
    /// <param name="isWaiting">Whether anything waits for one now.</param>
    internal void Follow(EntryIndex index, Entry entry, EntryIndex? awaited, bool isWaiting)
    {
        if (entry.Message is ReportAnchor anchor) anchors.Add(new ReportedAnchor(index, anchor));
        if (entry.Message is ReportBlock block)
        {
            bool isForDraw = awaited is { } oldest && block.Size == (ulong)oldest.Value + 1;
            blocks.Add(new ReportedBlock(index, block) { FirstAfter = isForDraw ? waiting[awaited!.Value.Value] : null });
        }

        if (isWaiting) waiting.Add(index.Value, entry.Moment);
        else waiting.Clear();
    }
}

/// <summary>An anchor that is said to be final.</summary>
public sealed record ReportedAnchor(EntryIndex Entry, ReportAnchor Message);

/// <summary>A block that is said to be final.</summary>
public sealed record ReportedBlock(EntryIndex Entry, ReportBlock Message)
{
    /// <summary>It must be the first whose time is later than this, where something is drawn by it.</summary>
    public Moment? FirstAfter { get; init; }
}
