namespace ChainSpace.Protocol.Messages;

/// <summary>Reads the messages about batches; part of <see cref="MessageReader"/>.</summary>
internal static class BatchReader
{
    public static PostBatch ReadPost(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        string category = fields.Text("category"u8);
        Bytes32 content = fields.Id("content"u8);
        Moment deadline = fields.Moment("deadline"u8), expires = fields.Moment("expires"u8);
        string format = fields.Text("format"u8);
        uint group = fields.Number32("group"u8);
        Header header = new(account, fields.Number("nonce"u8), expires);
        uint options = fields.Number32("options"u8);
        string payout = fields.Text("payout"u8), quotas = fields.Text("quotas"u8);
        uint sample = fields.Number32("sample"u8);
        uint training = fields.Number32("training"u8);
        fields.Type("PostBatch"u8);
        string voters = fields.Text("voters"u8);
        return new PostBatch(header)
        {
            Category = category,
            Content = content,
            Deadline = deadline,
            Format = format,
            Group = group,
            Options = options,
            Payout = payout,
            Quotas = quotas,
            Sample = sample,
            Training = training,
            Voters = voters,
        };
    }

    public static CloseBatch ReadClose(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        TaskId batch = new(fields.Id("batch"u8));
        Header header = MessageReader.ReadExpiryAndNonce(ref fields, account);
        fields.Type("CloseBatch"u8);
        return new CloseBatch(header, batch);
    }
}
