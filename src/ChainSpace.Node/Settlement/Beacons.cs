using ChainSpace.Chains;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// Reports the chain's blocks that a space waits for: for a draw, the first block made after the entry that waits, so that
/// nobody chose it; for a poll that ends at a height, the newest final block once it is that high.
/// </summary>
internal sealed class Beacons(SpaceHost space, NetworkHost network)
{
    public async Task StepAsync(CancellationToken cancellationToken)
    {
        Wish wish = default;
        await space.Sequencer.RunAsync(engine => wish = new Wish(
            engine.State.OldestAwaiting, engine.State.NextDueHeight, engine.State.Height, engine.State.Size));
        if (wish is { Awaiting: null, Height: null }) return;
        Answer<BlockHeader> final = await FinalHead.AskAsync(network.Pool, network.Finality, cancellationToken);
        if (!final.IsGood) return;
        if (wish.Awaiting is { } entry)
        {
            BlockHeader? first = await FirstAfterAsync(MomentOf(entry), (wish.Reported, final.Value), cancellationToken);
            if (first is not null) await ReportAsync(first, (ulong)entry.Value + 1);
        }
        else if (wish.Height <= final.Value.Number.Value)
        {
            await ReportAsync(final.Value, (ulong)wish.Size);
        }
    }

    private readonly record struct Wish(EntryIndex? Awaiting, ulong? Height, ulong Reported, long Size);

    // Blocks' times only grow, so the first one after a moment is found by halving.
    private async Task<BlockHeader?> FirstAfterAsync(
        Moment moment, (ulong Reported, BlockHeader Final) range, CancellationToken cancellationToken)
    {
        BlockHeader found = range.Final;
        if (!IsAfter(found, moment)) return null;
        for (ulong low = range.Reported, high = found.Number.Value; low < high;)
        {
            BlockNumber middle = new(low + (high - low) / 2);
            Answer<BlockHeader> header =
                await network.Pool.AskSurelyAsync(Chain.Block(new BlockTag.At(middle)), cancellationToken);
            if (!header.IsGood) return null;
            if (IsAfter(header.Value, moment)) (found, high) = (header.Value, middle.Value);
            else low = middle.Value + 1;
        }

        return found;
    }

    /// <summary>Whether a block was made after a moment.</summary>
    public static bool IsAfter(BlockHeader block, Moment moment) => (long)block.Seconds * 1_000 > moment.Milliseconds;

    /// <summary>
    /// What is drawn by. Validators draw the randomness; a block's hash its maker could choose, so it serves only where
    /// nothing is drawn.
    /// </summary>
    public static Bytes32 RootOf(BlockHeader block) => block.Randomness.IsZero ? block.Hash.Value : block.Randomness;

    private Task<Verdict> ReportAsync(BlockHeader block, ulong size) => space.Sequencer.ReportAsync(
        header => new ReportBlock(header, block.Number.Value, size, RootOf(block)));

    private Moment MomentOf(EntryIndex index) =>
        Entry.TryRead(space.Journal.ReadEntry(index.Value).Span, out Entry? entry, out _)
            ? entry.Moment
            : throw new InvalidDataException($"Entry {index} of the journal cannot be read.");
}
