namespace ChainSpace.Protocol.Messages;

/// <summary>Reads the canonical form of messages about gold items.</summary>
internal static class GoldReader
{
    public static RevealGold ReadReveal(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        uint choice = fields.Number32("choice"u8);
        Header header = MessageReader.ReadExpiryAndNonce(ref fields, account);
        TaskId poll = new(fields.Id("poll"u8));
        Bytes32 salt = fields.Id("salt"u8);
        fields.Type("RevealGold"u8);
        return new RevealGold(header, poll, choice, salt);
    }
}
