using ChainSpace.Protocol;

namespace ChainSpace.Rules.Payouts;

/// <summary>What work pays an hour.</summary>
public static class HourlyPay
{
    private const uint SecondsPerHour = 3_600;

    /// <summary>What a vote is paid on average if as many vote as may: minor units.</summary>
    public static Amount OfVote(Amount reward, uint maximum) => new(reward.Units / Math.Max(1, maximum));

    /// <summary>What somebody earns in an hour who earns this in so many seconds, rounded down; at most 2¹²⁸ − 1 units.</summary>
    /// <param name="pay">Minor units.</param>
    /// <param name="seconds">At least 1.</param>
    public static Amount Of(Amount pay, int seconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, 1);
        UInt128 time = (UInt128)seconds, most = UInt128.MaxValue / SecondsPerHour;
        if (pay.Units / time >= most) return new Amount(UInt128.MaxValue);
        return new Amount(pay.Units / time * SecondsPerHour + pay.Units % time * SecondsPerHour / time);
    }
}
