using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Node.Intake;

/// <summary>
/// The least that work in a space pays an hour, as the operator of the node asks. A poll's pay is the reward for a vote if as
/// many vote as may; the time is what the requester states in the content. What voters really take is shown beside it.
/// </summary>
public sealed record PayFloor(Amount Hourly, Currency Currency)
{
    private const uint SecondsPerHour = 3_600;

    /// <summary>What somebody earns in an hour who earns this in so many seconds; rounded down, and at most all there is.</summary>
    /// <param name="pay">Minor units.</param>
    /// <param name="seconds">At least 1.</param>
    public static Amount PerHour(Amount pay, int seconds)
    {
        UInt128 time = (UInt128)seconds, most = UInt128.MaxValue / SecondsPerHour;
        if (pay.Units / time >= most) return new Amount(UInt128.MaxValue);
        return new Amount(pay.Units / time * SecondsPerHour + pay.Units % time * SecondsPerHour / time);
    }

    /// <summary>Why a message with such a content pays too little; null where it pays enough, or posts no work.</summary>
    public string? Fault(Envelope envelope)
    {
        if (PayOf(envelope.Message) is not { } pay) return null;
        int? seconds = PollContentBytes.TryRead(envelope.Attachment.AsSpan())?.Seconds;
        if (seconds is not { } stated)
            return $"work here pays {Currency.Say(Hourly)} an hour or more, so its content must state the seconds it takes";
        Amount hourly = PerHour(pay, stated);
        return hourly >= Hourly
            ? null
            : $"it pays {Currency.Say(hourly)} an hour by the {stated} seconds that are stated, and {Currency.Say(Hourly)} is the least";
    }

    private static Amount? PayOf(Message message) => message switch
    {
        PostPoll poll => new Amount(poll.Reward.Units / Math.Max(1, poll.Maximum)),
        PostJob job => job.Reward,
        _ => null,
    };
}
