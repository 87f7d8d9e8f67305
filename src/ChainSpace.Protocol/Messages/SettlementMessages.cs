namespace ChainSpace.Protocol.Messages;

/// <summary>
/// Lets available money be taken out of the space: it joins what the account may claim from the vault, for good.
/// </summary>
public sealed record Withdraw(Header Header, Amount Amount) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("amount"u8, Amount);
        WriteExpiryAndNonce(ref fields);
        fields.Type("Withdraw"u8);
    }
}

/// <summary>
/// Pays for speed: the amount is locked, and goes to the wallet that sends anchors if everything up to this message is
/// anchored by a moment; it comes back otherwise.
/// </summary>
/// <param name="Before">The last moment at which the report of such an anchor is in time.</param>
public sealed record Expedite(Header Header, Amount Amount, Moment Before) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("amount"u8, Amount);
        fields.Number("before"u8, (ulong)Before.Milliseconds);
        WriteExpiryAndNonce(ref fields);
        fields.Type("Expedite"u8);
    }
}

/// <summary>
/// The operator reports what the vault has received for an account, as the cumulative total that the chain shows; what is
/// new of it becomes available. A total cannot be credited twice, and a lost report mends itself with the next.
/// </summary>
public sealed record ReportDeposit(Header Header, AccountId To, Amount Total) : Message(Header)
{
    /// <summary>Number of the block that is final and shows the total.</summary>
    public required ulong Height { get; init; }

    /// <summary>Hash of the transaction that made it so.</summary>
    public required Bytes32 Transaction { get; init; }

    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Number("height"u8, Height);
        fields.Number("nonce"u8, Header.Nonce);
        fields.Id("to"u8, To.Value);
        fields.Number("total"u8, Total);
        fields.Id("transaction"u8, Transaction);
        fields.Type("ReportDeposit"u8);
    }
}

/// <summary>
/// The operator reports that an anchor is final on the chain: the journal's root and the payout root at a size.
/// </summary>
public sealed record ReportAnchor(Header Header, ulong Size, Bytes32 Root, Bytes32 PayoutRoot) : Message(Header)
{
    /// <summary>Number of the final block that holds the anchor.</summary>
    public required ulong Height { get; init; }

    /// <summary>Hash of the transaction that sent it.</summary>
    public required Bytes32 Transaction { get; init; }

    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Number("height"u8, Height);
        fields.Number("nonce"u8, Header.Nonce);
        fields.Id("payoutRoot"u8, PayoutRoot);
        fields.Id("root"u8, Root);
        fields.Number("size"u8, Size);
        fields.Id("transaction"u8, Transaction);
        fields.Type("ReportAnchor"u8);
    }
}
