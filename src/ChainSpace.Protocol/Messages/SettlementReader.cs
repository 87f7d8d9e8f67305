namespace ChainSpace.Protocol.Messages;

/// <summary>Reads the messages about money that enters and leaves a space; part of <see cref="MessageReader"/>.</summary>
internal static class SettlementReader
{
    public static Withdraw ReadWithdraw(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Amount amount = fields.Amount("amount"u8);
        Header header = MessageReader.ReadExpiryAndNonce(ref fields, account);
        fields.Type("Withdraw"u8);
        return new Withdraw(header, amount);
    }

    public static Expedite ReadExpedite(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Amount amount = fields.Amount("amount"u8);
        Moment before = fields.Moment("before"u8);
        Header header = MessageReader.ReadExpiryAndNonce(ref fields, account);
        fields.Type("Expedite"u8);
        return new Expedite(header, amount, before);
    }

    public static ReportDeposit ReadDeposit(ref CanonicalFields fields)
    {
        Header header = ReadReport(ref fields, out ulong height);
        AccountId to = new(fields.Id("to"u8));
        Amount total = fields.Amount("total"u8);
        Bytes32 transaction = fields.Id("transaction"u8);
        fields.Type("ReportDeposit"u8);
        return new ReportDeposit(header, to, total) { Height = height, Transaction = transaction };
    }

    public static ReportAnchor ReadAnchor(ref CanonicalFields fields)
    {
        Header header = ReadReport(ref fields, out ulong height);
        Bytes32 payoutRoot = fields.Id("payoutRoot"u8), root = fields.Id("root"u8);
        ulong size = fields.Number("size"u8);
        Bytes32 transaction = fields.Id("transaction"u8);
        fields.Type("ReportAnchor"u8);
        return new ReportAnchor(header, size, root, payoutRoot) { Height = height, Transaction = transaction };
    }

    private static Header ReadReport(ref CanonicalFields fields, out ulong height)
    {
        AccountId account = new(fields.Id("account"u8));
        Moment expires = fields.Moment("expires"u8);
        height = fields.Number("height"u8);
        return new Header(account, fields.Number("nonce"u8), expires);
    }
}
