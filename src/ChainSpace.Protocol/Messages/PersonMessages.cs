namespace ChainSpace.Protocol.Messages;

/// <summary>
/// The operator says what it knows of the person behind an account, by whatever proof it asks for outside the journal. All
/// accounts of one cluster are one person: one seat in a draw, one vote in a poll. Another one replaces it.
/// </summary>
/// <param name="Header">The operator.</param>
/// <param name="To">The account.</param>
/// <param name="Level">0 nothing is known, 1 to 3 as sure as the operator's policy says.</param>
/// <param name="Cluster">Salted hash that stands for the person and tells nothing about him; zero at level 0.</param>
public sealed record Attest(Header Header, AccountId To, uint Level, Bytes32 Cluster) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Id("cluster"u8, Cluster);
        fields.Number("expires"u8, (ulong)Header.Expires.Milliseconds);
        fields.Number("level"u8, Level);
        fields.Number("nonce"u8, Header.Nonce);
        fields.Id("to"u8, To.Value);
        fields.Type("Attest"u8);
    }
}

/// <summary>Reads them; part of <see cref="MessageReader"/>.</summary>
internal static class PersonReader
{
    public static Attest ReadAttest(ref CanonicalFields fields)
    {
        AccountId account = new(fields.Id("account"u8));
        Bytes32 cluster = fields.Id("cluster"u8);
        Moment expires = fields.Moment("expires"u8);
        uint level = fields.Number32("level"u8);
        Header header = new(account, fields.Number("nonce"u8), expires);
        AccountId to = new(fields.Id("to"u8));
        fields.Type("Attest"u8);
        return new Attest(header, to, level, cluster);
    }
}
