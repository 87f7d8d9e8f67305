namespace ChainSpace.Protocol.Messages;

/// <summary>Reads the messages that pay; part of <see cref="MessageReader"/>.</summary>
internal static class PayReader
{
    public static Bonus ReadBonus(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Amount amount = fields.Amount("amount"u8);
        Header header = MessageReader.ReadExpiryAndNonce(ref fields, account);
        Bytes32 note = fields.Id("note"u8);
        TaskId task = new(fields.Id("task"u8));
        AccountId to = new(fields.Id("to"u8));
        fields.Type("Bonus"u8);
        return new Bonus(header, task, to, amount, note);
    }
}
