using System.Threading.RateLimiting;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Intake;

/// <summary>
/// How many messages an account may have admitted, so that none takes the writer from all others. Counted only once a
/// signature holds, or anybody could use up what is another's. Thread-safe.
/// </summary>
/// <param name="perSecond">Messages of one account a second in the long run.</param>
public sealed class SenderLimit(int perSecond) : IDisposable
{
    /// <summary>Seconds' worth of messages that may come at once after a pause.</summary>
    public const int BurstSeconds = 20;

    private readonly PartitionedRateLimiter<AccountId> buckets = PartitionedRateLimiter.Create<AccountId, AccountId>(
        sender => RateLimitPartition.GetTokenBucketLimiter(sender, _ => Terms(perSecond)));

    /// <summary>Counts one message; false where there were too many lately.</summary>
    public bool Admits(AccountId sender)
    {
        using RateLimitLease lease = buckets.AttemptAcquire(sender);
        return lease.IsAcquired;
    }

    public void Dispose() => buckets.Dispose();

    private static TokenBucketRateLimiterOptions Terms(int perSecond) => new()
    {
        TokenLimit = perSecond * BurstSeconds,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };
}
