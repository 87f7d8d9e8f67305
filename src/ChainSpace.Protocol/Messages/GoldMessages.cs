namespace ChainSpace.Protocol.Messages;

/// <summary>
/// The requester shows the known answer of a gold item that has ended. It changes no payment: it is evidence about the voters,
/// and shows how far the requester's polls in that category may be believed.
/// </summary>
public sealed record RevealGold(Header Header, TaskId Poll, uint Choice, Bytes32 Salt) : Message(Header)
{
    internal override void WriteTo<TFields>(ref TFields fields)
    {
        fields.Id("account"u8, Header.Account.Value);
        fields.Number("choice"u8, Choice);
        WriteExpiryAndNonce(ref fields);
        fields.Id("poll"u8, Poll.Value);
        fields.Id("salt"u8, Salt);
        fields.Type("RevealGold"u8);
    }
}
