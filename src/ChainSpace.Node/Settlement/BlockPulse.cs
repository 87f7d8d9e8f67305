using ChainSpace.Chains;
using ChainSpace.Chains.Rpc;

namespace ChainSpace.Node.Settlement;

/// <summary>
/// Waits for a network's next block, so that what becomes final with it is seen at once. Only when the block is about to
/// come is the network asked often, and then for nothing but its height. Of one loop.
/// </summary>
public sealed class BlockPulse
{
    // Blocks come early and late: endpoints show them seconds after they were made.
    private const double Ready = 0.75, Late = 2;
    private const double ShortestSeconds = 0.1, LongestSeconds = 0.5;

    private readonly RpcPool pool;
    private readonly TimeSpan blockTime, beat, quick;
    private readonly TimeProvider time;
    private BlockNumber newest;
    private long seen;

    /// <param name="pool">Whoever of it answers first is believed: a wrong height wastes a look and no more.</param>
    /// <param name="blockTime">Time between blocks.</param>
    /// <param name="beat">Longest wait: some things wait for the clock and not for a block.</param>
    /// <param name="time">Clock of the waits.</param>
    public BlockPulse(RpcPool pool, TimeSpan blockTime, TimeSpan beat, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (this.pool, this.blockTime, this.beat, this.time) = (pool, blockTime, beat, time);
        quick = TimeSpan.FromSeconds(Math.Clamp(blockTime.TotalSeconds / 8, ShortestSeconds, LongestSeconds));
        seen = time.GetTimestamp();
    }

    /// <summary>Returns when there is another block than the last time, or the beat is over.</summary>
    public async Task NextAsync(CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            TimeSpan left = beat - time.GetElapsedTime(start), wait = Pause;
            bool isLast = wait >= left;
            if (isLast) wait = left > TimeSpan.Zero ? left : TimeSpan.Zero;
            await Task.Delay(wait, time, cancellationToken);
            Answer<BlockNumber> head = await pool.AskAsync(Chain.Head, cancellationToken);
            bool isNew = head.IsGood && head.Value != newest;
            if (isNew) (newest, seen) = (head.Value, time.GetTimestamp());
            if (isNew || isLast) return;
        }
    }

    // A network that stands still is left to the beat, until it goes on.
    private TimeSpan Pause
    {
        get
        {
            TimeSpan age = time.GetElapsedTime(seen), early = Ready * blockTime - age;
            if (age > Late * blockTime) return TimeSpan.MaxValue;
            return early > quick ? early : quick;
        }
    }
}
