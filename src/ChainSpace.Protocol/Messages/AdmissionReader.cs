namespace ChainSpace.Protocol.Messages;

/// <summary>Reads what the operator says of eligibility; part of <see cref="MessageReader"/>.</summary>
internal static class AdmissionReader
{
    public static Admit ReadAdmit(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Header header = MessageReader.ReadExpiryAndNonce(ref fields, account);
        TaskId poll = new(fields.Id("poll"u8));
        Bytes32 presentation = fields.Id("presentation"u8);
        fields.Type("Admit"u8);
        return new Admit(header, poll, presentation, new AccountId(fields.Id("voter"u8)));
    }
}
