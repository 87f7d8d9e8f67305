namespace ChainSpace.Protocol.Messages;

/// <summary>
/// The requester gives a poll more time, more votes or more reward while it takes votes. Each number is what holds from now on,
/// not what is added; nothing can be taken back.
/// </summary>
public sealed record ExtendPoll(Header Header, TaskId Poll) : Message(Header)
{
    /// <summary>When voting ends; not earlier than before.</summary>
    public required Moment Deadline { get; init; }

    /// <summary>Most votes; not fewer than before.</summary>
    public required uint Maximum { get; init; }

    /// <summary>All of the reward; as much for each of the most votes as before, or more.</summary>
    public required Amount Reward { get; init; }

    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("deadline"u8, (ulong)Deadline.Milliseconds);
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Number("maximum"u8, Maximum);
        fields.Number("nonce"u8, Header.Nonce);
        fields.Id("poll"u8, Poll.Value);
        fields.Number("reward"u8, Reward);
        fields.Type("ExtendPoll"u8);
    }
}
