namespace ChainSpace.Protocol.Messages;

/// <summary>Reads the canonical form of messages that extend a task.</summary>
internal static class ExtendReader
{
    public static ExtendPoll ReadExtend(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Moment deadline = fields.Moment("deadline"u8), expires = fields.Moment("expires"u8);
        uint maximum = fields.Number32("maximum"u8);
        ulong nonce = fields.Number("nonce"u8);
        TaskId poll = new(fields.Id("poll"u8));
        Amount reward = fields.Amount("reward"u8);
        fields.Type("ExtendPoll"u8);
        return new ExtendPoll(new Header(account, nonce, expires), poll)
        {
            Deadline = deadline,
            Maximum = maximum,
            Reward = reward,
        };
    }
}
