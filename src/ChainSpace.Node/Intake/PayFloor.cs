using ChainSpace.Client.Reading;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;
using ChainSpace.Rules.Payouts;

namespace ChainSpace.Node.Intake;

/// <summary>
/// The least that work in a space pays an hour, as the operator of the node asks. A poll's pay is the reward for a vote if as
/// many vote as may; the time is what the requester states in the content. What voters really take is shown beside it.
/// </summary>
public sealed record PayFloor(Amount Hourly, Currency Currency)
{
    /// <summary>The floor as the operator wrote it, in the space's money.</summary>
    /// <exception cref="PayFloorException">It is no amount of that money.</exception>
    public static PayFloor Read(string text, CreateSpace genesis)
    {
        Currency currency = Currency.Of(genesis);
        if (currency.Read(text) is { } hourly) return new PayFloor(hourly, currency);
        throw new PayFloorException($"The least pay of {genesis.Name}, '{text}', is no amount of {currency.Symbol}; "
            + $"write minor units, or a point and at most {currency.Decimals} digits after it.");
    }

    /// <summary>Why a message with such a content pays too little; null where it pays enough, or posts no work.</summary>
    public string? Fault(Envelope envelope)
    {
        if (PayOf(envelope.Message) is not { } pay) return null;
        int? seconds = PollContentBytes.TryRead(envelope.Attachment.AsSpan())?.Seconds;
        if (seconds is not { } stated)
            return $"work here pays {Currency.Say(Hourly)} an hour or more, so its content must state the seconds it takes";
        Amount hourly = HourlyPay.Of(pay, stated);
        if (hourly >= Hourly) return null;
        return $"it pays {Currency.Say(hourly)} an hour by its {stated} seconds, and {Currency.Say(Hourly)} is the least";
    }

    private static Amount? PayOf(Message message) => message switch
    {
        PostPoll poll => HourlyPay.OfVote(poll.Reward, poll.Maximum),
        PostJob job => job.Reward,
        _ => null,
    };
}

/// <summary>A least pay that cannot be understood; the message is a sentence for people.</summary>
public sealed class PayFloorException(string sentence) : Exception(sentence);
