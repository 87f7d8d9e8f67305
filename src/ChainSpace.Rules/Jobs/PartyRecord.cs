namespace ChainSpace.Rules.Jobs;

/// <summary>
/// How an account behaves as a party to jobs, so that a worker can look before working for it. Counts only, of fixed size.
/// </summary>
/// <param name="Posted">Jobs posted.</param>
/// <param name="Accepted">Submissions accepted by the requester's own word, or settled by agreement.</param>
/// <param name="Silent">Submissions paid because no decision came.</param>
/// <param name="Declined">Submissions declined.</param>
/// <param name="Upheld">Declines the jury upheld, or the worker conceded.</param>
public readonly record struct PartyRecord(uint Posted, uint Accepted, uint Silent, uint Declined, uint Upheld)
{
    /// <summary>Upper bounds of the times to pay that are told apart, in hours; what is slower comes behind the last.</summary>
    public static ReadOnlySpan<long> Hours => [1, 6, 24, 72];

    /// <summary>Declines that did not stand.</summary>
    public uint Overturned { get; init; }

    /// <summary>Payments by the time from submission to payment; see <see cref="Hours"/>.</summary>
    public (uint Hour, uint Quarter, uint Day, uint ThreeDays, uint Longer) PayTimes { get; init; }

    /// <summary>Ratings received on either side.</summary>
    public uint Ratings { get; init; }

    /// <summary>Their sum; each is 1 to 5.</summary>
    public uint RatingSum { get; init; }

    /// <summary>The class of <see cref="Hours"/> in which the middle payment lies; null before the first.</summary>
    public int? MedianPayTime
    {
        get
        {
            ReadOnlySpan<uint> counts = [PayTimes.Hour, PayTimes.Quarter, PayTimes.Day, PayTimes.ThreeDays, PayTimes.Longer];
            ulong all = 0, sum = 0;
            foreach (uint count in counts) all += count;
            for (int i = 0; i < counts.Length; i++)
            {
                sum += counts[i];
                if (all > 0 && sum * 2 >= all) return i;
            }

            return null;
        }
    }

    internal PartyRecord Paid(long milliseconds)
    {
        var times = PayTimes;
        const long Hour = 3_600_000;
        if (milliseconds <= Hours[0] * Hour) times.Hour++;
        else if (milliseconds <= Hours[1] * Hour) times.Quarter++;
        else if (milliseconds <= Hours[2] * Hour) times.Day++;
        else if (milliseconds <= Hours[3] * Hour) times.ThreeDays++;
        else times.Longer++;
        return this with { PayTimes = times };
    }
}
